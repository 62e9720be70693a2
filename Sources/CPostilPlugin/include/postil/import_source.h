/// Import sources: bring tasks in. Capability "postil.import-source/1".
#ifndef POSTIL_IMPORT_SOURCE_H
#define POSTIL_IMPORT_SOURCE_H

#include <postil/services.h>
#include <postil/value.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POSTIL_CAPABILITY_IMPORT_SOURCE "postil.import-source/1"

/// What an input is.
enum {
    POSTIL_INPUT_FILE = 1,  ///< A regular file; it has a descriptor.
    POSTIL_INPUT_FOLDER = 2 ///< A folder; listed before what it contains, no descriptor.
};

/// The files that an import reads. Given by the host, which walked the folder: a plugin sees
/// names and descriptors, never a path of the machine.
///
/// Inputs are numbered 0 ..< count, sorted by name as bytes. Symbolic links, hidden files and
/// everything that is not a file or a folder are left out.
typedef struct postil_inputs {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    void *context;     ///< Pass it back.

    /// How many inputs there are. [instance] since ABI 1.0
    uint64_t (*count)(void *context);

    /// The name, relative to the root of the import, parts joined by `/`: "north/tile-7.png".
    /// UTF-8, no `..`. Valid until `close` of the instance. [instance] since ABI 1.0
    postil_bytes_t (*name)(void *context, uint64_t index);

    /// POSTIL_INPUT_…, 0 beyond the last one. [instance] since ABI 1.0
    uint32_t (*kind)(void *context, uint64_t index);

    /// Length in bytes when the folder was walked; 0 for a folder. [instance] since ABI 1.0
    uint64_t (*byte_count)(void *context, uint64_t index);

    /// What to write into a task's data to refer to this file: "/data/local-files/?d=…" or
    /// "/data/upload/…". Media are referred to, not copied. Valid until `release` of this input
    /// or `close` of the instance. [instance] since ABI 1.0
    postil_bytes_t (*reference)(void *context, uint64_t index);

    /// Opens the file for reading. The descriptor belongs to the host and stays open until
    /// `release`; read it with `pread`. [instance] since ABI 1.0
    postil_status_t (*descriptor)(void *context, uint64_t index, int32_t *descriptor,
                                  postil_error_t *error);

    /// Gives the file's bytes in memory until `release`. Touch only what is needed: pages are
    /// read when they are touched. [instance] since ABI 1.0
    postil_status_t (*map)(void *context, uint64_t index, postil_bytes_t *bytes,
                           postil_error_t *error);

    /// Gives descriptor and memory of one input back. Harmless if there are none. Release each
    /// input when done with it: the host keeps a bounded number open. [instance] since ABI 1.0
    void (*release)(void *context, uint64_t index);
} postil_inputs_t;

/// What `open` gets. The tables and the cancel word live until `close`; the rest is borrowed.
typedef struct postil_import_open {
    uint32_t size;
    uint32_t reserved;   ///< Zero.
    postil_bytes_t name; ///< The capability's name in the manifest: "local-folder".

    /// One root, an object, until `open` returns:
    ///   project              {id, title}
    ///   label_config         the XML
    ///   parsed_label_config  {control name: {type, to_name, inputs, labels, labels_attrs}}
    ///   settings             as the manifest's schema describes, defaults filled in
    const postil_batch_t *context_borrowed;

    /// What an earlier `checkpoint` wrote, one root; NULL to begin at the beginning.
    const postil_batch_t *checkpoint_borrowed;

    const postil_inputs_t *inputs;
    const uint32_t *cancel; ///< For `postil_is_cancelled`.
} postil_import_open_t;

/// Brings tasks in. Identifier: "postil.import-source/1".
///
/// One import is: `open`, then `next` until it returns POSTIL_END or fails, with `checkpoint`
/// between two calls of `next` as the host likes, then `close`. The host asks for the next batch
/// only when the last one is stored. Opening again with a checkpoint goes on behind the last
/// task that was given before it was taken, so that a straight run and a resumed one are equal.
typedef struct postil_import_source {
    uint32_t size;     ///< sizeof(postil_import_source_t) as the plugin was built.
    uint32_t reserved; ///< Zero.

    /// Starts an import. After a failure nothing else is called. [any] since ABI 1.0
    postil_status_t (*open)(const postil_import_open_t *arguments_borrowed, void **instance,
                            postil_error_t *error);

    /// Appends tasks to `builder` until `postil_build_is_full` says so or none is left.
    ///
    /// Each root is one task: `{"data": {…}, "annotations": […], "predictions": […],
    /// "meta": {…}}`, all but `data` optional, as a tree or as text. The host checks each.
    ///
    /// What the input has and no task can hold is told beside it: `"losses": [{"code": "…",
    /// "message": "…", "count": 1}]`, in the task that it was found with. Codes and messages are as
    /// in `postil_loss_t`; losses with the same code are added up and shown to whoever imports. The
    /// member is no part of the task. Hosts that do not know it pass over it.
    ///
    /// Returns POSTIL_MORE; POSTIL_END when this batch is the last one (it may be empty);
    /// POSTIL_AGAIN when nothing is ready yet; or a failure with `error` filled, which ends the
    /// import. [instance] since ABI 1.0
    postil_status_t (*next)(void *instance, postil_builder_t *builder, postil_error_t *error);

    /// Writes one root from which `open` can go on. NULL: this source cannot.
    /// [instance] since ABI 1.0
    postil_status_t (*checkpoint)(void *instance, postil_builder_t *builder, postil_error_t *error);

    /// Frees the instance, after the end as well as in the middle. [instance] since ABI 1.0
    void (*close)(void *instance);
} postil_import_source_t;

#ifdef __cplusplus
}
#endif

#endif
