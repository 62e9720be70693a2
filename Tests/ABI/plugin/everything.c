// A plugin with one capability of each kind, as small as a contract allows. Built with released
// headers it has to work on every later host of the same major version.
#include <postil/exporter.h>
#include <postil/import_source.h>
#include <postil/metric.h>
#include <postil/services.h>
#include <postil/tag.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef ABI_MINIMUM
#define ABI_MINIMUM POSTIL_ABI_VERSION
#endif

static const postil_host_t *host;

// The exporter: id, number of results, and the text of each task as the host renders it.

typedef struct {
    const postil_sinks_t *sinks;
    const postil_losses_t *losses;
    const uint32_t *cancel;
    uint64_t sink;
    uint32_t annotations, result;
} export_t;

static postil_status_t open_export(const postil_exporter_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    if (postil_value_is(postil_object_named(settings, "refuse"), POSTIL_KIND_BOOL)) {
        return postil_fail(error, POSTIL_ERROR_INVALID_SETTINGS, "refused", "As you asked.");
    }
    export_t *export = calloc(1, sizeof *export);
    if (export == NULL) {
        return POSTIL_ERROR_NO_MEMORY;
    }
    export->sinks = arguments->sinks;
    export->losses = arguments->losses;
    export->cancel = arguments->cancel;
    export->annotations = postil_key(arguments->keys, "annotations");
    export->result = postil_key(arguments->keys, "result");
    *instance = export;
    return export->sinks->sink_open(export->sinks->context, postil_text("everything.txt"),
                                    postil_text("text/plain"), &export->sink, error);
}

static postil_status_t write_piece(void *context, postil_bytes_t piece) {
    export_t *export = context;
    return postil_sink_write(export->sinks, export->sink, piece.bytes, piece.count, NULL);
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    export_t *export = instance;
    const postil_json_text_t *json = host->get_service(host, postil_text(POSTIL_SERVICE_JSON_TEXT));
    for (uint32_t index = 0; index < postil_batch_count(tasks); index++) {
        if (postil_is_cancelled(export->cancel)) {
            return POSTIL_ERROR_CANCELLED;
        }
        postil_value_t task = postil_batch_value(tasks, index);
        uint32_t results = 0;
        postil_walk_t walk = postil_children(postil_object_get(task, export->annotations));
        for (postil_value_t annotation; postil_walk_element(&walk, &annotation);) {
            results += postil_value_count(postil_object_get(annotation, export->result));
        }
        char line[64];
        int count = snprintf(line, sizeof line, "%" PRId64 " %" PRIu32 " ",
                             postil_batch_root(tasks, index)->task_id, results);
        postil_sink_write(export->sinks, export->sink, line, (uint64_t)count, error);
        postil_status_t status =
            json->render(json->context, tasks, task.node, 0, export, write_piece, error);
        if (status != POSTIL_OK) {
            return status;
        }
        postil_sink_write(export->sinks, export->sink, "\n", 1, error);
    }
    postil_report_loss(export->losses, 0, 1, "nothing_lost", "Nothing, to be honest.");
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    export_t *export = instance;
    return export->sinks->sink_close(export->sinks->context, export->sink, error);
}

static void give_up(void *instance) {
    (void)instance;
}

static const postil_exporter_t exporter = {
    .size = sizeof exporter,
    .reads = POSTIL_READS_BOTH,
    .open = open_export,
    .consume = consume,
    .finish = finish,
    .abort = give_up,
    .close = free,
};

// The import source: a task for each input, with its name and its size.

typedef struct {
    const postil_inputs_t *inputs;
    uint64_t next;
} import_t;

static postil_status_t open_import(const postil_import_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    (void)error;
    import_t *import = calloc(1, sizeof *import);
    if (import == NULL) {
        return POSTIL_ERROR_NO_MEMORY;
    }
    import->inputs = arguments->inputs;
    *instance = import;
    return POSTIL_OK;
}

static postil_status_t next(void *instance, postil_builder_t *builder, postil_error_t *error) {
    import_t *import = instance;
    const postil_inputs_t *inputs = import->inputs;
    (void)error;
    if (import->next >= inputs->count(inputs->context)) {
        return POSTIL_END;
    }
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("data"));
    postil_build_object(builder);
    postil_build_key(builder, postil_text("name"));
    postil_build_string(builder, inputs->name(inputs->context, import->next));
    postil_build_key(builder, postil_text("size"));
    postil_build_uint64(builder, inputs->byte_count(inputs->context, import->next));
    postil_build_end(builder);
    postil_build_end(builder);
    import->next++;
    return postil_build_root_end(builder) == POSTIL_OK ? POSTIL_MORE : builder->status;
}

static const postil_import_source_t source = {
    .size = sizeof source,
    .open = open_import,
    .next = next,
    .close = free,
};

// The tag: results need a `value.x`; its double is a measure.

static postil_value_t x_of(const postil_tag_call_t *call) {
    postil_value_t result = postil_batch_value(call->result_borrowed, 0);
    return postil_object_named(postil_object_named(result, "value"), "x");
}

static postil_status_t validate_result(const postil_tag_call_t *call,
                                       const postil_problems_t *problems, postil_error_t *error) {
    double x = 0;
    (void)error;
    if (!postil_value_double(x_of(call), &x)) {
        postil_report(problems, "x_missing", "/value/x", "There is no x.", "Add one.");
    }
    return POSTIL_OK;
}

static postil_status_t measures(const postil_tag_call_t *call, postil_builder_t *builder,
                                postil_error_t *error) {
    double x = 0;
    (void)error;
    postil_value_double(x_of(call), &x);
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("doubled"));
    postil_build_double(builder, 2 * x);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static const postil_tag_t tag = {
    .size = sizeof tag,
    .validate_result = validate_result,
    .measures = measures,
};

// The metric: the smaller number of results by the larger one.

static postil_status_t open_metric(const postil_metric_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    static uint32_t result;
    (void)error;
    result = postil_key(arguments->keys, "result");
    *instance = &result;
    return POSTIL_OK;
}

static postil_status_t score(void *instance, const postil_metric_call_t *call, double *score,
                             postil_error_t *error) {
    uint32_t key = *(const uint32_t *)instance;
    double first = postil_value_count(postil_object_get(call->first, key));
    double second = postil_value_count(postil_object_get(call->second, key));
    double larger = first > second ? first : second;
    (void)error;
    *score = larger == 0 ? 1 : (first + second - larger) / larger;
    postil_metric_part(call, postil_text("results"), *score, larger + 1);
    return POSTIL_OK;
}

static const postil_metric_t metric = {
    .size = sizeof metric,
    .subject = POSTIL_METRIC_PAIR,
    .flags = POSTIL_METRIC_SYMMETRIC,
    .maximum = 1,
    .open = open_metric,
    .score = score,
    .close = give_up,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    static const struct {
        const char *id, *name;
        const void *table;
    } all[] = {
        {POSTIL_CAPABILITY_EXPORTER, "EVERYTHING", &exporter},
        {POSTIL_CAPABILITY_IMPORT_SOURCE, "everything", &source},
        {POSTIL_CAPABILITY_TAG, "Everything", &tag},
        {POSTIL_CAPABILITY_METRIC, "everything", &metric},
    };
    for (int i = 0; i < 4; i++) {
        if (postil_bytes_are(id, all[i].id) && postil_bytes_are(name, all[i].name)) {
            return all[i].table;
        }
    }
    return NULL;
}

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = ABI_MINIMUM,
    .id = {(const uint8_t *)"org.example.everything", 22},
    .version = {(const uint8_t *)"1.0.0", 5},
    .get_capability = get_capability,
};

POSTIL_EXPORT const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *given) {
    host = given;
    return given->abi >= ABI_MINIMUM ? &plugin : NULL;
}
