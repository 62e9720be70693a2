/// Reads the value tree, inline: no call leaves the plugin.
///
/// A `postil_value_t` is a place in a batch, as cheap to copy as two pointers. Asking the wrong
/// kind, or for what is not there, gives a missing value, an empty text or `false`; so a path
/// can be walked without a check at every step:
///
///     double x;
///     if (postil_value_double(postil_object_get(value, keys->x), &x)) { … }
///
/// Names are found in two ways: by a key that was interned in `open` (a comparison of 16 bits),
/// or by their text, which suits settings and other small trees.
#ifndef POSTIL_VALUE_READER_H
#define POSTIL_VALUE_READER_H

#include <postil/value_layout.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A value of a batch. Valid as long as the batch. `node` is NULL if it is missing.
typedef struct postil_value {
    const postil_batch_t *batch;
    const postil_node_t *node;
} postil_value_t;

/// A member of an object.
typedef struct postil_member {
    postil_bytes_t name; ///< UTF-8, unescaped. May be empty, and may contain U+0000.
    postil_value_t value;
    uint32_t key; ///< The interned key, or POSTIL_KEY_ESCAPE.
} postil_member_t;

/// A walk over the children of one container.
typedef struct postil_walk {
    const postil_batch_t *batch;
    const postil_node_t *at;
    const postil_node_t *end;
} postil_walk_t;

static inline postil_value_t postil_value_make(const postil_batch_t *batch,
                                               const postil_node_t *node) {
    postil_value_t value;
    value.batch = batch;
    value.node = node;
    return value;
}

/// The node after this one and all that it contains.
static inline const postil_node_t *postil_node_after(const postil_node_t *node) {
    uint64_t extent = (node->flags & POSTIL_NODE_EXTENT) ? node->payload : sizeof(postil_node_t);
    return (const postil_node_t *)(const void *)((const uint8_t *)node + extent);
}

/// The kind, POSTIL_KIND_MISSING for a missing value.
static inline uint32_t postil_value_kind(postil_value_t value) {
    return value.node ? value.node->kind : (uint32_t)POSTIL_KIND_MISSING;
}

static inline bool postil_value_is(postil_value_t value, uint32_t kind) {
    return postil_value_kind(value) == kind;
}

/// How many elements or members; 0 for everything else.
static inline uint32_t postil_value_count(postil_value_t value) {
    switch (postil_value_kind(value)) {
    case POSTIL_KIND_ARRAY:
    case POSTIL_KIND_OBJECT:
    case POSTIL_KIND_F64_ARRAY:
    case POSTIL_KIND_I64_ARRAY:
    case POSTIL_KIND_POINT_ARRAY:
        return value.node->length;
    default:
        return 0;
    }
}

/// The text of a string, or no bytes. UTF-8, unescaped; may contain U+0000.
static inline postil_bytes_t postil_value_text(postil_value_t value) {
    postil_bytes_t text = {NULL, 0};
    if (postil_value_is(value, POSTIL_KIND_STRING)) {
        text.bytes = (const uint8_t *)(value.node + 1);
        text.count = value.node->length;
    }
    return text;
}

/// The bytes of a byte string, or no bytes.
static inline postil_bytes_t postil_value_bytes(postil_value_t value) {
    postil_bytes_t bytes = {NULL, 0};
    if (postil_value_is(value, POSTIL_KIND_BYTES)) {
        bytes.bytes = (const uint8_t *)(value.node + 1);
        bytes.count = value.node->length;
    }
    return bytes;
}

/// The JSON text of a number that neither an integer nor a double holds, or no bytes.
static inline postil_bytes_t postil_value_number_text(postil_value_t value) {
    postil_bytes_t text = {NULL, 0};
    if (postil_value_is(value, POSTIL_KIND_NUMBER_TEXT)) {
        text.bytes = (const uint8_t *)(value.node + 1) + sizeof(double);
        text.count = value.node->length;
    }
    return text;
}

static inline bool postil_value_bool(postil_value_t value, bool *result) {
    if (!postil_value_is(value, POSTIL_KIND_BOOL)) {
        return false;
    }
    *result = value.node->payload != 0;
    return true;
}

/// Any number as the nearest double. Infinite only where the number is beyond every double.
static inline bool postil_value_double(postil_value_t value, double *result) {
    switch (postil_value_kind(value)) {
    case POSTIL_KIND_I64:
        *result = (double)(int64_t)value.node->payload;
        return true;
    case POSTIL_KIND_U64:
        *result = (double)value.node->payload;
        return true;
    case POSTIL_KIND_F64:
        memcpy(result, &value.node->payload, sizeof *result);
        return true;
    case POSTIL_KIND_NUMBER_TEXT:
        memcpy(result, value.node + 1, sizeof *result);
        return true;
    default:
        return false;
    }
}

/// A number that is exactly an int64, also when it was written as a double (`3.0`).
static inline bool postil_value_int64(postil_value_t value, int64_t *result) {
    double number;
    switch (postil_value_kind(value)) {
    case POSTIL_KIND_I64:
        *result = (int64_t)value.node->payload;
        return true;
    case POSTIL_KIND_F64:
        memcpy(&number, &value.node->payload, sizeof number);
        // The bounds are exact doubles; 2^63 itself is the first one that does not fit.
        if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0) ||
            (double)(int64_t)number != number) {
            return false;
        }
        *result = (int64_t)number;
        return true;
    default:
        return false;
    }
}

/// Starts a walk over the elements of an array or the members of an object; over nothing for
/// every other kind.
static inline postil_walk_t postil_children(postil_value_t container) {
    postil_walk_t walk = {container.batch, NULL, NULL};
    uint32_t kind = postil_value_kind(container);
    if (kind == POSTIL_KIND_ARRAY || kind == POSTIL_KIND_OBJECT) {
        walk.at = container.node + 1;
        walk.end = postil_node_after(container.node);
    }
    return walk;
}

/// Gives the next element. False at the end.
static inline bool postil_walk_element(postil_walk_t *walk, postil_value_t *element) {
    if (walk->at >= walk->end) {
        return false;
    }
    *element = postil_value_make(walk->batch, walk->at);
    walk->at = postil_node_after(walk->at);
    return true;
}

/// The name of an interned key, or no bytes.
static inline postil_bytes_t postil_key_name(const postil_batch_t *batch, uint32_t key) {
    postil_bytes_t none = {NULL, 0};
    return key < batch->key_count ? batch->key_names_borrowed[key] : none;
}

/// Gives the next member, in the order in which it was written. False at the end.
static inline bool postil_walk_member(postil_walk_t *walk, postil_member_t *member) {
    const postil_node_t *node = walk->at;
    if (node >= walk->end) {
        return false;
    }
    if (node->kind == POSTIL_KIND_NAME) {
        member->name.bytes = (const uint8_t *)(node + 1);
        member->name.count = node->length;
        node = postil_node_after(node);
    } else {
        member->name = postil_key_name(walk->batch, node->key);
    }
    member->key = node->key;
    member->value = postil_value_make(walk->batch, node);
    walk->at = postil_node_after(node);
    return true;
}

/// The member with an interned key, or a missing value. Looks at one node a member.
static inline postil_value_t postil_object_get(postil_value_t object, uint32_t key) {
    if (postil_value_is(object, POSTIL_KIND_OBJECT) && key != POSTIL_KEY_NONE &&
        key <= POSTIL_KEY_LAST) {
        const postil_node_t *end = postil_node_after(object.node);
        for (const postil_node_t *node = object.node + 1; node < end;
             node = postil_node_after(node)) {
            if (node->key == key) {
                return postil_value_make(object.batch, node);
            }
        }
    }
    return postil_value_make(object.batch, NULL);
}

/// The member with a name, or a missing value.
static inline postil_value_t postil_object_find(postil_value_t object, postil_bytes_t name) {
    if (postil_value_is(object, POSTIL_KIND_OBJECT)) {
        postil_walk_t walk = postil_children(object);
        postil_member_t member;
        while (postil_walk_member(&walk, &member)) {
            if (postil_bytes_equal(member.name, name)) {
                return member.value;
            }
        }
    }
    return postil_value_make(object.batch, NULL);
}

/// The member with the name of a C string, or a missing value.
static inline postil_value_t postil_object_named(postil_value_t object, const char *name) {
    return postil_object_find(object, postil_text(name));
}

/// The element at an index, or a missing value. Walks there: to read all, use `postil_children`.
static inline postil_value_t postil_array_at(postil_value_t array, uint32_t index) {
    postil_value_t element = postil_value_make(array.batch, NULL);
    if (postil_value_is(array, POSTIL_KIND_ARRAY) && index < array.node->length) {
        postil_walk_t walk = postil_children(array);
        for (uint32_t i = 0; i <= index; i++) {
            if (!postil_walk_element(&walk, &element)) {
                return postil_value_make(array.batch, NULL);
            }
        }
    }
    return element;
}

/// The doubles of a packed array; NULL for every other kind. A point array gives x, y, x, y, …
static inline const double *postil_value_packed(postil_value_t value) {
    uint32_t kind = postil_value_kind(value);
    bool packed = kind == POSTIL_KIND_F64_ARRAY || kind == POSTIL_KIND_POINT_ARRAY;
    return packed ? (const double *)(const void *)(value.node + 1) : NULL;
}

/// The int64 of a packed array; NULL for every other kind.
static inline const int64_t *postil_value_packed_int64(postil_value_t value) {
    bool packed = postil_value_is(value, POSTIL_KIND_I64_ARRAY);
    return packed ? (const int64_t *)(const void *)(value.node + 1) : NULL;
}

/// Reads an element that is a pair of numbers, `[x, y]`.
static inline bool postil_value_point(postil_value_t value, double *x, double *y) {
    postil_walk_t walk = postil_children(value);
    postil_value_t first, second;
    return postil_value_is(value, POSTIL_KIND_ARRAY) && value.node->length == 2 &&
           postil_walk_element(&walk, &first) && postil_walk_element(&walk, &second) &&
           postil_value_double(first, x) && postil_value_double(second, y);
}

/// Copies points, packed or written as `[[x, y], …]`, to `xy` (x, y, x, y, …).
///
/// Returns how many there are, which may be more than `capacity` points; then only that many are
/// written. Returns -1 if the value is not a list of points.
static inline int64_t postil_value_copy_points(postil_value_t value, double *xy,
                                               uint64_t capacity) {
    uint64_t count = 0;
    if (postil_value_is(value, POSTIL_KIND_POINT_ARRAY)) {
        count = value.node->length;
        uint64_t copied = count < capacity ? count : capacity;
        if (copied > 0) {
            memcpy(xy, value.node + 1, (size_t)copied * 2 * sizeof(double));
        }
        return (int64_t)count;
    }
    if (!postil_value_is(value, POSTIL_KIND_ARRAY)) {
        return -1;
    }
    postil_walk_t walk = postil_children(value);
    postil_value_t point;
    while (postil_walk_element(&walk, &point)) {
        double x, y;
        if (!postil_value_point(point, &x, &y)) {
            return -1;
        }
        if (count < capacity) {
            xy[2 * count] = x;
            xy[2 * count + 1] = y;
        }
        count++;
    }
    return (int64_t)count;
}

/// How many roots the batch has.
static inline uint32_t postil_batch_count(const postil_batch_t *batch) {
    return ((const postil_arena_header_t *)(const void *)batch->arena_borrowed)->root_count;
}

/// What is known of a root, or NULL beyond the last one.
static inline const postil_root_t *postil_batch_root(const postil_batch_t *batch, uint32_t index) {
    const postil_arena_header_t *header =
        (const postil_arena_header_t *)(const void *)batch->arena_borrowed;
    if (index >= header->root_count) {
        return NULL;
    }
    return (const postil_root_t *)(const void *)(batch->arena_borrowed + header->roots_offset +
                                                 (uint64_t)index * header->root_size);
}

/// The tree of a root; missing if the batch has none, or carries text alone.
static inline postil_value_t postil_batch_value(const postil_batch_t *batch, uint32_t index) {
    const postil_root_t *root = batch ? postil_batch_root(batch, index) : NULL;
    const void *node = root && root->node_offset ? batch->arena_borrowed + root->node_offset : NULL;
    return postil_value_make(batch, (const postil_node_t *)node);
}

static inline postil_bytes_t postil_batch_slice(const postil_batch_t *batch, uint64_t offset,
                                                uint64_t length) {
    postil_bytes_t slice = {NULL, 0};
    if (offset != 0) {
        slice.bytes = batch->arena_borrowed + offset;
        slice.count = length;
    }
    return slice;
}

/// The whole task as JSON text; no bytes if the batch carries trees alone.
static inline postil_bytes_t postil_root_text(const postil_batch_t *batch,
                                              const postil_root_t *root) {
    return postil_batch_slice(batch, root->text_offset, root->text_length);
}

/// The task's `data` as JSON text, byte for byte as it came in; no bytes if it is not given.
static inline postil_bytes_t postil_root_data_text(const postil_batch_t *batch,
                                                   const postil_root_t *root) {
    return postil_batch_slice(batch, root->data_offset, root->data_length);
}

/// The `result` array of one annotation as JSON text, byte for byte as it came in.
///
/// `index`          0 ..< root->results_count.
/// `annotation_id`  set to the annotation's id; may be NULL.
static inline postil_bytes_t postil_root_result_text(const postil_batch_t *batch,
                                                     const postil_root_t *root, uint32_t index,
                                                     int64_t *annotation_id) {
    if (index >= root->results_count) {
        return postil_batch_slice(batch, 0, 0);
    }
    const postil_result_text_t *results =
        (const postil_result_text_t *)(const void *)(batch->arena_borrowed + root->results_offset);
    if (annotation_id) {
        *annotation_id = results[index].annotation_id;
    }
    return postil_batch_slice(batch, results[index].offset, results[index].length);
}

#ifdef __cplusplus
}
#endif

#endif
