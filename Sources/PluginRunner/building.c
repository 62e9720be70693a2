#include "building.h"

#include <stdlib.h>

enum { SMALLEST = 64 * 1024, TARGET = 512 * 1024 };

static postil_status_t grow(void *context, uint64_t minimum, uint8_t **memory, uint64_t *capacity) {
    building_t *building = context;
    uint64_t wanted = building->capacity * 2 > minimum ? building->capacity * 2 : minimum;
    wanted = wanted > SMALLEST ? wanted : SMALLEST;
    uint8_t *grown = realloc(building->memory, wanted);
    if (grown == NULL) {
        return POSTIL_ERROR_NO_MEMORY;
    }
    building->memory = grown;
    building->capacity = wanted;
    *memory = grown;
    *capacity = wanted;
    return POSTIL_OK;
}

postil_status_t building_begin(building_t *building, uint32_t roots) {
    postil_builder_t *builder = &building->builder;
    memset(builder, 0, sizeof *builder);
    builder->size = sizeof *builder;
    builder->arena = building->memory;
    builder->capacity = building->capacity;
    builder->byte_limit = POSTIL_ARENA_BYTES_MAX;
    builder->byte_target = TARGET;
    builder->grow_context = building;
    builder->grow = grow;
    return postil_build_begin(builder, roots);
}
