/// What a host offers to plugins, by `postil_host_t.get_service`.
#ifndef POSTIL_SERVICES_H
#define POSTIL_SERVICES_H

#include <postil/value.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POSTIL_SERVICE_JSON_TEXT "postil.json-text/1"

/// Ways to render JSON text; add them up.
enum {
    POSTIL_JSON_COMPACT = 0,
    POSTIL_JSON_INDENTED = 1, ///< Two spaces a level, one member or element a line.
    POSTIL_JSON_ASCII = 2     ///< Everything beyond ASCII as \u escapes.
};

/// Renders values as JSON text. Identifier: "postil.json-text/1".
typedef struct postil_json_text {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    void *context;     ///< Pass it back.

    /// Renders one value and gives the text in pieces to `write`.
    ///
    /// `write`  returns POSTIL_OK to go on; anything else ends the call with that status.
    ///
    /// Doubles are written in the fewest digits that read back the same; numbers that were kept
    /// as text come out as they came in. Packed arrays become arrays, byte strings base64.
    /// A missing value gives POSTIL_ERROR_INVALID_ARGUMENT. [any] since ABI 1.0
    postil_status_t (*render)(void *context, const postil_batch_t *batch_borrowed,
                              const postil_node_t *node_borrowed, uint32_t options,
                              void *write_context,
                              postil_status_t (*write)(void *write_context,
                                                       postil_bytes_t piece_borrowed),
                              postil_error_t *error);
} postil_json_text_t;

/// Interns names, so that members are found by a comparison of 16 bits. Given to `open`.
typedef struct postil_keys {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    void *context;     ///< Pass it back.

    /// Returns the key that `name` has in every batch of this instance, or POSTIL_KEY_NONE when
    /// the host keeps no more (after 1,024; then find by name). The same name gives the same key.
    /// Only while `open` runs. [instance] since ABI 1.0
    uint32_t (*intern)(void *context, postil_bytes_t name_borrowed);
} postil_keys_t;

/// Interns the name of a C string.
static inline uint32_t postil_key(const postil_keys_t *keys, const char *name) {
    return keys->intern(keys->context, postil_text(name));
}

/// Media of tasks, for those who need more than a reference. Both functions may be NULL: this
/// host gives no media then.
typedef struct postil_media {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    void *context;     ///< Pass it back.

    /// Opens the media that a task refers to, as its data writes it ("/data/upload/…").
    ///
    /// `descriptor`  set to a read-only descriptor that belongs to the host; read it with `pread`.
    /// `byte_count`  set to its length.
    ///
    /// POSTIL_ERROR_UNSUPPORTED for what the host does not fetch. [instance] since ABI 1.0
    postil_status_t (*media_open)(void *context, postil_bytes_t reference_borrowed,
                                  int32_t *descriptor, uint64_t *byte_count, postil_error_t *error);

    /// Gives a descriptor back. [instance] since ABI 1.0
    void (*media_close)(void *context, int32_t descriptor);
} postil_media_t;

#ifdef __cplusplus
}
#endif

#endif
