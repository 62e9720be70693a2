// Writes a line for each task: its id and a sum over the bytes of its text. With DIES it reads
// nothing at the tasks that the setting `culprits` lists, which ends the process.
#include <postil/exporter.h>

#include <inttypes.h>
#include <stdio.h>

#ifndef DIES
#define DIES 0
#endif

static const postil_sinks_t *sinks;
static uint64_t sink;
static int64_t culprits[8];
static uint32_t culprit_count;

static postil_status_t open_countdown(const postil_exporter_open_t *arguments, void **instance,
                                      postil_error_t *error) {
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    postil_value_t list = postil_object_named(settings, "culprits");
    culprit_count = 0;
    for (uint32_t i = 0; i < postil_value_count(list) && i < 8; i++) {
        postil_value_int64(postil_array_at(list, i), &culprits[culprit_count++]);
    }
    sinks = arguments->sinks;
    *instance = NULL;
    return sinks->sink_open(sinks->context, postil_text("tasks.txt"), postil_text("text/plain"),
                            &sink, error);
}

static bool is_culprit(int64_t task) {
    for (uint32_t i = 0; i < culprit_count; i++) {
        if (culprits[i] == task) {
            return true;
        }
    }
    return false;
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    (void)instance;
    for (uint32_t index = 0; index < postil_batch_count(tasks); index++) {
        const postil_root_t *root = postil_batch_root(tasks, index);
        postil_bytes_t text = postil_root_text(tasks, root);
        if (DIES && is_culprit(root->task_id)) {
            text.bytes = NULL;
        }
        uint64_t sum = 0;
        for (uint64_t i = 0; i < text.count; i++) {
            sum = sum * 31 + ((volatile const uint8_t *)text.bytes)[i];
        }
        char line[64];
        int length = snprintf(line, sizeof line, "%" PRId64 " %" PRIx64 "\n", root->task_id, sum);
        postil_status_t status = postil_sink_write(sinks, sink, line, (uint64_t)length, error);
        if (status != POSTIL_OK) {
            return status;
        }
    }
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    (void)instance;
    return sinks->sink_close(sinks->context, sink, error);
}

static void nothing(void *instance) {
    (void)instance;
}

static const postil_exporter_t exporter = {
    .size = sizeof exporter,
    .reads = POSTIL_READS_TEXT,
    .open = open_countdown,
    .consume = consume,
    .finish = finish,
    .abort = nothing,
    .close = nothing,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    (void)name;
    return postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER) ? &exporter : NULL;
}

static postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .get_capability = get_capability,
};

POSTIL_EXPORT const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    (void)host;
    plugin.id = postil_text(PLUGIN_ID);
    plugin.version = postil_text("1.0.0");
    return &plugin;
}
