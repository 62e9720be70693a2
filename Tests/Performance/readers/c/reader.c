// Reads every node of every task, and tells how many there were and how long that took.
#define _GNU_SOURCE
#include <postil/exporter.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
    const postil_sinks_t *sinks;
    uint64_t sink;
    uint64_t nodes;
    uint64_t nanoseconds;
    double sum; ///< So that no value is read for nothing.
} reader_t;

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void read_value(reader_t *reader, postil_value_t value) {
    reader->nodes++;
    postil_walk_t walk;
    double number = 0;
    switch (postil_value_kind(value)) {
    case POSTIL_KIND_ARRAY:
        walk = postil_children(value);
        for (postil_value_t element; postil_walk_element(&walk, &element);) {
            read_value(reader, element);
        }
        break;
    case POSTIL_KIND_OBJECT:
        walk = postil_children(value);
        for (postil_member_t member; postil_walk_member(&walk, &member);) {
            reader->sum += (double)member.name.count;
            read_value(reader, member.value);
        }
        break;
    case POSTIL_KIND_STRING:
        reader->sum += (double)postil_value_text(value).count;
        break;
    default:
        postil_value_double(value, &number);
        reader->sum += number;
        break;
    }
}

static postil_status_t open_reader(const postil_exporter_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    reader_t *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return POSTIL_ERROR_NO_MEMORY;
    }
    reader->sinks = arguments->sinks;
    *instance = reader;
    return arguments->sinks->sink_open(arguments->sinks->context, postil_text("read.txt"),
                                       postil_text("text/plain"), &reader->sink, error);
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    reader_t *reader = instance;
    uint64_t start = now();
    for (uint32_t index = 0; index < postil_batch_count(tasks); index++) {
        read_value(reader, postil_batch_value(tasks, index));
    }
    reader->nanoseconds += now() - start;
    (void)error;
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    reader_t *reader = instance;
    char line[96];
    int count = snprintf(line, sizeof line, "%" PRIu64 " %" PRIu64 " %g\n", reader->nodes,
                         reader->nanoseconds, reader->sum);
    postil_status_t status =
        postil_sink_write(reader->sinks, reader->sink, line, (uint64_t)count, error);
    return status == POSTIL_OK
               ? reader->sinks->sink_close(reader->sinks->context, reader->sink, error)
               : status;
}

static void give_up(void *instance) {
    (void)instance;
}

static const postil_exporter_t exporter = {
    .size = sizeof exporter,
    .reads = POSTIL_READS_TREE,
    .open = open_reader,
    .consume = consume,
    .finish = finish,
    .abort = give_up,
    .close = free,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_ours =
        postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER) && postil_bytes_are(name, "READ");
    return is_ours ? &exporter : NULL;
}

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)"org.example.reader-c", 20},
    .version = {(const uint8_t *)"1.0.0", 5},
    .get_capability = get_capability,
};

POSTIL_EXPORT const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    (void)host;
    return &plugin;
}
