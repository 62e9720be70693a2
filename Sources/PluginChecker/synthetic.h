/// Trees that no JSON text gives: every kind of node, names that are not interned, packed arrays.
#ifndef POSTIL_CHECKER_SYNTHETIC_H
#define POSTIL_CHECKER_SYNTHETIC_H

#include "tasks.h"

/// Makes the batch of a number from 0. False when there are no more.
bool synthetic_batch(uint32_t number, stream_t *stream, sealed_batch_t *batch);

#endif
