"""jobserver.py KIND CHILDREN END COMMAND...: runs COMMAND beside a jobserver with the tokens x, y and z.

KIND      how it is told of: `pipe`, `fds` (as before make 4.2) or `fifo`
CHILDREN  COMMAND never has more at a time
END       its exit code, or a signal to send when it has that many children; then the tokens only come when it has one

Fails unless that is so, children leave the jobserver alone, and x, y and z are there at the end."""
import os
import signal
import subprocess
import sys
import tempfile
import time

kind, children, end, *command = sys.argv[1:]
folder = tempfile.TemporaryDirectory()
if kind == "fifo":
    path = os.path.join(folder.name, "pipe")
    os.mkfifo(path)
    reader = writer = os.open(path, os.O_RDWR)
    says = f"--jobserver-auth=fifo:{path}"
else:
    reader, writer = os.pipe()
    says = f"--jobserver-{'auth' if kind == 'pipe' else 'fds'}={reader},{writer}"
tokens_to_come = b"xyz"
if end.isdigit():
    os.write(writer, tokens_to_come)
    tokens_to_come = b""
for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
    signal.signal(ignored, signal.SIG_DFL)  # lit may ignore it, and then so would COMMAND
process = subprocess.Popen(
    command,
    env={**os.environ, "MAKEFLAGS": f" -j4 {says}"},
    pass_fds=() if kind == "fifo" else (reader, writer),
)


def children_now():
    try:
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as file:
            return file.read().split()
    except OSError:
        return []


def has_pipe(child):
    folder = f"/proc/{child}/fd"
    return any(os.path.samestat(os.stat(f"{folder}/{name}"), os.fstat(reader)) for name in os.listdir(folder))


most = 0
problems = []
is_sent = end.isdigit()
deadline = time.monotonic() + 60
while process.poll() is None and time.monotonic() < deadline:
    most = max(most, len(children_now()))
    if most and tokens_to_come:
        time.sleep(0.3)  # until it waits for one
        os.write(writer, tokens_to_come)
        tokens_to_come = b""
    if not is_sent and most >= int(children):
        time.sleep(0.3)  # for a child that should not be
        most = max(most, len(children_now()))
        problems += [f"child {child} has the pipe" for child in children_now() if has_pipe(child)]
        process.send_signal(getattr(signal, end))
        is_sent = True
    time.sleep(0.002)
process.kill()

os.set_blocking(reader, False)
try:
    tokens = bytes(sorted(os.read(reader, 100)))
except BlockingIOError:
    tokens = b""
want = int(end) if end.isdigit() else -getattr(signal, end)
if tokens != b"xyz":
    problems.append(f"the tokens are {tokens} at the end")
if process.wait() != want:
    problems.append(f"exit code {process.wait()}")
if most > int(children) or not is_sent:
    problems.append(f"at most {most} children")
if problems:
    sys.exit(f"{sys.argv[1:]}: {problems}")
