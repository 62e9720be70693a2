#include "slots.h"

#include <sys/stat.h>
#include <unistd.h>

bool slots_take(slots_t *slots, uint32_t slot, int descriptor) {
    struct stat status;
    if (slot >= POSTIL_WIRE_SLOTS_MAX || fstat(descriptor, &status) != 0) {
        close(descriptor);
        return false;
    }
    if (slots->memory[slot] != NULL) {
        postil_wire_unmap((void *)slots->memory[slot], slots->bytes[slot]);
    }
    slots->bytes[slot] = (uint64_t)status.st_size;
    slots->memory[slot] = postil_wire_map(descriptor, slots->bytes[slot], 0);
    close(descriptor);
    return slots->memory[slot] != NULL;
}

const uint8_t *slots_arena(const slots_t *slots, const postil_wire_call_t *call, uint32_t index) {
    if (call->slot >= POSTIL_WIRE_SLOTS_MAX || index >= call->span_count ||
        call->spans[index].length == 0 || slots->memory[call->slot] == NULL) {
        return NULL;
    }
    return slots->memory[call->slot] + call->spans[index].offset;
}
