/// The arena in which a function of the plugin builds its answer.
#ifndef POSTIL_BUILDING_H
#define POSTIL_BUILDING_H

#include <postil/value_builder.h>

enum { BUILDING_ROOTS_MAX = 512 };

typedef struct building {
    postil_builder_t builder;
    uint8_t *memory;
    uint64_t capacity;
} building_t;

/// Begins an arena with room for so many roots, in the memory of the last one.
postil_status_t building_begin(building_t *building, uint32_t roots);

#endif
