#define _GNU_SOURCE 1

#include "broken.h"

#include <inttypes.h>
#include <postil/exporter.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct instance {
    const postil_sinks_t *sinks;
    uint64_t sink;
    uint64_t tasks;
    pid_t opener;
    postil_bytes_t kept;
} instance_t;

/// What breaks when two instances are open: who came last.
static instance_t *last;
static uint64_t runs;

static postil_status_t open_base(const postil_exporter_open_t *arguments, void **result,
                                 postil_error_t *error) {
    if (breaks("exporter.abi.newer-host") && arguments->size != sizeof *arguments) {
        return postil_fail(error, POSTIL_ERROR_UNSUPPORTED, "size", "Another size.");
    }
    if (breaks("exporter.memory.slope")) {
        leak();
    }
    if (breaks("exporter.contract.reopen")) {
        leak_descriptor();
    }
    if (breaks("exporter.sandbox.calls")) {
        read_passwords();
    }
    instance_t *instance = calloc(1, sizeof *instance);
    instance->sinks = arguments->sinks;
    instance->opener = gettid();
    postil_status_t status =
        instance->sinks->sink_open(instance->sinks->context, postil_text("base.txt"),
                                   postil_text("text/plain"), &instance->sink, error);
    if (status != POSTIL_OK && !breaks("exporter.sinks.open")) {
        free(instance);
        return status;
    }
    runs++;
    last = instance;
    *result = instance;
    return POSTIL_OK;
}

/// Looks at every value; some ways of being wrong are found here.
static void look(postil_value_t value, int depth) {
    postil_walk_t walk = postil_children(value);
    postil_value_t element;
    postil_member_t member;
    if (breaks("exporter.data.deep") && depth > 64) {
        abort();
    }
    if (breaks("exporter.data.every-kind") && postil_value_is(value, POSTIL_KIND_BYTES)) {
        abort();
    }
    if (breaks("exporter.data.fuzz") && postil_bytes_are(postil_value_text(value), "NaN")) {
        abort();
    }
    if (breaks("exporter.data.huge") && postil_value_text(value).count > 100000000) {
        abort();
    }
    if (postil_value_is(value, POSTIL_KIND_OBJECT)) {
        while (postil_walk_member(&walk, &member)) {
            look(member.value, depth + 1);
        }
    }
    while (postil_walk_element(&walk, &element)) {
        look(element, depth + 1);
    }
}

static postil_status_t fail_directly(postil_error_t *error) {
    memset(error->message, 'x', sizeof error->message - 1);
    return POSTIL_ERROR_INVALID_DATA;
}

static postil_status_t consume(void *pointer, const postil_batch_t *tasks, postil_error_t *error) {
    instance_t *instance = pointer;
    if (breaks("exporter.contract.side-by-side")) {
        instance = last;
    }
    if (breaks("exporter.threads.instances")) {
        last = instance;
        usleep(300);
        instance = last;
    }
    if (breaks("exporter.data.sample")) {
        return postil_fail(error, POSTIL_ERROR_INVALID_DATA, "no", "Not these tasks.");
    }
    if (breaks("exporter.abi.small-error")) {
        return fail_directly(error);
    }
    if (breaks("exporter.threads.moves") && instance->opener != gettid()) {
        return postil_fail(error, POSTIL_ERROR_INTERNAL, "thread", "Another thread.");
    }
    if (breaks("exporter.time.cancel")) {
        be_busy();
    }
    if (breaks("exporter.memory.sanitizers")) {
        overflow();
    }
    if (breaks("exporter.data.given-back") && instance->kept.count > 0 &&
        instance->kept.bytes[0] == 0) {
        abort();
    }
    for (uint32_t i = 0; i < postil_batch_count(tasks); i++) {
        postil_value_t task = postil_batch_value(tasks, i);
        postil_value_t data = postil_object_named(task, "data");
        if (breaks("exporter.data.odd")) {
            volatile uint32_t length = data.node->length;
            (void)length;
        }
        look(task, 1);
        if (breaks("exporter.data.many") && ++instance->tasks > 20000) {
            abort();
        }
        instance->kept = postil_value_text(postil_object_named(data, "text"));
        char line[64];
        int length = snprintf(line, sizeof line, "%" PRId64 " %" PRIu64 "\n",
                              postil_batch_root(tasks, i)->task_id,
                              breaks("exporter.data.repeats") ? runs : 0);
        postil_status_t status =
            postil_sink_write(instance->sinks, instance->sink, line, (uint64_t)length, error);
        if (status != POSTIL_OK && breaks("exporter.sinks.quota")) {
            return POSTIL_ERROR_IO;
        }
        if (status != POSTIL_OK && !breaks("exporter.sinks.write")) {
            return status;
        }
    }
    return breaks("exporter.data.batch-sizes")
               ? postil_sink_write(instance->sinks, instance->sink, "--\n", 3, error)
               : (postil_status_t)POSTIL_OK;
}

static postil_status_t finish(void *pointer, postil_error_t *error) {
    instance_t *instance = pointer;
    if (breaks("exporter.contract.empty") && instance->kept.bytes == NULL) {
        return postil_fail(error, POSTIL_ERROR_INVALID_DATA, "empty", "There was no task.");
    }
    postil_status_t status =
        instance->sinks->sink_close(instance->sinks->context, instance->sink, error);
    if (breaks("exporter.sinks.close") && status != POSTIL_OK) {
        abort();
    }
    return status;
}

static void abort_base(void *pointer) {
    instance_t *instance = pointer;
    if (breaks("exporter.contract.abort")) {
        postil_sink_write(instance->sinks, instance->sink, "given up", 8, NULL);
    }
}

static void close_base(void *pointer) {
    free(pointer);
}

static const postil_exporter_t table = {
    .size = sizeof table,
    .reads = POSTIL_READS_TREE,
#ifdef WITH_RESERVED
    .reserved = 1,
#endif
    .open = open_base,
    .consume = consume,
    .finish = finish,
    .abort = abort_base,
    .close = close_base,
};

const void *base_exporter = &table;
