// libssh: sessions that wait, and those that were told not to.
// REQUIRES: common-tests, pack-libssh
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <fcntl.h>
#include <libssh/libssh.h>
#include <libssh/sftp.h>

ASYNC_TIDY_RUNS_ON_LOOP void waits() {
  ssh_session session = ssh_new();
  ssh_options_set(session, SSH_OPTIONS_HOST, "host");
  ssh_connect(session);                             // WARN: 'ssh_connect' blocks the event loop in 'waits' (network)
  ssh_userauth_none(session, nullptr);              // WARN: 'ssh_userauth_none' blocks
  ssh_userauth_list(session, nullptr);
  ssh_userauth_password(session, "", "");           // WARN: 'ssh_userauth_password' blocks
  ssh_channel channel = ssh_channel_new(session);
  ssh_channel_open_session(channel);                // WARN: 'ssh_channel_open_session' may block
  ssh_channel_request_exec(channel, "");            // WARN: 'ssh_channel_request_exec' may block
  char buffer[8];
  ssh_channel_read(channel, buffer, 8, 0);          // WARN: 'ssh_channel_read' may block
  ssh_channel_read_nonblocking(channel, buffer, 8, 0);
  ssh_channel_read_timeout(channel, buffer, 8, 0, 100); // WARN: 'ssh_channel_read_timeout' blocks
  ssh_channel_read_timeout(channel, buffer, 8, 0, 0);
  ssh_channel_poll_timeout(channel, -1, 0);         // WARN: 'ssh_channel_poll_timeout' blocks
  ssh_channel_poll_timeout(channel, 0, 0);
  ssh_channel_poll(channel, 0);
  ssh_channel_get_exit_status(channel);             // WARN: 'ssh_channel_get_exit_status' may block
  ssh_disconnect(session);                          // WARN: 'ssh_disconnect' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void toldTo(ssh_session session, ssh_session another, int wait) {
  ssh_set_blocking(session, 1);
  ssh_userauth_agent(session, nullptr);             // WARN: 'ssh_userauth_agent' blocks
  ssh_set_blocking(another, wait);
  ssh_userauth_agent(another, nullptr);             // WARN: 'ssh_userauth_agent' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void doesNotWait() {
  ssh_session session = ssh_new();
  ssh_set_blocking(session, 0);
  ssh_connect(session);
  ssh_userauth_password(session, "", "");
  ssh_channel channel = ssh_channel_new(session);
  ssh_channel_set_blocking(channel, 0);
  char buffer[8];
  ssh_channel_read(channel, buffer, 8, 0);
  ssh_channel_open_session(channel);
  ssh_disconnect(session);
}

ASYNC_TIDY_RUNS_ON_LOOP void others(ssh_session session, ssh_event event, sftp_session sftp, sftp_file file,
                                    sftp_file another, ssh_scp scp) {
  ssh_userauth_publickey_auto(session, nullptr, nullptr); // WARN: 'ssh_userauth_publickey_auto' may block
  ssh_userauth_kbdint_getnprompts(session);
  ssh_blocking_flush(session, 1000);                // WARN: 'ssh_blocking_flush' blocks
  ssh_blocking_flush(session, 0);
  ssh_event_dopoll(event, 1000);                    // WARN: 'ssh_event_dopoll' blocks
  ssh_event_dopoll(event, 0);
  timeval none = {0, 0};
  ssh_select(nullptr, nullptr, 1, nullptr, nullptr); // WARN: 'ssh_select' blocks
  ssh_select(nullptr, nullptr, 1, nullptr, &none);
  sftp_new(session);                                // WARN: 'sftp_new' blocks
  sftp_open(sftp, "", O_RDONLY, 0);                 // WARN: 'sftp_open' blocks
  char buffer[8];
  sftp_seek(file, 1);
  sftp_read(file, buffer, 8);                       // WARN: 'sftp_read' blocks
  sftp_file_set_nonblocking(another);
  sftp_read(another, buffer, 8);
  ssh_scp_read(scp, buffer, 8);                     // WARN: 'ssh_scp_read' blocks
  ssh_scp_request_get_size(scp);
  ssh_scp_free(scp);                                // WARN: 'ssh_scp_free' may block
}
