// sd-bus, sd-event and sd-journal: calls that wait for the answer, and those that do not.
// REQUIRES: common-tests, pack-sd-bus
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include %headers
#include <async_tidy/annotations.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>
#include <systemd/sd-journal.h>

ASYNC_TIDY_RUNS_ON_LOOP void bus(sd_bus *bus, sd_bus_message *message) {
  sd_bus_open_system(&bus);                         // WARN: 'sd_bus_open_system' may block the event loop in 'bus' (wait)
  sd_bus_call(bus, message, 0, nullptr, nullptr);   // WARN: 'sd_bus_call' blocks the event loop in 'bus' (wait)
  sd_bus_call_async(bus, nullptr, message, nullptr, nullptr, 0);
  sd_bus_call_method(bus, "", "", "", "", nullptr, nullptr, ""); // WARN: 'sd_bus_call_method' blocks
  sd_bus_call_method_async(bus, nullptr, "", "", "", "", nullptr, nullptr, "");
  sd_bus_get_property(bus, "", "", "", "", nullptr, nullptr, ""); // WARN: 'sd_bus_get_property' blocks
  sd_bus_set_property(bus, "", "", "", "", nullptr, ""); // WARN: 'sd_bus_set_property' blocks
  sd_bus_request_name(bus, "", 0);                  // WARN: 'sd_bus_request_name' blocks
  sd_bus_request_name_async(bus, nullptr, "", 0, nullptr, nullptr);
  sd_bus_wait(bus, UINT64_MAX);                     // WARN: 'sd_bus_wait' blocks
  sd_bus_wait(bus, 0);
  sd_bus_flush(bus);                                // WARN: 'sd_bus_flush' blocks
  sd_bus_process(bus, nullptr);
}

ASYNC_TIDY_RUNS_ON_LOOP void event(sd_event *event) {
  sd_event_run(event, 1000);                        // WARN: 'sd_event_run' blocks
  sd_event_run(event, 0);
  sd_event_wait(event, UINT64_MAX);                 // WARN: 'sd_event_wait' blocks
  sd_event_wait(event, 0);
  sd_event_prepare(event);
  sd_event_loop(event);                             // WARN: 'sd_event_loop' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void journal(sd_journal *journal) {
  sd_journal_wait(journal, 1000);                   // WARN: 'sd_journal_wait' blocks
  sd_journal_wait(journal, 0);
  sd_journal_get_fd(journal);
  sd_journal_print(1, "text");                      // WARN: 'sd_journal_print_with_location' may block
  sd_journal_send("MESSAGE=text", nullptr);         // WARN: 'sd_journal_send_with_location' may block
}
