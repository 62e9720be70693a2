/// Exporters: turn tasks into a file format. Capability "postil.exporter/1".
#ifndef POSTIL_EXPORTER_H
#define POSTIL_EXPORTER_H

#include <postil/services.h>
#include <postil/value.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POSTIL_CAPABILITY_EXPORTER "postil.exporter/1"

/// What an exporter reads of a batch. The manifest says the same.
enum {
    POSTIL_READS_TEXT = 1, ///< Texts of the root table; no tree is built.
    POSTIL_READS_TREE = 2, ///< The tree of each root; no text of the whole task is made.
    POSTIL_READS_BOTH = 3
};

/// Where an exporter writes. Given by the host, which sanitizes names, counts bytes and
/// publishes nothing before `finish` has succeeded. An exporter opens no file of its own.
typedef struct postil_sinks {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    void *context;     ///< Pass it back.

    /// Opens a file of the export.
    ///
    /// `name`        relative, parts joined by `/`: "labels/17.txt". No `..`, no control
    ///               character, at most 255 bytes a part; the same name only once.
    /// `media_type`  for instance "application/json"; may be empty.
    /// `sink`        set to a number that stands for the file; never 0.
    ///
    /// Several may be open at once, at least 16. [instance] since ABI 1.0
    postil_status_t (*sink_open)(void *context, postil_bytes_t name_borrowed,
                                 postil_bytes_t media_type_borrowed, uint64_t *sink,
                                 postil_error_t *error);

    /// Appends bytes; all of them, or it fails. Cheap from 16 KiB on, so gather small writes.
    /// After a failure return that status from the function that called. [instance] since ABI 1.0
    postil_status_t (*sink_write)(void *context, uint64_t sink, postil_bytes_t bytes_borrowed,
                                  postil_error_t *error);

    /// Completes a file. Sinks still open when `finish` returns are closed by the host.
    /// [instance] since ABI 1.0
    postil_status_t (*sink_close)(void *context, uint64_t sink, postil_error_t *error);
} postil_sinks_t;

/// Something that the format cannot hold. Borrowed by the host for the time of the call.
typedef struct postil_loss {
    uint32_t size;
    uint32_t reserved;      ///< Zero.
    int64_t task_id;        ///< An example, or the one task; 0 if it is about no task.
    uint64_t count;         ///< How often it happened; at least 1.
    postil_bytes_t code;    ///< For programs: "rotation_dropped".
    postil_bytes_t message; ///< For people: "Rotation is not part of YOLO; boxes are upright."
} postil_loss_t;

/// Takes the loss report. Losses with the same code are added up.
typedef struct postil_losses {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    void *context;     ///< Pass it back.

    /// Takes one loss and copies it. [instance] since ABI 1.0
    void (*report)(void *context, const postil_loss_t *loss_borrowed);
} postil_losses_t;

/// What `open` gets. The tables and the cancel word live until `close`; the rest is borrowed.
typedef struct postil_exporter_open {
    uint32_t size;
    uint32_t reserved;   ///< Zero.
    postil_bytes_t name; ///< The capability's name in the manifest: "COCO".

    /// One root, an object, until `open` returns:
    ///   project              {id, title}
    ///   label_config         the XML
    ///   parsed_label_config  {control name: {type, to_name, inputs, labels, labels_attrs}}
    ///   export               {created_at}
    ///   settings             as the manifest's schema describes, defaults filled in
    const postil_batch_t *context_borrowed;

    const postil_keys_t *keys;
    const postil_sinks_t *sinks;
    const postil_losses_t *losses;
    const postil_media_t *media; ///< NULL if the host gives no media.
    const uint32_t *cancel;      ///< For `postil_is_cancelled`.
} postil_exporter_open_t;

/// Turns tasks into a file format. Identifier: "postil.exporter/1".
///
/// One export is: `open`, then `consume` for each batch (none for an empty export), then either
/// `finish` or `abort`, then `close`. After a failed `consume` or `finish` come `abort`, `close`.
/// After a failed `open` comes nothing.
typedef struct postil_exporter {
    uint32_t size;     ///< sizeof(postil_exporter_t) as the plugin was built.
    uint32_t reads;    ///< POSTIL_READS_…; at least one.
    uint64_t reserved; ///< Zero.

    /// Starts an export.
    ///
    /// `instance`  set to what the other functions get; may be NULL. Belongs to the plugin.
    ///
    /// Intern keys and read the settings here. Fails with POSTIL_ERROR_INVALID_SETTINGS or
    /// POSTIL_ERROR_UNSUPPORTED and `error` filled, having freed what it took. [any] since ABI 1.0
    postil_status_t (*open)(const postil_exporter_open_t *arguments_borrowed, void **instance,
                            postil_error_t *error);

    /// Takes the next batch of tasks, in the order of the export.
    ///
    /// `tasks_borrowed`  a checked value tree; each root is one task as Label Studio's JSON
    ///                   export writes it. Valid until this returns.
    ///
    /// Returns POSTIL_OK, or POSTIL_ERROR_INVALID_DATA with `error` filled, its task and place
    /// included, when a task cannot be expressed in this format. [instance] since ABI 1.0
    postil_status_t (*consume)(void *instance, const postil_batch_t *tasks_borrowed,
                               postil_error_t *error);

    /// Writes what is still to be written; the last place to report losses. The host publishes
    /// the files when this returns POSTIL_OK. [instance] since ABI 1.0
    postil_status_t (*finish)(void *instance, postil_error_t *error);

    /// Gives the export up. Nothing is published. Sinks are gone. [instance] since ABI 1.0
    void (*abort)(void *instance);

    /// Frees the instance. [instance] since ABI 1.0
    void (*close)(void *instance);
} postil_exporter_t;

/// Writes bytes to a sink. See `postil_sinks_t.sink_write`.
static inline postil_status_t postil_sink_write(const postil_sinks_t *sinks, uint64_t sink,
                                                const void *bytes, uint64_t count,
                                                postil_error_t *error) {
    postil_bytes_t piece;
    piece.bytes = (const uint8_t *)bytes;
    piece.count = count;
    return sinks->sink_write(sinks->context, sink, piece, error);
}

/// Reports one loss; the texts are C strings.
static inline void postil_report_loss(const postil_losses_t *losses, int64_t task_id,
                                      uint64_t count, const char *code, const char *message) {
    postil_loss_t loss;
    memset(&loss, 0, sizeof loss);
    loss.size = sizeof loss;
    loss.task_id = task_id;
    loss.count = count;
    loss.code = postil_text(code);
    loss.message = postil_text(message);
    losses->report(losses->context, &loss);
}

#ifdef __cplusplus
}
#endif

#endif
