// libssh2: sessions that wait, and those that were told not to.
// REQUIRES: common-tests, pack-libssh2
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <cstring>
#include <libssh2.h>
#include <libssh2_sftp.h>

ASYNC_TIDY_RUNS_ON_LOOP void waits(int socket) {
  LIBSSH2_SESSION *session = libssh2_session_init();
  libssh2_session_handshake(session, socket);       // WARN: 'libssh2_session_handshake' blocks the event loop in 'waits' (network)
  libssh2_userauth_password(session, "", "");       // WARN: 'libssh2_userauth_password_ex' blocks
  libssh2_userauth_list(session, "", 0);            // WARN: 'libssh2_userauth_list' blocks
  LIBSSH2_CHANNEL *channel = libssh2_channel_open_session(session); // WARN: 'libssh2_channel_open_ex' blocks
  char buffer[8];
  libssh2_channel_read(channel, buffer, 8);         // WARN: 'libssh2_channel_read_ex' may block
  libssh2_channel_exec(channel, "");                // WARN: 'libssh2_channel_process_startup' may block
  libssh2_sftp_init(session);                       // WARN: 'libssh2_sftp_init' blocks
  libssh2_session_disconnect(session, "");          // WARN: 'libssh2_session_disconnect_ex' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void toldTo(LIBSSH2_SESSION *session) {
  libssh2_session_set_blocking(session, 1);
  libssh2_scp_recv2(session, "", nullptr);          // WARN: 'libssh2_scp_recv2' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void toldSomething(LIBSSH2_SESSION *session, int wait) {
  libssh2_session_set_blocking(session, wait);
  libssh2_scp_recv2(session, "", nullptr);          // WARN: 'libssh2_scp_recv2' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void doesNotWait(int socket) {
  LIBSSH2_SESSION *session = libssh2_session_init();
  libssh2_session_set_blocking(session, 0);
  libssh2_session_handshake(session, socket);
  libssh2_userauth_password(session, "", "");
  LIBSSH2_CHANNEL *channel = libssh2_channel_open_session(session);
  libssh2_channel_set_blocking(channel, 0);
  char buffer[8];
  libssh2_channel_read(channel, buffer, 8);
}

ASYNC_TIDY_RUNS_ON_LOOP void unknown(LIBSSH2_SESSION *session, LIBSSH2_CHANNEL *channel, LIBSSH2_SFTP *sftp,
                                     LIBSSH2_SFTP_HANDLE *file) {
  libssh2_userauth_password(session, "", "");       // WARN: 'libssh2_userauth_password_ex' may block
  libssh2_channel_send_eof(channel);                // WARN: 'libssh2_channel_send_eof' may block
  libssh2_channel_eof(channel);
  char buffer[8];
  libssh2_sftp_read(file, buffer, 8);               // WARN: 'libssh2_sftp_read' may block
  libssh2_sftp_mkdir(sftp, "", 0);                  // WARN: 'libssh2_sftp_mkdir_ex' may block
  libssh2_session_block_directions(session);
  libssh2_keepalive_send(session, nullptr);
  libssh2_session_last_errno(session);
}
