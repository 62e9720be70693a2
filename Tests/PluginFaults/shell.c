// The plugin around the faults: an exporter, an import source, a tag and a metric that go wrong on
// demand. Linked with the faults of one language.
//
// The exporter reads the settings `fault` and `task`, source and metric `fault`; the tag reads the
// attribute `fault`.
#define _GNU_SOURCE
#include "fault.h"

#include <postil/exporter.h>
#include <postil/import_source.h>
#include <postil/metric.h>
#include <postil/tag.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const postil_host_t *host;
static char fault[32];
static bool crashes_at_exit;

__attribute__((destructor)) static void end(void) {
    if (crashes_at_exit) {
        *(volatile int *)8 = 1;
    }
}

static void choose(postil_bytes_t name) {
    postil_text_copy(fault, sizeof fault, name);
}

static bool is(const char *name) {
    return strcmp(fault, name) == 0;
}

/// Overwrites what the host lent, as far as a stray pointer would.
static void scribble(void *memory) {
    memset(memory, 0xA5, 256);
}

static void flood_log(void) {
    for (int line = 0; line < 100000; line++) {
        host->log(host, POSTIL_LOG_INFO, postil_text("A line of a flood."));
    }
}

/// Faults that are about what the host lent, then those of the language.
static postil_status_t go_wrong(void *context, postil_error_t *error) {
    if (is("ring_corruption")) {
        scribble(context);
        return POSTIL_OK;
    }
    if (is("log_flood")) {
        flood_log();
        return POSTIL_OK;
    }
    if (is("crash_at_exit")) {
        crashes_at_exit = true;
        return POSTIL_OK;
    }
    return fault_now(fault) > 0 ? postil_fail(error, POSTIL_ERROR_NO_MEMORY, "exhausted",
                                              "The system gives no more.")
                                : (postil_status_t)POSTIL_OK;
}

// The exporter.

static const postil_sinks_t *sinks;
static uint64_t sink;
static int64_t bad_task;

static postil_status_t open_exporter(const postil_exporter_open_t *arguments, void **instance,
                                     postil_error_t *error) {
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    choose(postil_value_text(postil_object_named(settings, "fault")));
    postil_value_int64(postil_object_named(settings, "task"), &bad_task);
    sinks = arguments->sinks;
    *instance = NULL;
    return sinks->sink_open(sinks->context, postil_text("ids.txt"), postil_text("text/plain"),
                            &sink, error);
}

static postil_status_t flood_output(postil_error_t *error) {
    static uint8_t piece[1 << 16];
    for (;;) {
        postil_status_t status = postil_sink_write(sinks, sink, piece, sizeof piece, error);
        if (status != POSTIL_OK) {
            return status;
        }
    }
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    (void)instance;
    for (uint32_t index = 0; index < postil_batch_count(tasks); index++) {
        int64_t task = postil_batch_root(tasks, index)->task_id;
        if (task == bad_task) {
            postil_status_t status =
                is("output_flood") ? flood_output(error) : go_wrong(sinks->context, error);
            if (status != POSTIL_OK) {
                return status;
            }
        }
        char line[32];
        int count = snprintf(line, sizeof line, "%lld\n", (long long)task);
        postil_status_t status = postil_sink_write(sinks, sink, line, (uint64_t)count, error);
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
    .open = open_exporter,
    .consume = consume,
    .finish = finish,
    .abort = nothing,
    .close = nothing,
};

// The import source.

static const postil_inputs_t *inputs;
static int turns;

static postil_status_t open_source(const postil_import_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    (void)error;
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    choose(postil_value_text(postil_object_named(settings, "fault")));
    inputs = arguments->inputs;
    turns = 0;
    *instance = NULL;
    return POSTIL_OK;
}

static void build_task(postil_builder_t *builder) {
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("data"));
    postil_build_object(builder);
    postil_build_end(builder);
    postil_build_end(builder);
    postil_build_root_end(builder);
}

static void corrupt(postil_builder_t *builder) {
    for (uint64_t at = sizeof(postil_arena_header_t); at < builder->used; at += 3) {
        builder->arena[at] ^= 0x5A;
    }
}

static postil_status_t flood_builder(postil_builder_t *builder) {
    static uint8_t piece[1 << 20];
    postil_build_root(builder, NULL);
    postil_build_array(builder);
    while (postil_build_bytes(builder, (postil_bytes_t){piece, sizeof piece}) == POSTIL_OK) {
    }
    return builder->status;
}

static postil_status_t next(void *instance, postil_builder_t *builder, postil_error_t *error) {
    (void)instance;
    if (turns++ == 0) {
        build_task(builder);
        return POSTIL_MORE;
    }
    if (is("output_flood")) {
        return flood_builder(builder);
    }
    postil_status_t status = go_wrong(inputs->context, error);
    if (status != POSTIL_OK) {
        return status;
    }
    build_task(builder);
    if (is("malformed_arena")) {
        corrupt(builder);
    }
    if (is("ring_corruption")) {
        inputs->count(inputs->context);
        inputs->release(inputs->context, 0);
        inputs->name(inputs->context, 0);
    }
    return POSTIL_END;
}

static const postil_import_source_t source = {
    .size = sizeof source,
    .open = open_source,
    .next = next,
    .close = nothing,
};

// The tag.

static postil_status_t validate_result(const postil_tag_call_t *call,
                                       const postil_problems_t *problems, postil_error_t *error) {
    postil_value_t element = postil_batch_value(call->element_borrowed, 0);
    postil_value_t attributes = postil_object_named(element, "attributes");
    choose(postil_value_text(postil_object_named(attributes, "fault")));
    if (is("output_flood")) {
        for (int i = 0; i < 100000; i++) {
            postil_report(problems, "flood", "", "One of many.", NULL);
        }
        return POSTIL_OK;
    }
    postil_status_t status = go_wrong(problems->context, error);
    if (is("ring_corruption")) {
        postil_report(problems, "late", "", "Said after the corruption.", NULL);
    }
    return status;
}

static postil_status_t normalize(const postil_tag_call_t *call, postil_builder_t *builder,
                                 postil_error_t *error) {
    (void)error;
    postil_value_t element = postil_batch_value(call->element_borrowed, 0);
    postil_value_t attributes = postil_object_named(element, "attributes");
    choose(postil_value_text(postil_object_named(attributes, "fault")));
    if (is("malformed_arena")) {
        build_task(builder);
        corrupt(builder);
    }
    return POSTIL_OK;
}

static const postil_tag_t tag = {
    .size = sizeof tag,
    .validate_result = validate_result,
    .normalize = normalize,
};

// The metric.

static postil_status_t open_metric(const postil_metric_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    (void)error;
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    choose(postil_value_text(postil_object_named(settings, "fault")));
    *instance = NULL;
    return POSTIL_OK;
}

static postil_status_t score(void *instance, const postil_metric_call_t *call, double *result,
                             postil_error_t *error) {
    (void)instance;
    for (int i = 0; is("output_flood") && i < 100000; i++) {
        postil_metric_part(call, postil_text("A part of a flood."), 1, 1);
    }
    postil_status_t status = go_wrong(call->parts->context, error);
    if (is("ring_corruption")) {
        postil_metric_part(call, postil_text("late"), 1, 1);
    }
    *result = 1;
    return status;
}

static const postil_metric_t metric = {
    .size = sizeof metric,
    .subject = POSTIL_METRIC_PAIR,
    .maximum = 1,
    .open = open_metric,
    .score = score,
    .close = nothing,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    (void)name;
    if (postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER)) {
        return &exporter;
    }
    if (postil_bytes_are(id, POSTIL_CAPABILITY_IMPORT_SOURCE)) {
        return &source;
    }
    if (postil_bytes_are(id, POSTIL_CAPABILITY_METRIC)) {
        return &metric;
    }
    return postil_bytes_are(id, POSTIL_CAPABILITY_TAG) ? &tag : NULL;
}

static postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .get_capability = get_capability,
};

POSTIL_EXPORT const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *given) {
    host = given;
    plugin.id = postil_text(PLUGIN_ID);
    plugin.version = postil_text("1.0.0");
    return &plugin;
}
