#include "names.h"

#include <stdlib.h>
#include <string.h>

bool names_init(names_t *names) {
    names->entries = calloc(POSTIL_KEY_LAST + 1, sizeof *names->entries);
    names->count = 1;
    return names->entries != NULL;
}

static bool add(names_t *names, postil_bytes_t name) {
    uint8_t *copy = names->count <= POSTIL_KEY_LAST ? malloc(name.count + 1) : NULL;
    if (copy == NULL) {
        return false;
    }
    if (name.count > 0) {
        memcpy(copy, name.bytes, name.count);
    }
    names->entries[names->count].bytes = copy;
    names->entries[names->count].count = name.count;
    names->count++;
    return true;
}

bool names_take(names_t *names, const uint8_t *arena) {
    const postil_arena_header_t *header = (const postil_arena_header_t *)(const void *)arena;
    const postil_key_entry_t *entries =
        (const postil_key_entry_t *)(const void *)(arena + header->keys_offset);
    for (uint32_t i = 0; i < header->key_count; i++) {
        uint32_t key = header->first_key + i;
        postil_bytes_t name = {arena + entries[i].offset, entries[i].length};
        if (key > names->count || (key == names->count && !add(names, name))) {
            return false;
        }
    }
    return true;
}

uint32_t names_intern(names_t *names, postil_bytes_t name) {
    for (uint32_t key = 1; key < names->count; key++) {
        if (postil_bytes_equal(names->entries[key], name)) {
            return key;
        }
    }
    return add(names, name) ? names->count - 1 : (uint32_t)POSTIL_KEY_NONE;
}
