// LABEL-TABLE: one line of tab-separated text for each result of each annotation.
//
// The host calls `open`, then `consume` for each batch of tasks, then `finish` (or `abort`), then
// `close`. Nothing here is global: two exports may run at the same time.
#include <postil/exporter.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PENDING_CAPACITY = 64 * 1024 };

/// One export that is under way.
typedef struct table {
    const postil_sinks_t *sinks;
    const postil_losses_t *losses;
    const uint32_t *cancel;
    uint64_t sink;
    // Names as numbers, so that members are found without comparing texts.
    uint32_t annotations, id, result, from_name, type, value;
    uint64_t relations; ///< Left out: a table of results has no place for them.
    int64_t task_with_relation;
    size_t pending_count;
    char pending[PENDING_CAPACITY]; ///< Small writes are gathered: a sink likes large ones.
} table_t;

static postil_status_t flush(table_t *table, postil_error_t *error) {
    size_t count = table->pending_count;
    table->pending_count = 0;
    return count == 0 ? (postil_status_t)POSTIL_OK
                      : postil_sink_write(table->sinks, table->sink, table->pending, count, error);
}

static postil_status_t write_bytes(table_t *table, postil_bytes_t bytes, postil_error_t *error) {
    if (bytes.count > PENDING_CAPACITY - table->pending_count) {
        postil_status_t status = flush(table, error);
        if (status != POSTIL_OK) {
            return status;
        }
        if (bytes.count > PENDING_CAPACITY) {
            return postil_sink_write(table->sinks, table->sink, bytes.bytes, bytes.count, error);
        }
    }
    if (bytes.count > 0) {
        memcpy(table->pending + table->pending_count, bytes.bytes, (size_t)bytes.count);
        table->pending_count += (size_t)bytes.count;
    }
    return POSTIL_OK;
}

/// Writes a text as one cell: what would end the cell becomes a blank.
static postil_status_t write_cell(table_t *table, postil_bytes_t text, postil_error_t *error) {
    uint64_t start = 0;
    for (uint64_t i = 0; i <= text.count; i++) {
        bool is_end = i == text.count;
        if (!is_end && text.bytes[i] >= ' ') {
            continue;
        }
        postil_bytes_t piece = {text.bytes + start, i - start};
        postil_status_t status =
            i > start ? write_bytes(table, piece, error) : (postil_status_t)POSTIL_OK;
        if (status == POSTIL_OK && !is_end) {
            status = write_bytes(table, postil_text(" "), error);
        }
        if (status != POSTIL_OK) {
            return status;
        }
        start = i + 1;
    }
    return POSTIL_OK;
}

/// Writes the labels of a result, joined by commas: the texts in `value.<type>`.
static postil_status_t write_labels(table_t *table, postil_value_t result, postil_bytes_t type,
                                    postil_error_t *error) {
    postil_value_t value = postil_object_get(result, table->value);
    postil_walk_t labels = postil_children(postil_object_find(value, type));
    postil_value_t label;
    postil_status_t status = POSTIL_OK;
    bool is_first = true;
    while (status == POSTIL_OK && postil_walk_element(&labels, &label)) {
        if (!is_first) {
            status = write_bytes(table, postil_text(","), error);
        }
        is_first = false;
        if (status == POSTIL_OK) {
            status = write_cell(table, postil_value_text(label), error);
        }
    }
    return status;
}

static postil_status_t write_result(table_t *table, int64_t task_id, int64_t annotation_id,
                                    postil_value_t result, postil_error_t *error) {
    postil_bytes_t type = postil_value_text(postil_object_get(result, table->type));
    if (postil_bytes_are(type, "relation")) {
        table->relations++;
        table->task_with_relation = task_id;
        return POSTIL_OK;
    }
    char ids[64];
    int length = snprintf(ids, sizeof ids, "%" PRId64 "\t%" PRId64 "\t", task_id, annotation_id);
    postil_bytes_t control = postil_value_text(postil_object_get(result, table->from_name));
    postil_status_t status =
        write_bytes(table, (postil_bytes_t){(const uint8_t *)ids, (uint64_t)length}, error);
    if (status == POSTIL_OK) {
        status = write_cell(table, control, error);
    }
    if (status == POSTIL_OK) {
        status = write_bytes(table, postil_text("\t"), error);
    }
    if (status == POSTIL_OK) {
        status = write_cell(table, type, error);
    }
    if (status == POSTIL_OK) {
        status = write_bytes(table, postil_text("\t"), error);
    }
    if (status == POSTIL_OK) {
        status = write_labels(table, result, type, error);
    }
    return status == POSTIL_OK ? write_bytes(table, postil_text("\n"), error) : status;
}

static postil_status_t write_task(table_t *table, int64_t task_id, postil_value_t task,
                                  postil_error_t *error) {
    postil_walk_t annotations = postil_children(postil_object_get(task, table->annotations));
    postil_value_t annotation, result;
    while (postil_walk_element(&annotations, &annotation)) {
        int64_t annotation_id = 0;
        postil_value_int64(postil_object_get(annotation, table->id), &annotation_id);
        postil_walk_t results = postil_children(postil_object_get(annotation, table->result));
        while (postil_walk_element(&results, &result)) {
            // Data comes from people and scripts: what is no result is left out, not trusted.
            if (!postil_value_is(result, POSTIL_KIND_OBJECT)) {
                continue;
            }
            postil_status_t status = write_result(table, task_id, annotation_id, result, error);
            if (status != POSTIL_OK) {
                return status;
            }
        }
    }
    return POSTIL_OK;
}

static void close_table(void *instance) {
    free(instance);
}

static postil_status_t open_table(const postil_exporter_open_t *arguments, void **instance,
                                  postil_error_t *error) {
    table_t *table = calloc(1, sizeof *table);
    if (!table) {
        return postil_fail(error, POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
    }
    table->sinks = arguments->sinks;
    table->losses = arguments->losses;
    table->cancel = arguments->cancel;
    table->annotations = postil_key(arguments->keys, "annotations");
    table->id = postil_key(arguments->keys, "id");
    table->result = postil_key(arguments->keys, "result");
    table->from_name = postil_key(arguments->keys, "from_name");
    table->type = postil_key(arguments->keys, "type");
    table->value = postil_key(arguments->keys, "value");
    postil_status_t status =
        table->sinks->sink_open(table->sinks->context, postil_text("label-table.tsv"),
                                postil_text("text/tab-separated-values"), &table->sink, error);

    // Settings have passed the manifest's schema, and defaults are filled in.
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    bool has_header = true;
    postil_value_bool(postil_object_named(postil_object_named(context, "settings"), "header"),
                      &has_header);
    if (status == POSTIL_OK && has_header) {
        status =
            write_bytes(table, postil_text("task\tannotation\tcontrol\ttype\tlabels\n"), error);
    }
    if (status != POSTIL_OK) {
        close_table(table);
        return status;
    }
    *instance = table;
    return POSTIL_OK;
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    table_t *table = instance;
    uint32_t count = postil_batch_count(tasks);
    for (uint32_t i = 0; i < count; i++) {
        if (postil_is_cancelled(table->cancel)) {
            return postil_fail(error, POSTIL_ERROR_CANCELLED, "cancelled",
                               "The export was stopped.");
        }
        int64_t task_id = postil_batch_root(tasks, i)->task_id;
        postil_status_t status = write_task(table, task_id, postil_batch_value(tasks, i), error);
        if (status != POSTIL_OK) {
            return status;
        }
    }
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    table_t *table = instance;
    postil_status_t status = flush(table, error);
    if (status == POSTIL_OK) {
        status = table->sinks->sink_close(table->sinks->context, table->sink, error);
    }
    if (status == POSTIL_OK && table->relations > 0) {
        postil_report_loss(table->losses, table->task_with_relation, table->relations,
                           "relation_dropped", "Relations have no place in a table of labels.");
    }
    return status;
}

/// The host takes back what was written; there is nothing else to undo.
static void abort_table(void *instance) {
    (void)instance;
}

static const postil_exporter_t exporter = {
    .size = sizeof exporter,
    .reads = POSTIL_READS_TREE,
    .open = open_table,
    .consume = consume,
    .finish = finish,
    .abort = abort_table,
    .close = close_table,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_exporter = postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER);
    return is_exporter && postil_bytes_are(name, "LABEL-TABLE") ? &exporter : NULL;
}

// The same as in manifest.json; the host compares.
static const char plugin_id[] = "org.example.label-table";
static const char plugin_version[] = "0.1.0";

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)plugin_id, sizeof plugin_id - 1},
    .version = {(const uint8_t *)plugin_version, sizeof plugin_version - 1},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= plugin.abi_minimum ? &plugin : NULL;
}
