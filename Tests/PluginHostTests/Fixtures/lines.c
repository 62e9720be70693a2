// Writes one line per task: in text mode the task's text as it came in, in tree mode its id and
// the image of its data. Two formats of one library.
#include <postil/exporter.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    const postil_sinks_t *sinks;
    const postil_losses_t *losses;
    uint64_t sink;
    uint32_t data_key;
    uint32_t image_key;
    bool reads_text;
} lines_t;

static postil_status_t open_lines(const postil_exporter_open_t *arguments, void **instance,
                                  postil_error_t *error) {
    lines_t *lines = calloc(1, sizeof *lines);
    lines->sinks = arguments->sinks;
    lines->losses = arguments->losses;
    lines->data_key = postil_key(arguments->keys, "data");
    lines->image_key = postil_key(arguments->keys, "image");
    lines->reads_text = postil_bytes_are(arguments->name, "LINES_TEXT");
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    postil_bytes_t name = postil_value_text(postil_object_named(settings, "file_name"));
    if (name.count == 0) {
        name = postil_text("lines.txt");
    }
    postil_status_t status = lines->sinks->sink_open(
        lines->sinks->context, name, postil_text("text/plain"), &lines->sink, error);
    if (status != POSTIL_OK) {
        free(lines);
        return status;
    }
    *instance = lines;
    return POSTIL_OK;
}

static postil_status_t write_text(lines_t *lines, postil_bytes_t text, postil_error_t *error) {
    return postil_sink_write(lines->sinks, lines->sink, text.bytes, text.count, error);
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    lines_t *lines = instance;
    for (uint32_t index = 0; index < postil_batch_count(tasks); index++) {
        const postil_root_t *root = postil_batch_root(tasks, index);
        postil_status_t status;
        if (lines->reads_text) {
            status = write_text(lines, postil_root_text(tasks, root), error);
        } else {
            postil_value_t task = postil_batch_value(tasks, index);
            postil_value_t data = postil_object_get(task, lines->data_key);
            postil_bytes_t image = postil_value_text(postil_object_get(data, lines->image_key));
            if (image.count == 0) {
                postil_error_locate(error, root->task_id, "/data/image");
                return postil_fail(error, POSTIL_ERROR_INVALID_DATA, "image_missing",
                                   "The task has no image.");
            }
            char number[32];
            int count = snprintf(number, sizeof number, "%lld ", (long long)root->task_id);
            status = postil_sink_write(lines->sinks, lines->sink, number, (uint64_t)count, error);
            if (status == POSTIL_OK) {
                status = write_text(lines, image, error);
            }
        }
        if (status == POSTIL_OK) {
            status = write_text(lines, postil_text("\n"), error);
        }
        if (status != POSTIL_OK) {
            return status;
        }
        postil_report_loss(lines->losses, root->task_id, 1, "meta_dropped", "Meta is left out.");
    }
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    lines_t *lines = instance;
    postil_status_t status = write_text(lines, postil_text("end\n"), error);
    return status != POSTIL_OK
               ? status
               : lines->sinks->sink_close(lines->sinks->context, lines->sink, error);
}

static void abort_lines(void *instance) {
    (void)instance;
}

static void close_lines(void *instance) {
    free(instance);
}

static const postil_exporter_t text_table = {
    .size = sizeof(postil_exporter_t),
    .reads = POSTIL_READS_TEXT,
    .open = open_lines,
    .consume = consume,
    .finish = finish,
    .abort = abort_lines,
    .close = close_lines,
};

static const postil_exporter_t tree_table = {
    .size = sizeof(postil_exporter_t),
    .reads = POSTIL_READS_TREE,
    .open = open_lines,
    .consume = consume,
    .finish = finish,
    .abort = abort_lines,
    .close = close_lines,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    if (!postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER)) {
        return NULL;
    }
    if (postil_bytes_are(name, "LINES_TEXT")) {
        return &text_table;
    }
    return postil_bytes_are(name, "LINES_TREE") ? &tree_table : NULL;
}

static const postil_plugin_t plugin = {
    .size = sizeof(postil_plugin_t),
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)"org.example.lines", 17},
    .version = {(const uint8_t *)"1.0.0", 5},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    host->log(host, POSTIL_LOG_INFO, postil_text("lines is ready"));
    return &plugin;
}
