/// JSON text and the value tree: text to tree, tree to text, raw slices of text, and the check
/// of trees that came from strangers. C++ inside, over simdjson; no exception leaves it.
///
/// Every function may be called from any thread. What a function changes (an arena, a splitter,
/// a table of keys) belongs to one thread at a time.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <postil/services.h>
#include <postil/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Why a text or a tree was refused. JSON first, then trees.
enum {
    POSTIL_JSON_OK = 0,
    POSTIL_JSON_EMPTY = 1,             ///< Nothing but whitespace.
    POSTIL_JSON_SYNTAX = 2,            ///< A character that cannot stand there.
    POSTIL_JSON_TRUNCATED = 3,         ///< The text ends too early.
    POSTIL_JSON_TRAILING_TEXT = 4,     ///< Something follows the value.
    POSTIL_JSON_NOT_UTF8 = 5,          ///< Bytes that are not UTF-8.
    POSTIL_JSON_CONTROL_CHARACTER = 6, ///< U+0000 ... U+001F unescaped in a string.
    POSTIL_JSON_ESCAPE = 7,            ///< An unknown escape, or half of a surrogate pair.
    POSTIL_JSON_NUMBER = 8,            ///< Starts like a number and is none.
    POSTIL_JSON_TOO_DEEP = 9,          ///< More than POSTIL_VALUE_DEPTH_MAX containers.
    POSTIL_JSON_TOO_LARGE = 10,        ///< Beyond a limit of bytes.
    POSTIL_JSON_NO_MEMORY = 11,
    POSTIL_TREE_MALFORMED = 20, ///< An offset, a kind or an order that cannot be.
    POSTIL_TREE_NOT_UTF8 = 21,  ///< A string or a name that is not UTF-8.
    POSTIL_TREE_NUMBER = 22     ///< Not finite, or a number's text that is no JSON number.
};

/// Where and why. Offsets count bytes from 0, lines and columns from 1; columns count bytes.
typedef struct postil_json_error {
    int32_t code;
    uint32_t root;     ///< Trees: which root.
    uint64_t offset;   ///< In the text; in the arena for POSTIL_TREE_….
    uint64_t line;     ///< 0 for POSTIL_TREE_….
    uint64_t column;   ///< 0 for POSTIL_TREE_….
    char pointer[512]; ///< JSON pointer of the innermost value known to be open; may be cut.
} postil_json_error_t;

/// The pointer of an error as a C string.
static inline const char *postil_json_error_pointer(const postil_json_error_t *error) {
    return error->pointer;
}

// MARK: Raw slices of checked text

/// A value or a member's name: bytes `start` ..< `end` of the document.
typedef struct postil_json_item {
    uint32_t start;
    uint32_t end;
    uint32_t next;  ///< Index of the item after this one and all inside it.
    uint32_t count; ///< Elements or members, duplicates included; 0 for scalars.
} postil_json_item_t;

/// A checked text and its items in document order: container, then its children; in an object
/// each name before its value. Never changes.
typedef struct postil_json_document postil_json_document_t;

/// Copies and checks a text. Free the document when done. A byte order mark counts as space.
int32_t postil_json_document_make(const uint8_t *bytes, uint64_t count,
                                  postil_json_document_t **document, postil_json_error_t *error);
void postil_json_document_free(postil_json_document_t *document);
const uint8_t *postil_json_document_text(const postil_json_document_t *document);
const postil_json_item_t *postil_json_document_items(const postil_json_document_t *document);
uint32_t postil_json_document_item_count(const postil_json_document_t *document);

/// Unescapes the inside of a checked string (without its quotes). `target` has room for `count`
/// bytes; returns how many were written.
uint64_t postil_json_unescape(const uint8_t *bytes, uint64_t count, uint8_t *target);

/// A number in the form that a tree keeps it: POSTIL_KIND_I64, _U64, _F64 or _NUMBER_TEXT.
typedef struct postil_json_number {
    uint32_t kind; ///< POSTIL_KIND_MISSING if the text is no number.
    uint32_t reserved;
    uint64_t payload; ///< As in a node.
    double nearest;   ///< Infinite only beyond every double.
} postil_json_number_t;

postil_json_number_t postil_json_number_parse(const uint8_t *bytes, uint64_t count);

/// Line and column of an offset, both from 1.
void postil_json_place(const uint8_t *bytes, uint64_t count, uint64_t offset, uint64_t *line,
                       uint64_t *column);

// MARK: Splitting a long text

/// Finds the elements of an array that arrives in chunks.
typedef struct postil_json_splitter postil_json_splitter_t;

/// A complete element: trimmed, its brackets balanced, otherwise unchecked.
typedef struct postil_json_element {
    const uint8_t *bytes; ///< Valid until the next call for this splitter.
    uint64_t count;
    uint64_t index;  ///< From 0.
    uint64_t offset; ///< Of its first byte in the whole text.
    uint64_t line;   ///< Of its first byte, from 1.
    uint64_t column; ///< Of its first byte, from 1.
} postil_json_element_t;

postil_json_splitter_t *postil_json_splitter_make(uint64_t element_limit);
void postil_json_splitter_free(postil_json_splitter_t *splitter);

/// Gives the next chunk. It must stay until `next` has returned 0.
void postil_json_splitter_push(postil_json_splitter_t *splitter, const uint8_t *bytes,
                               uint64_t count);

/// 1 with an element, 0 when it needs the next chunk, -1 with an error, which sticks.
int32_t postil_json_splitter_next(postil_json_splitter_t *splitter, postil_json_element_t *element,
                                  postil_json_error_t *error);

/// Says that there is no more chunk: 1 with a last element (a number at the root), 0, or -1.
int32_t postil_json_splitter_finish(postil_json_splitter_t *splitter,
                                    postil_json_element_t *element, postil_json_error_t *error);

/// 1 if the root is an array, 0 if it is a lone value, -1 if nothing came yet.
int32_t postil_json_splitter_root_is_array(const postil_json_splitter_t *splitter);

// MARK: Keys and arenas

/// The interned names of one stream, append-only. Names stay where they are until it is freed.
typedef struct postil_key_table postil_key_table_t;

/// `capacity` is at most POSTIL_KEY_LAST; names beyond it are boxed in the tree.
postil_key_table_t *postil_key_table_make(uint32_t capacity);
void postil_key_table_free(postil_key_table_t *keys);

/// The key of a name, or POSTIL_KEY_NONE when the table is full or the name above 256 bytes.
uint32_t postil_key_table_intern(postil_key_table_t *keys, const uint8_t *name, uint64_t count);

/// The names by key. Entries below `postil_key_table_count` never change.
const postil_bytes_t *postil_key_table_names(const postil_key_table_t *keys);
uint32_t postil_key_table_count(const postil_key_table_t *keys);

/// A growing arena and its builder.
typedef struct postil_arena postil_arena_t;

/// Ranges of the text of one task, in bytes from its start.
typedef struct postil_text_range {
    int64_t annotation_id; ///< For results.
    uint64_t offset;
    uint64_t length;
} postil_text_range_t;

postil_arena_t *postil_arena_make(uint32_t root_capacity, uint64_t byte_target,
                                  uint64_t byte_limit);
void postil_arena_free(postil_arena_t *arena);

/// Empties the arena for a new batch. POSTIL_JSON_NO_MEMORY on failure.
int32_t postil_arena_begin(postil_arena_t *arena);

/// The builder, begun or not.
postil_builder_t *postil_arena_builder(postil_arena_t *arena);

/// Appends a task. Nothing is appended on failure.
///
/// `reads`    POSTIL_READS_… of exporter.h: 1 text, 2 tree, 3 both.
/// `data`     range of its `data`; length 0 if it is not given.
/// `results`  `result_count` ranges.
int32_t postil_arena_append_task(postil_arena_t *arena, postil_key_table_t *keys,
                                 const postil_root_t *fields, const uint8_t *json, uint64_t count,
                                 uint32_t reads, postil_text_range_t data,
                                 const postil_text_range_t *results, uint32_t result_count,
                                 postil_json_error_t *error);

/// Appends a JSON text as the next value of an open root, element or member.
int32_t postil_arena_append_json(postil_arena_t *arena, postil_key_table_t *keys,
                                 const uint8_t *json, uint64_t count, postil_json_error_t *error);

/// Sets the key of the next member, interned where there is room.
int32_t postil_arena_key(postil_arena_t *arena, postil_key_table_t *keys, const uint8_t *name,
                         uint64_t count);

/// Copies what a plugin built into an arena of our own, checking every byte on the way: order,
/// bounds, depth, UTF-8, numbers. Roots that came as text are parsed; they get tree and text.
/// `source` may change meanwhile: each of its words is read once.
int32_t postil_arena_take(postil_arena_t *arena, postil_key_table_t *keys,
                          const postil_arena_t *source, postil_json_error_t *error);

/// The same from plain memory.
int32_t postil_arena_take_bytes(postil_arena_t *arena, postil_key_table_t *keys,
                                const uint8_t *source, uint64_t source_size,
                                postil_json_error_t *error);

/// Completes the batch with the names that are new since the last one and hands its memory over:
/// `free` it. NULL on failure.
uint8_t *postil_arena_finish(postil_arena_t *arena, const postil_key_table_t *keys,
                             uint64_t *count);

// MARK: Text out

/// Renders a node of a checked arena. `options` are POSTIL_JSON_… of services.h.
postil_status_t postil_tree_render(const postil_bytes_t *names, uint32_t name_count,
                                   const postil_node_t *node, uint32_t options, void *write_context,
                                   postil_status_t (*write)(void *write_context,
                                                            postil_bytes_t piece_borrowed));

#ifdef __cplusplus
}
#endif

#endif
