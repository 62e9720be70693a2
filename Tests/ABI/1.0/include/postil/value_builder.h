/// Builds a value tree, inline, in memory that the host lends and grows.
///
/// Roots are written one after the other, each from its start to its end:
///
///     postil_build_root(builder, NULL);
///     postil_build_object(builder);
///     postil_build_key(builder, postil_text("image"));
///     postil_build_string(builder, reference);
///     postil_build_end(builder);
///     return postil_build_root_end(builder);
///
/// The first failure sticks: later calls do nothing and return it. So only the last call of a
/// root needs a check. A builder belongs to the host and to one thread at a time. [instance]
#ifndef POSTIL_VALUE_BUILDER_H
#define POSTIL_VALUE_BUILDER_H

#include <postil/value_layout.h>

#ifdef __cplusplus
extern "C" {
#endif

/// An arena in the making. Given by the host; use the functions, not the fields.
typedef struct postil_builder {
    uint32_t size;
    postil_status_t status; ///< POSTIL_OK, or the first failure.
    uint8_t *arena;         ///< Moves when it grows. Aligned to 8 bytes.
    uint64_t used;          ///< Bytes written; a multiple of 8.
    uint64_t capacity;      ///< Bytes that `arena` has room for.
    uint64_t byte_limit;    ///< The arena never grows beyond this.
    uint64_t byte_target;   ///< The batch counts as full from here on.
    uint64_t open;          ///< Offset of the innermost open container; 0 if none.
    uint32_t depth;         ///< How many containers are open.
    uint32_t root_capacity; ///< Roots that the table has room for.
    uint32_t root_count;    ///< Roots that are complete.
    uint32_t root_is_open;  ///< 1 between `postil_build_root` and `postil_build_root_end`.
    uint32_t pending_key;   ///< Key for the next value.
    uint32_t reserved;      ///< Zero.
    void *grow_context;     ///< For `grow`.

    /// Makes room for at least `minimum` bytes in all, keeps the contents, and sets the memory
    /// and its capacity. Returns POSTIL_OK or POSTIL_ERROR_NO_MEMORY. [instance] since ABI 1.0
    postil_status_t (*grow)(void *grow_context, uint64_t minimum, uint8_t **memory,
                            uint64_t *capacity);
} postil_builder_t;

static inline postil_status_t postil_build_fail(postil_builder_t *builder, postil_status_t status) {
    if (builder->status == POSTIL_OK) {
        builder->status = status;
    }
    return builder->status;
}

static inline uint64_t postil_padded(uint64_t count) {
    return (count + 7) & ~(uint64_t)7;
}

/// Takes `count` bytes at the end, cleared up to a multiple of 8. NULL on failure.
static inline uint8_t *postil_build_reserve(postil_builder_t *builder, uint64_t count) {
    uint64_t padded = postil_padded(count);
    if (builder->status != POSTIL_OK) {
        return NULL;
    }
    if (padded < count || builder->used > builder->byte_limit ||
        padded > builder->byte_limit - builder->used) {
        postil_build_fail(builder, POSTIL_ERROR_TOO_LARGE);
        return NULL;
    }
    uint64_t needed = builder->used + padded;
    if (needed > builder->capacity) {
        postil_status_t grown = builder->grow ? builder->grow(builder->grow_context, needed,
                                                              &builder->arena, &builder->capacity)
                                              : (postil_status_t)POSTIL_ERROR_NO_MEMORY;
        if (grown != POSTIL_OK || builder->capacity < needed) {
            postil_build_fail(builder, POSTIL_ERROR_NO_MEMORY);
            return NULL;
        }
    }
    uint8_t *bytes = builder->arena + builder->used;
    if (padded > count) {
        memset(bytes + padded - 8, 0, 8);
    }
    builder->used = needed;
    return bytes;
}

static inline postil_node_t *postil_build_node_at(postil_builder_t *builder, uint64_t offset) {
    return (postil_node_t *)(void *)(builder->arena + offset);
}

/// Appends a node with room for `content` bytes behind it, as the next element or member.
static inline postil_node_t *postil_build_node(postil_builder_t *builder, uint8_t kind,
                                               uint8_t flags, uint64_t length, uint64_t content,
                                               uint64_t payload) {
    uint32_t key = builder->pending_key;
    if (length > UINT32_MAX || content > UINT32_MAX) {
        postil_build_fail(builder, POSTIL_ERROR_TOO_LARGE);
        return NULL;
    }
    if (builder->status == POSTIL_OK) {
        bool fits = builder->root_is_open != 0;
        if (fits && builder->open != 0) {
            postil_node_t *parent = postil_build_node_at(builder, builder->open);
            fits = (parent->kind == POSTIL_KIND_OBJECT) == (key != POSTIL_KEY_NONE) &&
                   parent->length < UINT32_MAX;
            parent->length += fits ? 1 : 0;
        } else if (fits) {
            // Outside of containers a root takes exactly one value.
            postil_root_t *root =
                (postil_root_t *)(void *)(builder->arena + sizeof(postil_arena_header_t)) +
                builder->root_count;
            fits = root->node_offset == 0 && key == POSTIL_KEY_NONE;
            root->node_offset = fits ? builder->used : root->node_offset;
        }
        if (!fits) {
            postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
        }
    }
    uint8_t *bytes = postil_build_reserve(builder, sizeof(postil_node_t) + content);
    if (!bytes) {
        return NULL;
    }
    postil_node_t *node = (postil_node_t *)(void *)bytes;
    node->kind = kind;
    node->flags = flags;
    node->key = (uint16_t)key;
    node->length = (uint32_t)length;
    node->payload =
        (flags & POSTIL_NODE_EXTENT) ? postil_padded(sizeof(postil_node_t) + content) : payload;
    builder->pending_key = POSTIL_KEY_NONE;
    return node;
}

/// Appends a node with its content.
static inline postil_status_t postil_build_content(postil_builder_t *builder, uint8_t kind,
                                                   uint64_t length, const void *content,
                                                   uint64_t count) {
    postil_node_t *node = postil_build_node(builder, kind, POSTIL_NODE_EXTENT, length, count, 0);
    if (node && count > 0) {
        memcpy(node + 1, content, (size_t)count);
    }
    return builder->status;
}

/// Empties the builder for a new arena with room for `root_capacity` roots. The host does this.
static inline postil_status_t postil_build_begin(postil_builder_t *builder,
                                                 uint32_t root_capacity) {
    builder->status = POSTIL_OK;
    builder->used = 0;
    builder->open = 0;
    builder->depth = 0;
    builder->root_capacity = root_capacity;
    builder->root_count = 0;
    builder->root_is_open = 0;
    builder->pending_key = POSTIL_KEY_NONE;
    uint64_t front =
        sizeof(postil_arena_header_t) + (uint64_t)root_capacity * sizeof(postil_root_t);
    uint8_t *bytes = postil_build_reserve(builder, front);
    if (bytes) {
        memset(bytes, 0, (size_t)front);
        postil_arena_header_t *header = (postil_arena_header_t *)(void *)bytes;
        header->magic = POSTIL_ARENA_MAGIC;
        header->layout = POSTIL_ARENA_LAYOUT;
        header->header_size = sizeof *header;
        header->roots_offset = sizeof *header;
        header->root_size = sizeof(postil_root_t);
    }
    return builder->status;
}

/// Completes the arena, which is then `builder->arena` of `builder->used` bytes. The host does
/// this. A root that is still open is an error.
static inline postil_status_t postil_build_finish(postil_builder_t *builder) {
    if (builder->root_is_open) {
        postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
    }
    if (builder->status == POSTIL_OK) {
        postil_arena_header_t *header = (postil_arena_header_t *)(void *)builder->arena;
        header->byte_count = builder->used;
        header->root_count = builder->root_count;
    }
    return builder->status;
}

/// True when the batch should be given back before the next root is written.
static inline bool postil_build_is_full(const postil_builder_t *builder) {
    return builder->root_count >= builder->root_capacity || builder->used >= builder->byte_target;
}

/// Starts a root. `fields` may be NULL; its offsets and lengths are ignored.
static inline postil_status_t postil_build_root(postil_builder_t *builder,
                                                const postil_root_t *fields) {
    if (builder->root_is_open || builder->root_count >= builder->root_capacity) {
        return postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
    }
    if (builder->status == POSTIL_OK) {
        postil_root_t *root =
            (postil_root_t *)(void *)(builder->arena + sizeof(postil_arena_header_t)) +
            builder->root_count;
        memset(root, 0, sizeof *root);
        if (fields) {
            root->task_id = fields->task_id;
            root->project_id = fields->project_id;
            root->revision = fields->revision;
            root->updated_at_us = fields->updated_at_us;
            root->annotation_count = fields->annotation_count;
        }
        builder->root_is_open = 1;
    }
    return builder->status;
}

/// Gives the open root as JSON text. The host parses and checks it; a root needs a tree or this.
static inline postil_status_t postil_build_root_text(postil_builder_t *builder,
                                                     postil_bytes_t json) {
    if (!builder->root_is_open || builder->open != 0 || json.count == 0) {
        return postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
    }
    uint64_t offset = builder->used;
    uint8_t *bytes = postil_build_reserve(builder, json.count);
    if (bytes) {
        memcpy(bytes, json.bytes, (size_t)json.count);
        postil_root_t *root =
            (postil_root_t *)(void *)(builder->arena + sizeof(postil_arena_header_t)) +
            builder->root_count;
        root->text_offset = offset;
        root->text_length = json.count;
    }
    return builder->status;
}

/// Ends a root. It has a value or a text, and no container is open.
static inline postil_status_t postil_build_root_end(postil_builder_t *builder) {
    if (builder->status == POSTIL_OK) {
        const postil_root_t *root =
            (const postil_root_t *)(const void *)(builder->arena + sizeof(postil_arena_header_t)) +
            builder->root_count;
        if (!builder->root_is_open || builder->open != 0 ||
            (root->node_offset == 0 && root->text_offset == 0)) {
            return postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
        }
        builder->root_count++;
        builder->root_is_open = 0;
    }
    return builder->status;
}

/// Sets the name of the next member. It is not interned: the host does that when it takes over.
static inline postil_status_t postil_build_key(postil_builder_t *builder, postil_bytes_t name) {
    if (builder->status == POSTIL_OK &&
        (builder->open == 0 || builder->pending_key != POSTIL_KEY_NONE ||
         postil_build_node_at(builder, builder->open)->kind != POSTIL_KIND_OBJECT)) {
        return postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
    }
    if (name.count > UINT32_MAX) {
        return postil_build_fail(builder, POSTIL_ERROR_TOO_LARGE);
    }
    uint8_t *bytes = postil_build_reserve(builder, sizeof(postil_node_t) + name.count);
    if (bytes) {
        postil_node_t *node = (postil_node_t *)(void *)bytes;
        node->kind = POSTIL_KIND_NAME;
        node->flags = POSTIL_NODE_EXTENT;
        node->key = POSTIL_KEY_NONE;
        node->length = (uint32_t)name.count;
        node->payload = postil_padded(sizeof(postil_node_t) + name.count);
        if (name.count > 0) {
            memcpy(node + 1, name.bytes, (size_t)name.count);
        }
        builder->pending_key = POSTIL_KEY_ESCAPE;
    }
    return builder->status;
}

/// Sets the key of the next member by its number in the stream's table of names. For hosts: what a
/// plugin builds has its names written out, by `postil_build_key`.
static inline postil_status_t postil_build_key_id(postil_builder_t *builder, uint32_t key) {
    if (key == POSTIL_KEY_NONE || key > POSTIL_KEY_LAST ||
        builder->pending_key != POSTIL_KEY_NONE) {
        return postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
    }
    builder->pending_key = key;
    return builder->status;
}

static inline postil_status_t postil_build_null(postil_builder_t *builder) {
    postil_build_node(builder, POSTIL_KIND_NULL, 0, 0, 0, 0);
    return builder->status;
}

static inline postil_status_t postil_build_bool(postil_builder_t *builder, bool value) {
    postil_build_node(builder, POSTIL_KIND_BOOL, 0, 0, 0, value ? 1 : 0);
    return builder->status;
}

static inline postil_status_t postil_build_int64(postil_builder_t *builder, int64_t value) {
    postil_build_node(builder, POSTIL_KIND_I64, 0, 0, 0, (uint64_t)value);
    return builder->status;
}

/// Becomes an int64 where it fits, so that equal numbers have one form.
static inline postil_status_t postil_build_uint64(postil_builder_t *builder, uint64_t value) {
    uint8_t kind = value <= (uint64_t)INT64_MAX ? POSTIL_KIND_I64 : POSTIL_KIND_U64;
    postil_build_node(builder, kind, 0, 0, 0, value);
    return builder->status;
}

/// Not-a-number and the infinities are refused: JSON has none.
static inline postil_status_t postil_build_double(postil_builder_t *builder, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (((bits >> 52) & 0x7FF) == 0x7FF) {
        return postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
    }
    postil_build_node(builder, POSTIL_KIND_F64, 0, 0, 0, bits);
    return builder->status;
}

/// A number that nothing else holds, as JSON writes it, with the nearest double (may be infinite).
static inline postil_status_t postil_build_number_text(postil_builder_t *builder,
                                                       postil_bytes_t text, double nearest) {
    postil_node_t *node = postil_build_node(builder, POSTIL_KIND_NUMBER_TEXT, POSTIL_NODE_EXTENT,
                                            text.count, sizeof nearest + text.count, 0);
    if (node) {
        memcpy(node + 1, &nearest, sizeof nearest);
        memcpy((uint8_t *)(node + 1) + sizeof nearest, text.bytes, (size_t)text.count);
    }
    return builder->status;
}

/// A text. The host refuses what is not UTF-8.
static inline postil_status_t postil_build_string(postil_builder_t *builder, postil_bytes_t text) {
    return postil_build_content(builder, POSTIL_KIND_STRING, text.count, text.bytes, text.count);
}

static inline postil_status_t postil_build_bytes(postil_builder_t *builder, postil_bytes_t bytes) {
    return postil_build_content(builder, POSTIL_KIND_BYTES, bytes.count, bytes.bytes, bytes.count);
}

/// `count` doubles at once; the host refuses those that are not finite.
static inline postil_status_t postil_build_doubles(postil_builder_t *builder, const double *values,
                                                   uint32_t count) {
    return postil_build_content(builder, POSTIL_KIND_F64_ARRAY, count, values,
                                (uint64_t)count * sizeof *values);
}

static inline postil_status_t postil_build_int64s(postil_builder_t *builder, const int64_t *values,
                                                  uint32_t count) {
    return postil_build_content(builder, POSTIL_KIND_I64_ARRAY, count, values,
                                (uint64_t)count * sizeof *values);
}

/// `count` points, x, y, x, y, …; the host refuses those that are not finite.
static inline postil_status_t postil_build_points(postil_builder_t *builder, const double *xy,
                                                  uint32_t count) {
    return postil_build_content(builder, POSTIL_KIND_POINT_ARRAY, count, xy,
                                (uint64_t)count * 2 * sizeof *xy);
}

static inline postil_status_t postil_build_container(postil_builder_t *builder, uint8_t kind) {
    if (builder->depth >= POSTIL_VALUE_DEPTH_MAX) {
        return postil_build_fail(builder, POSTIL_ERROR_TOO_LARGE);
    }
    uint64_t offset = builder->used;
    postil_node_t *node = postil_build_node(builder, kind, POSTIL_NODE_EXTENT, 0, 0, 0);
    if (node) {
        // Until it ends, a container remembers in its payload which one it stands in.
        node->payload = builder->open;
        builder->open = offset;
        builder->depth++;
    }
    return builder->status;
}

/// Starts an array; its elements follow until `postil_build_end`.
static inline postil_status_t postil_build_array(postil_builder_t *builder) {
    return postil_build_container(builder, POSTIL_KIND_ARRAY);
}

/// Starts an object; a key and a value follow for each member until `postil_build_end`.
static inline postil_status_t postil_build_object(postil_builder_t *builder) {
    return postil_build_container(builder, POSTIL_KIND_OBJECT);
}

/// Ends the innermost array or object.
static inline postil_status_t postil_build_end(postil_builder_t *builder) {
    if (builder->status != POSTIL_OK) {
        return builder->status;
    }
    if (builder->open == 0 || builder->pending_key != POSTIL_KEY_NONE) {
        return postil_build_fail(builder, POSTIL_ERROR_INVALID_ARGUMENT);
    }
    uint64_t offset = builder->open;
    postil_node_t *node = postil_build_node_at(builder, offset);
    builder->open = node->payload;
    node->payload = builder->used - offset;
    builder->depth--;
    return POSTIL_OK;
}

#ifdef __cplusplus
}
#endif

#endif
