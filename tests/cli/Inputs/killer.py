"""killer.py TIMES COMMAND...: runs COMMAND, kills its children TIMES times, as Linux does when memory runs out, and exits as it does."""
import os
import signal
import subprocess
import sys
import time

process = subprocess.Popen(sys.argv[2:])
left = int(sys.argv[1])
deadline = time.monotonic() + 60
while process.poll() is None and time.monotonic() < deadline:
    time.sleep(0.5)
    try:
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as file:
            children = file.read().split()
    except OSError:
        continue  # it has ended
    if left and children:
        for child in children:
            os.kill(int(child), signal.SIGKILL)
        left -= 1
process.kill()
sys.exit(process.wait())
