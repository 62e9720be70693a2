/// The slots in which the arenas of calls arrive.
#ifndef POSTIL_SLOTS_H
#define POSTIL_SLOTS_H

#include "plugin_wire.h"

#include <postil/value_layout.h>

typedef struct slots {
    const uint8_t *memory[POSTIL_WIRE_SLOTS_MAX];
    uint64_t bytes[POSTIL_WIRE_SLOTS_MAX];
} slots_t;

/// Maps a slot that came with a call, in place of the one of that number before. Closes it.
bool slots_take(slots_t *slots, uint32_t slot, int descriptor);

/// One arena of a call, NULL when it is not given.
const uint8_t *slots_arena(const slots_t *slots, const postil_wire_call_t *call, uint32_t index);

#endif
