/// The JSON format: every task as it is stored, byte for byte, in one array.
///
/// It reads texts alone, so no tree is built for it, and nothing is lost or spelled anew.
#include <postil/exporter.h>

#include <stdlib.h>

typedef struct json_export {
    const postil_sinks_t *sinks;
    const uint32_t *cancel;
    uint64_t sink;
    bool has_tasks;
    char *pending;
    size_t pending_count;
} json_export_t;

enum { PENDING_CAPACITY = 256 * 1024 };

static postil_status_t flush(json_export_t *export, postil_error_t *error) {
    if (export->pending_count == 0) {
        return POSTIL_OK;
    }
    postil_status_t status = postil_sink_write(export->sinks, export->sink, export->pending,
                                               export->pending_count, error);
    export->pending_count = 0;
    return status;
}

/// Gathers small pieces and passes large ones on as they are.
static postil_status_t append(json_export_t *export, const void *bytes, uint64_t count,
                              postil_error_t *error) {
    if (count > PENDING_CAPACITY - export->pending_count) {
        postil_status_t status = flush(export, error);
        if (status != POSTIL_OK) {
            return status;
        }
        if (count > PENDING_CAPACITY) {
            return postil_sink_write(export->sinks, export->sink, bytes, count, error);
        }
    }
    memcpy(export->pending + export->pending_count, bytes, (size_t)count);
    export->pending_count += (size_t)count;
    return POSTIL_OK;
}

static void json_close(void *instance) {
    json_export_t *export = instance;
    free(export->pending);
    free(export);
}

static postil_status_t json_open(const postil_exporter_open_t *arguments, void **instance,
                                 postil_error_t *error) {
    json_export_t *export = calloc(1, sizeof *export);
    if (!export || !(export->pending = malloc(PENDING_CAPACITY))) {
        free(export);
        return postil_fail(error, POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
    }
    export->sinks = arguments->sinks;
    export->cancel = arguments->cancel;
    postil_status_t status =
        export->sinks->sink_open(export->sinks->context, postil_text("result.json"),
                                 postil_text("application/json"), &export->sink, error);
    if (status == POSTIL_OK) {
        status = append(export, "[", 1, error);
    }
    if (status != POSTIL_OK) {
        json_close(export);
        return status;
    }
    *instance = export;
    return POSTIL_OK;
}

static postil_status_t json_consume(void *instance, const postil_batch_t *tasks,
                                    postil_error_t *error) {
    json_export_t *export = instance;
    uint32_t count = postil_batch_count(tasks);
    for (uint32_t i = 0; i < count; i++) {
        if (postil_is_cancelled(export->cancel)) {
            return POSTIL_ERROR_CANCELLED;
        }
        postil_bytes_t text = postil_root_text(tasks, postil_batch_root(tasks, i));
        postil_status_t status = export->has_tasks ? append(export, ",\n", 2, error) : POSTIL_OK;
        if (status == POSTIL_OK) {
            status = append(export, text.bytes, text.count, error);
        }
        if (status != POSTIL_OK) {
            return status;
        }
        export->has_tasks = true;
    }
    return POSTIL_OK;
}

static postil_status_t json_finish(void *instance, postil_error_t *error) {
    json_export_t *export = instance;
    postil_status_t status = append(export, "]\n", 2, error);
    if (status == POSTIL_OK) {
        status = flush(export, error);
    }
    return status == POSTIL_OK
               ? export->sinks->sink_close(export->sinks->context, export->sink, error)
               : status;
}

static void json_abort(void *instance) {
    (void)instance;
}

static const postil_exporter_t exporter = {
    .size = sizeof exporter,
    .reads = POSTIL_READS_TEXT,
    .open = json_open,
    .consume = json_consume,
    .finish = json_finish,
    .abort = json_abort,
    .close = json_close,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_exporter = postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER);
    return is_exporter && postil_bytes_are(name, "JSON") ? &exporter : NULL;
}

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)"org.postil.json", sizeof "org.postil.json" - 1},
    .version = {(const uint8_t *)"1.0.0", sizeof "1.0.0" - 1},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= POSTIL_ABI_VERSION ? &plugin : NULL;
}
