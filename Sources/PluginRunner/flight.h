/// The flight record: what the worker was doing when it died, in memory that outlives it.
#ifndef POSTIL_FLIGHT_H
#define POSTIL_FLIGHT_H

#include "plugin_wire.h"

/// Takes the signals that end a process, notes where it was, and lets it die of them.
void flight_start(postil_wire_page_t *page);

/// Notes that a function of the plugin begins.
void flight_enter(postil_wire_page_t *page, uint32_t capability, uint32_t function, uint64_t call,
                  int64_t first_task, uint64_t task_count);
void flight_leave(postil_wire_page_t *page);

/// Notes which libraries are where; `inside` is an address in the plugin's own.
void flight_note_modules(postil_wire_page_t *page, const void *inside);

#endif
