// LABEL-TABLE: one line of tab-separated text for each result of each annotation.
//
// The host calls `open`, then `consume` for each batch of tasks, then `finish` (or `abort`), then
// `close`. Nothing here is global: two exports may run at the same time.
#include "guard.hpp"

#include <postil/exporter.h>

#include <string>

namespace {

/// One export that is under way.
class Table {
public:
    explicit Table(const postil_exporter_open_t &arguments)
        : sinks_(arguments.sinks), losses_(arguments.losses), cancel_(arguments.cancel),
          // Names as numbers, so that members are found without comparing texts.
          annotations_(postil_key(arguments.keys, "annotations")),
          id_(postil_key(arguments.keys, "id")), result_(postil_key(arguments.keys, "result")),
          from_name_(postil_key(arguments.keys, "from_name")),
          type_(postil_key(arguments.keys, "type")), value_(postil_key(arguments.keys, "value")) {}

    postil_status_t begin(const postil_exporter_open_t &arguments, postil_error_t *error) {
        // Settings have passed the manifest's schema, and defaults are filled in.
        postil_value_t context = postil_batch_value(arguments.context_borrowed, 0);
        bool has_header = true;
        postil_value_bool(postil_object_named(postil_object_named(context, "settings"), "header"),
                          &has_header);
        if (has_header) {
            pending_ += "task\tannotation\tcontrol\ttype\tlabels\n";
        }
        return sinks_->sink_open(sinks_->context, postil_text("label-table.tsv"),
                                 postil_text("text/tab-separated-values"), &sink_, error);
    }

    postil_status_t consume(const postil_batch_t *tasks, postil_error_t *error) {
        for (uint32_t i = 0; i < postil_batch_count(tasks); i++) {
            if (postil_is_cancelled(cancel_)) {
                throw Failure{POSTIL_ERROR_CANCELLED, "cancelled", "The export was stopped."};
            }
            append_task(postil_batch_root(tasks, i)->task_id, postil_batch_value(tasks, i));
            if (pending_.size() >= enough_) {
                postil_status_t status = flush(error);
                if (status != POSTIL_OK) {
                    return status;
                }
            }
        }
        return POSTIL_OK;
    }

    postil_status_t finish(postil_error_t *error) {
        postil_status_t status = flush(error);
        if (status == POSTIL_OK) {
            status = sinks_->sink_close(sinks_->context, sink_, error);
        }
        if (status == POSTIL_OK && relations_ > 0) {
            postil_report_loss(losses_, task_with_relation_, relations_, "relation_dropped",
                               "Relations have no place in a table of labels.");
        }
        return status;
    }

private:
    static constexpr size_t enough_ = 64 * 1024; ///< A sink likes large writes.

    const postil_sinks_t *sinks_;
    const postil_losses_t *losses_;
    const uint32_t *cancel_;
    uint64_t sink_ = 0;
    uint32_t annotations_, id_, result_, from_name_, type_, value_;
    uint64_t relations_ = 0; ///< Left out: a table of results has no place for them.
    int64_t task_with_relation_ = 0;
    std::string pending_;

    postil_status_t flush(postil_error_t *error) {
        postil_status_t status =
            pending_.empty()
                ? static_cast<postil_status_t>(POSTIL_OK)
                : postil_sink_write(sinks_, sink_, pending_.data(), pending_.size(), error);
        pending_.clear();
        return status;
    }

    /// Appends a text as one cell: what would end the cell becomes a blank.
    void append_cell(postil_bytes_t text) {
        for (char byte : view(text)) {
            pending_ += static_cast<unsigned char>(byte) < ' ' ? ' ' : byte;
        }
    }

    /// Appends the labels of a result, joined by commas: the texts in `value.<type>`.
    void append_labels(postil_value_t result, postil_bytes_t type) {
        postil_walk_t labels =
            postil_children(postil_object_find(postil_object_get(result, value_), type));
        postil_value_t label;
        bool is_first = true;
        while (postil_walk_element(&labels, &label)) {
            pending_ += is_first ? "" : ",";
            is_first = false;
            append_cell(postil_value_text(label));
        }
    }

    void append_result(int64_t task_id, int64_t annotation_id, postil_value_t result) {
        postil_bytes_t type = postil_value_text(postil_object_get(result, type_));
        if (view(type) == "relation") {
            relations_++;
            task_with_relation_ = task_id;
            return;
        }
        pending_ += std::to_string(task_id) + '\t' + std::to_string(annotation_id) + '\t';
        append_cell(postil_value_text(postil_object_get(result, from_name_)));
        pending_ += '\t';
        append_cell(type);
        pending_ += '\t';
        append_labels(result, type);
        pending_ += '\n';
    }

    void append_task(int64_t task_id, postil_value_t task) {
        postil_walk_t annotations = postil_children(postil_object_get(task, annotations_));
        postil_value_t annotation, result;
        while (postil_walk_element(&annotations, &annotation)) {
            int64_t annotation_id = 0;
            postil_value_int64(postil_object_get(annotation, id_), &annotation_id);
            postil_walk_t results = postil_children(postil_object_get(annotation, result_));
            while (postil_walk_element(&results, &result)) {
                // Data comes from people and scripts: what is no result is left out, not trusted.
                if (postil_value_is(result, POSTIL_KIND_OBJECT)) {
                    append_result(task_id, annotation_id, result);
                }
            }
        }
    }
};

postil_status_t open_table(const postil_exporter_open_t *arguments, void **instance,
                           postil_error_t *error) {
    return guarded(error, [&] {
        auto *table = new Table(*arguments);
        postil_status_t status = guarded(error, [&] { return table->begin(*arguments, error); });
        if (status != POSTIL_OK) {
            delete table;
            return status;
        }
        *instance = table;
        return status;
    });
}

postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    return guarded(error, [&] { return static_cast<Table *>(instance)->consume(tasks, error); });
}

postil_status_t finish(void *instance, postil_error_t *error) {
    return guarded(error, [&] { return static_cast<Table *>(instance)->finish(error); });
}

/// The host takes back what was written; there is nothing else to undo.
void abort_table(void *) {}

void close_table(void *instance) {
    delete static_cast<Table *>(instance);
}

const postil_exporter_t exporter = {
    sizeof(postil_exporter_t),
    POSTIL_READS_TREE,
    0,
    open_table,
    consume,
    finish,
    abort_table,
    close_table,
};

const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_exporter = postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER);
    return is_exporter && postil_bytes_are(name, "LABEL-TABLE") ? &exporter : nullptr;
}

// The same as in manifest.json; the host compares.
const char plugin_id[] = "org.example.label-table";
const char plugin_version[] = "0.1.0";

const postil_plugin_t plugin = {
    sizeof(postil_plugin_t),
    POSTIL_ABI_VERSION,
    POSTIL_ABI_VERSION,
    0,
    {reinterpret_cast<const uint8_t *>(plugin_id), sizeof plugin_id - 1},
    {reinterpret_cast<const uint8_t *>(plugin_version), sizeof plugin_version - 1},
    get_capability,
};

} // namespace

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= plugin.abi_minimum ? &plugin : nullptr;
}
