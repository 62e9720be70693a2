#include "Arena.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace postil {
namespace {

constexpr uint64_t smallest_arena = 4 * 1024;

postil_status_t grow(void *context, uint64_t minimum, uint8_t **memory, uint64_t *capacity) {
    auto *arena = static_cast<postil_arena *>(context);
    uint64_t wanted = std::max({minimum, arena->capacity * 2, smallest_arena});
    void *grown = std::realloc(arena->memory, wanted);
    if (!grown) {
        return POSTIL_ERROR_NO_MEMORY;
    }
    arena->memory = static_cast<uint8_t *>(grown);
    arena->capacity = wanted;
    *memory = arena->memory;
    *capacity = wanted;
    return POSTIL_OK;
}

/// Appends the names from `arena.announced` on, with a table of where they are.
void append_names(postil_arena &arena, const postil_key_table &keys) {
    postil_builder_t &builder = arena.builder;
    uint32_t first = arena.announced;
    uint32_t count = keys.count() - first;
    if (count == 0) {
        return;
    }
    uint64_t table = builder.used;
    postil_build_reserve(&builder, uint64_t(count) * sizeof(postil_key_entry_t));
    for (uint32_t i = 0; i < count; i++) {
        postil_bytes_t name = keys.names()[first + i];
        postil_key_entry_t entry = {builder.used, name.count};
        uint8_t *bytes = postil_build_reserve(&builder, name.count);
        if (!bytes) {
            return;
        }
        if (name.count > 0) {
            std::memcpy(bytes, name.bytes, name.count);
        }
        std::memcpy(builder.arena + table + uint64_t(i) * sizeof entry, &entry, sizeof entry);
    }
    auto *header = reinterpret_cast<postil_arena_header_t *>(builder.arena);
    header->keys_offset = table;
    header->first_key = first;
    header->key_count = count;
    arena.announced = keys.count();
}

} // namespace

Failure builder_failure(const postil_builder_t &builder) {
    switch (builder.status) {
    case POSTIL_OK:
        return Failure();
    case POSTIL_ERROR_TOO_LARGE:
        return Failure(builder.depth >= POSTIL_VALUE_DEPTH_MAX ? POSTIL_JSON_TOO_DEEP
                                                               : POSTIL_JSON_TOO_LARGE,
                       builder.used);
    case POSTIL_ERROR_NO_MEMORY:
        return Failure(POSTIL_JSON_NO_MEMORY, builder.used);
    default:
        return Failure(POSTIL_TREE_MALFORMED, builder.used);
    }
}

void build_name(postil_builder_t *builder, postil_key_table &keys, const uint8_t *name,
                uint64_t count) {
    uint32_t key = keys.intern(name, count);
    if (key != POSTIL_KEY_NONE) {
        postil_build_key_id(builder, key);
    } else {
        postil_build_key(builder, postil_bytes_t{name, count});
    }
}

} // namespace postil

postil_arena::postil_arena(uint32_t root_capacity, uint64_t byte_target, uint64_t byte_limit)
    : root_capacity(root_capacity),
      byte_limit(std::min<uint64_t>(byte_limit, POSTIL_ARENA_BYTES_MAX)) {
    builder.size = sizeof builder;
    builder.byte_target = byte_target;
    builder.grow_context = this;
    builder.grow = postil::grow;
}

postil_arena::~postil_arena() {
    std::free(memory);
}

postil_arena_t *postil_arena_make(uint32_t root_capacity, uint64_t byte_target,
                                  uint64_t byte_limit) {
    return new (std::nothrow) postil_arena(root_capacity, byte_target, byte_limit);
}

void postil_arena_free(postil_arena_t *arena) {
    delete arena;
}

int32_t postil_arena_begin(postil_arena_t *arena) {
    arena->builder.arena = arena->memory;
    arena->builder.capacity = arena->capacity;
    arena->builder.byte_limit = arena->byte_limit;
    arena->builder.grow_context = arena;
    arena->builder.grow = postil::grow;
    bool begun = postil_build_begin(&arena->builder, arena->root_capacity) == POSTIL_OK;
    return begun ? POSTIL_JSON_OK : POSTIL_JSON_NO_MEMORY;
}

postil_builder_t *postil_arena_builder(postil_arena_t *arena) {
    return &arena->builder;
}

int32_t postil_arena_key(postil_arena_t *arena, postil_key_table_t *keys, const uint8_t *name,
                         uint64_t count) {
    return postil::guarded(nullptr, [&] {
        postil::build_name(&arena->builder, *keys, name, count);
        return postil::builder_failure(arena->builder).code;
    });
}

uint8_t *postil_arena_finish(postil_arena_t *arena, const postil_key_table_t *keys,
                             uint64_t *count) {
    if (postil_build_finish(&arena->builder) != POSTIL_OK) {
        return nullptr;
    }
    // The limit is for what others write; the names must still fit.
    arena->builder.byte_limit = UINT64_MAX;
    postil::append_names(*arena, *keys);
    if (postil_build_finish(&arena->builder) != POSTIL_OK) {
        return nullptr;
    }
    uint8_t *memory = arena->memory;
    *count = arena->builder.used;
    arena->memory = nullptr;
    arena->capacity = 0;
    arena->builder.arena = nullptr;
    arena->builder.capacity = 0;
    return memory;
}
