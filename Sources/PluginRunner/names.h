/// The names of a stream of arenas, by key.
#ifndef POSTIL_NAMES_H
#define POSTIL_NAMES_H

#include <postil/value_layout.h>

typedef struct names {
    postil_bytes_t *entries; ///< Room for every key.
    uint32_t count;          ///< The empty one of key 0 included.
} names_t;

/// Returns false when memory is short.
bool names_init(names_t *names);

/// Copies the names that are new with this arena. Returns false when they do not follow on.
bool names_take(names_t *names, const uint8_t *arena);

/// The key of a name, added when it is new; POSTIL_KEY_NONE when it cannot be.
uint32_t names_intern(names_t *names, postil_bytes_t name);

#endif
