/// What a worker gives to the host beside statuses: records in the output area.
#ifndef POSTIL_OUTPUT_H
#define POSTIL_OUTPUT_H

#include "plugin_wire.h"

#include <stdint.h>

/// The area has two halves: while the host copies one, the other is filled.
typedef struct output {
    int host;
    postil_wire_page_t *page;
    uint8_t *area;
    uint32_t half;     ///< The one that is being filled.
    uint32_t used;     ///< Bytes of it.
    uint32_t given[2]; ///< How often each half was given to the host.
} output_t;

void output_init(output_t *output, int host, postil_wire_page_t *page, uint8_t *area);

/// Appends one record as a whole. `count` is at most 16 KiB.
void output_add(output_t *output, uint32_t kind, uint64_t number, const void *bytes,
                uint32_t count);

/// Appends bytes as as many records as it takes. Waits while the host is behind.
void output_stream(output_t *output, uint32_t kind, uint64_t number, const void *bytes,
                   uint64_t count);

/// Takes what is in the current half away from the worker: the host is told with the next message.
void output_take(output_t *output, uint64_t *half, uint64_t *bytes);

#endif
