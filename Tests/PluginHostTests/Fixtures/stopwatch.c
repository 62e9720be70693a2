// Tells in the log when it is opened, when it is first given tasks, and when it is about to end its
// process: "open", "consume" and "crash", with nanoseconds of the monotonic clock. It crashes on
// the task that the setting `culprit` names, and writes how many tasks there were.
#define _GNU_SOURCE
#include <postil/exporter.h>

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static const postil_host_t *host;
static const postil_sinks_t *sinks;
static uint64_t sink, count;
static int64_t culprit;
static volatile uintptr_t nowhere = 8;

static void tell(const char *what) {
    struct timespec time;
    char line[64];
    clock_gettime(CLOCK_MONOTONIC, &time);
    snprintf(line, sizeof line, "%s %" PRIu64, what,
             (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec);
    host->log(host, POSTIL_LOG_INFO, postil_text(line));
}

static postil_status_t open_stopwatch(const postil_exporter_open_t *arguments, void **instance,
                                      postil_error_t *error) {
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    postil_value_int64(postil_object_named(settings, "culprit"), &culprit);
    sinks = arguments->sinks;
    count = 0;
    *instance = NULL;
    if (culprit != 0) {
        tell("open");
    }
    return sinks->sink_open(sinks->context, postil_text("count.txt"), postil_text("text/plain"),
                            &sink, error);
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    (void)instance;
    (void)error;
    if (culprit != 0 && count == 0) {
        tell("consume");
    }
    for (uint32_t index = 0; index < postil_batch_count(tasks); index++) {
        if (postil_batch_root(tasks, index)->task_id == culprit && culprit != 0) {
            tell("crash");
            *(volatile int *)nowhere = 1;
        }
        count++;
    }
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    (void)instance;
    char line[32];
    int length = snprintf(line, sizeof line, "%" PRIu64 "\n", count);
    postil_status_t status = postil_sink_write(sinks, sink, line, (uint64_t)length, error);
    return status == POSTIL_OK ? sinks->sink_close(sinks->context, sink, error) : status;
}

static void nothing(void *instance) {
    (void)instance;
}

static const postil_exporter_t exporter = {
    .size = sizeof exporter,
    .reads = POSTIL_READS_TREE,
    .open = open_stopwatch,
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

POSTIL_EXPORT const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *given) {
    host = given;
    plugin.id = postil_text("org.example.stopwatch");
    plugin.version = postil_text("1.0.0");
    return &plugin;
}
