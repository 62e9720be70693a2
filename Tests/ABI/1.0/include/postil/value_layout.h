/// The value tree in memory: one arena of bytes that holds many JSON values.
///
/// An arena is position independent: it holds no pointer, so that the same bytes serve in one
/// process and through shared memory. Numbers are little-endian, nodes are aligned to 8 bytes.
///
///     header | root table | for each root: texts and nodes … | names of new keys
///
/// A node is 16 bytes. Nodes stand in document order: the children of a container follow it
/// directly, and its payload says how far its last descendant reaches. So every offset points
/// forward, no byte belongs to two values, and one pass from start to end checks everything.
#ifndef POSTIL_VALUE_LAYOUT_H
#define POSTIL_VALUE_LAYOUT_H

#include <postil/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node holds. Readers skip kinds that they do not know.
enum {
    POSTIL_KIND_MISSING = 0,      ///< Not stored: the answer to asking for what is not there.
    POSTIL_KIND_NULL = 1,         ///< Payload 0.
    POSTIL_KIND_BOOL = 2,         ///< Payload 0 or 1.
    POSTIL_KIND_I64 = 3,          ///< Payload is the value. Every integer that fits is one.
    POSTIL_KIND_U64 = 4,          ///< Payload is the value, from 2^63 on.
    POSTIL_KIND_F64 = 5,          ///< Payload is the bits of a finite double.
    POSTIL_KIND_NUMBER_TEXT = 6,  ///< 8 bytes nearest double, then `length` bytes of JSON number.
    POSTIL_KIND_STRING = 7,       ///< `length` bytes of UTF-8 follow.
    POSTIL_KIND_BYTES = 8,        ///< `length` bytes follow.
    POSTIL_KIND_ARRAY = 9,        ///< `length` elements follow.
    POSTIL_KIND_OBJECT = 10,      ///< `length` members follow, no two with the same name.
    POSTIL_KIND_F64_ARRAY = 11,   ///< `length` finite doubles follow.
    POSTIL_KIND_I64_ARRAY = 12,   ///< `length` int64 follow.
    POSTIL_KIND_POINT_ARRAY = 13, ///< `length` pairs of finite doubles follow: x, y.
    POSTIL_KIND_BLOB = 14,        ///< A `postil_blob_t` follows: bytes kept outside the arena.
    POSTIL_KIND_NAME = 15         ///< The name (`length` bytes of UTF-8) of the member after it.
};

/// Flags of a node.
enum {
    /// The payload is the distance in bytes from this node to the one after its content: at
    /// least 16, a multiple of 8. Without the flag the payload is a value and the node ends here.
    POSTIL_NODE_EXTENT = 1
};

/// Keys of members.
enum {
    POSTIL_KEY_NONE = 0,       ///< An element, a root, or a name.
    POSTIL_KEY_LAST = 0xFFFE,  ///< The largest interned key.
    POSTIL_KEY_ESCAPE = 0xFFFF ///< Not interned: a POSTIL_KIND_NAME stands directly before.
};

enum {
    POSTIL_ARENA_MAGIC = 0x31545650, ///< "PVT1".
    POSTIL_ARENA_LAYOUT = 1,
    POSTIL_VALUE_DEPTH_MAX = 128, ///< Containers inside each other, the root included.
    POSTIL_ARENA_BYTES_MAX = 256 * 1024 * 1024
};

/// One value, or one member's name.
typedef struct postil_node {
    uint8_t kind;
    uint8_t flags;
    uint16_t key;     ///< In an object: the member's key. Else POSTIL_KEY_NONE.
    uint32_t length;  ///< Bytes, elements or members; see the kind.
    uint64_t payload; ///< The value, or the extent.
} postil_node_t;

/// Bytes that the host keeps beside the arena. No host produces it in ABI 1.0.
typedef struct postil_blob {
    uint64_t handle;
    uint64_t byte_count;
} postil_blob_t;

/// The stored text of the `result` of one annotation.
typedef struct postil_result_text {
    int64_t annotation_id;
    uint64_t offset; ///< Bytes from the start of the arena.
    uint64_t length; ///< Bytes.
} postil_result_text_t;

/// One root and what is known of its task without reading it. Offsets count bytes from the start
/// of the arena; 0 means "not there".
typedef struct postil_root {
    int64_t task_id;
    int64_t project_id;
    int64_t revision;          ///< Grows with every change of the task or its annotations.
    int64_t updated_at_us;     ///< Microseconds since 1970-01-01 UTC.
    uint64_t node_offset;      ///< The task as a tree; 0 if the reader asked for text alone.
    uint64_t text_offset;      ///< The whole task as JSON text.
    uint64_t text_length;      ///< Bytes.
    uint64_t data_offset;      ///< The task's `data`, byte for byte as it came in.
    uint64_t data_length;      ///< Bytes.
    uint64_t results_offset;   ///< `results_count` times `postil_result_text_t`.
    uint32_t results_count;    ///< One for each annotation whose text is given.
    uint32_t annotation_count; ///< Annotations of the task, cancelled ones included.
} postil_root_t;

/// The name of a key, as bytes from the start of the arena.
typedef struct postil_key_entry {
    uint64_t offset;
    uint64_t length;
} postil_key_entry_t;

/// The start of every arena.
typedef struct postil_arena_header {
    uint32_t magic;        ///< POSTIL_ARENA_MAGIC.
    uint16_t layout;       ///< POSTIL_ARENA_LAYOUT.
    uint16_t header_size;  ///< sizeof(postil_arena_header_t) as it was written.
    uint64_t byte_count;   ///< The whole arena.
    uint64_t roots_offset; ///< Bytes from the start of the arena.
    uint32_t root_count;   ///< Roots in use.
    uint32_t root_size;    ///< Distance between two roots, in bytes.
    uint64_t keys_offset;  ///< `key_count` times `postil_key_entry_t`; 0 if there are none.
    uint32_t first_key;    ///< Key of the first name. Earlier arenas of the stream named others.
    uint32_t key_count;    ///< Names that are new with this arena.
    uint64_t reserved[2];  ///< Zero.
} postil_arena_header_t;

/// An arena as a plugin sees it: checked by the host, with all names of its stream.
typedef struct postil_batch {
    uint32_t size;
    uint32_t key_count;                       ///< Entries of `key_names_borrowed`.
    const uint8_t *arena_borrowed;            ///< Aligned to 8 bytes.
    uint64_t arena_size;                      ///< Bytes.
    const postil_bytes_t *key_names_borrowed; ///< Names by key; the entry 0 is empty.
    uint64_t sequence;                        ///< Place in the stream, from 0.
} postil_batch_t;

#ifdef __cplusplus
}
#define POSTIL_STATIC_ASSERT(condition) static_assert(condition, #condition)
#else
#define POSTIL_STATIC_ASSERT(condition) _Static_assert(condition, #condition)
#endif

POSTIL_STATIC_ASSERT(sizeof(postil_node_t) == 16);
POSTIL_STATIC_ASSERT(sizeof(postil_arena_header_t) == 64);
POSTIL_STATIC_ASSERT(sizeof(postil_root_t) == 88);

#endif
