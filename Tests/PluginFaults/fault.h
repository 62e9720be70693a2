/// What each language's source offers: one way to go wrong, by name.
#ifndef FAULT_H
#define FAULT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Goes wrong in the way that `name` says, in the language of the source.
///
/// Returns 0 when nothing is wrong afterwards, 1 when the plugin should say that it cannot go on,
/// -1 when this language has no such fault.
int32_t fault_now(const char *name);

#ifdef __cplusplus
}
#endif

#endif
