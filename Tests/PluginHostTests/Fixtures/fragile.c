// Writes the ids of tasks, and dies of some: those whose data has a `die`, which says how.
//
//   null, abort, exit    at once
//   loop                 never comes back
#include <postil/exporter.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const postil_sinks_t *sinks;
static uint64_t sink;
static uint32_t data_key, die_key;
static bool dies_in_finish, dies_in_open, is_moody;

static postil_status_t open_fragile(const postil_exporter_open_t *arguments, void **instance,
                                    postil_error_t *error) {
    dies_in_open = postil_bytes_are(arguments->name, "DIES_IN_OPEN");
    dies_in_finish = postil_bytes_are(arguments->name, "DIES_IN_FINISH");
    is_moody = postil_bytes_are(arguments->name, "MOODY");
    if (dies_in_open) {
        abort();
    }
    sinks = arguments->sinks;
    data_key = postil_key(arguments->keys, "data");
    die_key = postil_key(arguments->keys, "die");
    *instance = NULL;
    postil_status_t status = sinks->sink_open(sinks->context, postil_text("ids.txt"),
                                              postil_text("text/plain"), &sink, error);
    if (status == POSTIL_OK && is_moody) {
        char line[32];
        int count = snprintf(line, sizeof line, "process %d\n", (int)getpid());
        status = postil_sink_write(sinks, sink, line, (uint64_t)count, error);
    }
    return status;
}

static void die(postil_bytes_t how) {
    if (postil_bytes_are(how, "null")) {
        *(volatile int *)8 = 1;
    } else if (postil_bytes_are(how, "abort")) {
        fputs("fragile: this task is too much\n", stderr);
        abort();
    } else if (postil_bytes_are(how, "exit")) {
        exit(0);
    } else if (how.count > 0) {
        for (volatile int i = 0;;) {
            (void)i;
        }
    }
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    (void)instance;
    for (uint32_t index = 0; index < postil_batch_count(tasks); index++) {
        postil_value_t data = postil_object_get(postil_batch_value(tasks, index), data_key);
        die(postil_value_text(postil_object_get(data, die_key)));
        char line[32];
        int count = snprintf(line, sizeof line, "%lld\n",
                             (long long)postil_batch_root(tasks, index)->task_id);
        postil_status_t status = postil_sink_write(sinks, sink, line, (uint64_t)count, error);
        if (status != POSTIL_OK) {
            return status;
        }
    }
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    (void)instance;
    if (dies_in_finish) {
        abort();
    }
    return sinks->sink_close(sinks->context, sink, error);
}

static void nothing(void *instance) {
    (void)instance;
}

static const postil_exporter_t exporter = {
    .size = sizeof exporter,
    .reads = POSTIL_READS_TREE,
    .open = open_fragile,
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
    plugin.id = postil_text("org.example.fragile");
    plugin.version = postil_text("1.0.0");
    return &plugin;
}
