/// The entry of a Postil plugin: what a shared library exports, and what its host is.
///
/// A plugin is a shared library with one exported symbol, `postil_plugin_entry_v1`, beside a
/// manifest that says what is inside. Everything else goes through tables of functions:
///
///   1. The host calls the entry and gets a `postil_plugin_t`, or NULL if the plugin cannot run.
///   2. It asks `get_capability` for each capability that the manifest lists.
///   3. It opens instances of a capability, drives them as that capability's header tells, and
///      closes them. The library itself is never closed: it stays until the process ends.
///
/// Rules that hold in every header:
///
///   - A structure starts with `size`, the number of bytes that its allocator gave it. Fields are
///     only ever added at the end; read one that is newer than ABI 1.0 behind `POSTIL_HAS_FIELD`.
///   - Fields named `reserved` are zero.
///   - A name that ends in `_borrowed` is valid until the call returns, unless its comment says
///     longer. Neither side frees the other's memory.
///   - Each function carries a thread class. [any]: any thread, any time, also in parallel.
///     [instance]: any thread, one call at a time for one instance. [affine]: always the thread
///     that opened the instance. Parallel work means several instances.
///   - Nothing is thrown across: no C++ exception, no panic, no longjmp.
///
/// ABI 1.0. What stands here keeps its meaning and its layout as long as the major version is 1;
/// later minor versions only add. A plugin that was built with any 1.x runs on every host that is
/// not older than its `abi_minimum`.
#ifndef POSTIL_PLUGIN_H
#define POSTIL_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POSTIL_ABI_MAJOR 1
#define POSTIL_ABI_MINOR 0

/// The ABI of these headers as one number: `major << 16 | minor`.
#define POSTIL_ABI_VERSION (((uint32_t)POSTIL_ABI_MAJOR << 16) | (uint32_t)POSTIL_ABI_MINOR)

/// Marks the one symbol that a plugin exports. Build the rest with -fvisibility=hidden.
#define POSTIL_EXPORT __attribute__((visibility("default")))

/// True if the structure at `pointer` is new enough to have `field`.
#define POSTIL_HAS_FIELD(pointer, type, field)                                                     \
    ((pointer)->size >= offsetof(type, field) + sizeof((pointer)->field))

/// Bytes that someone else owns. UTF-8 where a comment says "text". Never NUL-terminated.
/// `bytes` may be NULL only when `count` is 0.
typedef struct postil_bytes {
    const uint8_t *bytes;
    uint64_t count; ///< Length in bytes.
} postil_bytes_t;

/// What a call came to. The values are part of the ABI: add at the end, never renumber.
enum {
    POSTIL_OK = 0,
    POSTIL_MORE = 1,  ///< Something was given, and there is more.
    POSTIL_END = 2,   ///< Nothing is left.
    POSTIL_AGAIN = 3, ///< Nothing could be given now; ask again.

    POSTIL_ERROR_INVALID_ARGUMENT = -1, ///< The caller broke the contract.
    POSTIL_ERROR_INVALID_DATA = -2,     ///< The data cannot be read, or not be expressed.
    POSTIL_ERROR_INVALID_SETTINGS = -3, ///< The settings do not make sense together.
    POSTIL_ERROR_UNSUPPORTED = -4,      ///< Not offered by this plugin or this host.
    POSTIL_ERROR_IO = -5,               ///< Reading or writing failed.
    POSTIL_ERROR_NO_MEMORY = -6,        ///< Memory ran out.
    POSTIL_ERROR_TOO_LARGE = -7,        ///< A limit of the host was reached.
    POSTIL_ERROR_CANCELLED = -8,        ///< Stopped because the host asked for it.
    POSTIL_ERROR_INTERNAL = -9          ///< A mistake inside the plugin or the host.
};
typedef int32_t postil_status_t;

/// Why a call failed. Allocated by the caller, filled by the callee; texts are NUL-terminated
/// UTF-8 and cut at a character when they are too long.
typedef struct postil_error {
    uint32_t size;      ///< Set by the caller. The callee writes no byte beyond it.
    int32_t status;     ///< The class, one of POSTIL_ERROR_….
    int64_t task_id;    ///< The task that the error is about; 0 if none.
    char code[64];      ///< For programs: lower-case words joined by `_`. Stable.
    char pointer[256];  ///< JSON pointer into the task, result or settings; empty if none.
    char message[1024]; ///< For people: one sentence that says what to do about it.
} postil_error_t;

/// Levels of `postil_host_t.log`.
enum { POSTIL_LOG_DEBUG = 0, POSTIL_LOG_INFO = 1, POSTIL_LOG_WARNING = 2, POSTIL_LOG_ERROR = 3 };

/// The program that runs the plugin. Lives as long as the process.
typedef struct postil_host {
    uint32_t size;
    uint32_t abi;  ///< POSTIL_ABI_VERSION of the host.
    void *context; ///< The host's own. Leave it alone.
    postil_bytes_t name;
    postil_bytes_t version; ///< Semantic version of the host.

    /// Returns the table of a host service (see services.h), or NULL if this host has none of
    /// that id. Valid as long as the process. [any] since ABI 1.0
    const void *(*get_service)(const struct postil_host *host, postil_bytes_t id);

    /// Writes one line of text to the job's log. Lines are cut at 4 KiB and floods are dropped.
    /// [any] since ABI 1.0
    void (*log)(const struct postil_host *host, int32_t level, postil_bytes_t message_borrowed);
} postil_host_t;

/// What the library is. Constant and static: the same pointer at every call of the entry.
typedef struct postil_plugin {
    uint32_t size;          ///< sizeof(postil_plugin_t) as the plugin was built.
    uint32_t abi;           ///< POSTIL_ABI_VERSION that the plugin was built with.
    uint32_t abi_minimum;   ///< Oldest host ABI that it runs on.
    uint32_t reserved;      ///< Zero.
    postil_bytes_t id;      ///< Reverse DNS; equal to the manifest's `id`.
    postil_bytes_t version; ///< Equal to the manifest's `version`.

    /// Returns the table of a capability, or NULL if there is none of that id and name.
    ///
    /// `id`    capability with its revision, for instance "postil.exporter/1".
    /// `name`  which one of that kind, as the manifest names it: "COCO", "SatellitePolygon".
    ///
    /// The table is constant and static. Pure. [any] since ABI 1.0
    const void *(*get_capability)(postil_bytes_t id, postil_bytes_t name);
} postil_plugin_t;

/// The entry. Pure and re-entrant: the host may call it from any thread, any number of times.
///
/// Returns NULL if the plugin cannot run on this host; say why in the host's log. [any]
POSTIL_EXPORT const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host);

/// The name of the entry, for those who look it up.
#define POSTIL_PLUGIN_ENTRY_SYMBOL "postil_plugin_entry_v1"

/// Bytes of a C string without its NUL. For literals and the fields of `postil_error_t`.
static inline postil_bytes_t postil_text(const char *text) {
    postil_bytes_t bytes;
    bytes.bytes = (const uint8_t *)text;
    bytes.count = text ? strlen(text) : 0;
    return bytes;
}

/// True if both hold the same bytes.
static inline bool postil_bytes_equal(postil_bytes_t a, postil_bytes_t b) {
    return a.count == b.count && (a.count == 0 || memcmp(a.bytes, b.bytes, (size_t)a.count) == 0);
}

/// True if the bytes are exactly those of the C string.
static inline bool postil_bytes_are(postil_bytes_t bytes, const char *text) {
    return postil_bytes_equal(bytes, postil_text(text));
}

/// Copies as much of `text` as fits, ends it with NUL and never splits a UTF-8 character.
static inline void postil_text_copy(char *target, size_t capacity, postil_bytes_t text) {
    if (capacity == 0) {
        return;
    }
    size_t count = text.count < capacity ? (size_t)text.count : capacity - 1;
    if (count < text.count) {
        while (count > 0 && (text.bytes[count] & 0xC0) == 0x80) {
            count--;
        }
    }
    if (count > 0) {
        memcpy(target, text.bytes, count);
    }
    target[count] = '\0';
}

/// Fills `error` and returns `status`, so that a failure is one line:
/// `return postil_fail(error, POSTIL_ERROR_IO, "short_write", "The disk is full.");`
/// `error` may be NULL.
static inline postil_status_t postil_fail(postil_error_t *error, postil_status_t status,
                                          const char *code, const char *message) {
    if (error && POSTIL_HAS_FIELD(error, postil_error_t, message)) {
        error->status = status;
        postil_text_copy(error->code, sizeof error->code, postil_text(code));
        postil_text_copy(error->message, sizeof error->message, postil_text(message));
    }
    return status;
}

/// Says which task and which place of it an error is about. `pointer` is a JSON pointer or NULL.
static inline void postil_error_locate(postil_error_t *error, int64_t task_id,
                                       const char *pointer) {
    if (error && POSTIL_HAS_FIELD(error, postil_error_t, pointer)) {
        error->task_id = task_id;
        postil_text_copy(error->pointer, sizeof error->pointer, postil_text(pointer));
    }
}

/// The texts of an error as pointers, for languages that see the arrays as tuples.
static inline const char *postil_error_code(const postil_error_t *error) {
    return error->code;
}
static inline const char *postil_error_pointer(const postil_error_t *error) {
    return error->pointer;
}
static inline const char *postil_error_message(const postil_error_t *error) {
    return error->message;
}

/// True once the host wants the job stopped. Ask in every loop that can take long; then return
/// POSTIL_ERROR_CANCELLED within 250 ms. `word` may be NULL. [any]
static inline bool postil_is_cancelled(const uint32_t *word) {
    return word && __atomic_load_n(word, __ATOMIC_RELAXED) != 0;
}

#ifdef __cplusplus
}
#endif

#endif
