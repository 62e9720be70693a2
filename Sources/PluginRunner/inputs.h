/// The files that an import source reads, as a worker sees them.
#ifndef POSTIL_INPUTS_H
#define POSTIL_INPUTS_H

#include "calls.h"

/// Reads the table of inputs that came with OPEN: their number (8 bytes), then for each its length
/// in bytes (8), its name and its reference, each with a zero behind it. NULL when it is short.
inputs_t *inputs_make(int host, const uint8_t *table, uint64_t byte_count);

postil_inputs_t *inputs_table(inputs_t *inputs);

void inputs_release_all(inputs_t *inputs);

#endif
