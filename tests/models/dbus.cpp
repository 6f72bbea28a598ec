// libdbus: calls that wait for the answer, and those that do not.
// REQUIRES: common-tests, pack-dbus
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include -isystem /usr/include/dbus-1.0 -isystem /usr/lib/x86_64-linux-gnu/dbus-1.0/include
#include <async_tidy/annotations.h>
#include <dbus/dbus.h>

ASYNC_TIDY_RUNS_ON_LOOP void bus(DBusConnection *connection, DBusMessage *message, DBusPendingCall *pending, int time) {
  dbus_bus_get(DBUS_BUS_SYSTEM, nullptr);           // WARN: 'dbus_bus_get' blocks the event loop in 'bus' (wait)
  dbus_connection_open("", nullptr);                // WARN: 'dbus_connection_open' blocks
  dbus_bus_register(connection, nullptr);           // WARN: 'dbus_bus_register' blocks
  dbus_bus_request_name(connection, "", 0, nullptr); // WARN: 'dbus_bus_request_name' blocks
  dbus_connection_send_with_reply_and_block(connection, message, -1, nullptr); // WARN: 'dbus_connection_send_with_reply_and_block' blocks
  dbus_connection_send_with_reply(connection, message, &pending, -1);
  dbus_connection_send(connection, message, nullptr);
  dbus_pending_call_block(pending);                 // WARN: 'dbus_pending_call_block' blocks
  dbus_pending_call_set_notify(pending, nullptr, nullptr, nullptr);
  dbus_connection_flush(connection);                // WARN: 'dbus_connection_flush' blocks
  dbus_connection_read_write(connection, 0);
  dbus_connection_read_write(connection, time);     // WARN: 'dbus_connection_read_write' blocks
  dbus_connection_read_write_dispatch(connection, -1); // WARN: 'dbus_connection_read_write_dispatch' blocks
  dbus_connection_dispatch(connection);
}
