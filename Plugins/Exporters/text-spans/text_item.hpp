// A text and the spans that were marked in it.
#pragma once

#include "item_fields.hpp"
#include "items.hpp"
#include "plugin_entry.hpp"
#include "results.hpp"
#include "sink_file.hpp"
#include "utf32.hpp"

#include <string>
#include <vector>

namespace text {

struct Span {
    int64_t start, end; ///< Code points; `end` is exclusive.
    std::vector<std::string_view> labels;
};

/// What exporters of texts share: which annotations, which text, which spans. `Format` writes one
/// annotation of one text.
class TextExport {
public:
    explicit TextExport(const postil_exporter_open_t &arguments)
        : context(arguments), rules(context), losses(arguments.losses), controls(context.root),
          task_keys(arguments.keys), keys(arguments.keys),
          results(arguments.keys, controls, losses), start(postil_key(arguments.keys, "start")),
          end(postil_key(arguments.keys, "end")), labels(postil_key(arguments.keys, "labels")),
          choices(postil_key(arguments.keys, "choices")), cancel(arguments.cancel),
          file(arguments.sinks) {
        std::string key = controls.data_key("Text", controls.data_key("", "text").c_str());
        text_key = postil_key(arguments.keys, key.c_str());
    }

    /// Calls `write(text, annotation)` for each item; the annotation may be missing.
    template <class Write>
    void consume(const postil_batch_t *tasks, postil_error_t *error, Write write) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            task = postil_batch_root(tasks, i)->task_id;
            postil_value_t root = postil_batch_value(tasks, i);
            items.read(task_keys, root, rules, losses, task);
            std::string_view text = postil::view(postil_value_text(
                postil_object_get(postil_object_get(root, task_keys.data), text_key)));
            if (items.is_empty) {
                write(text, postil_value_make(tasks, nullptr));
            }
            for (postil_value_t annotation : items.annotations) {
                write(text, annotation);
            }
            file.flush_if_large(error);
        }
    }

    /// Reads one result as a span; false when it has no place in the text.
    bool read_span(const postil::Result &result, Span *span) const {
        if (!postil_value_int64(postil_object_get(result.value, start), &span->start) ||
            !postil_value_int64(postil_object_get(result.value, end), &span->end)) {
            return false;
        }
        span->labels.clear();
        postil_walk_t walk = postil_children(postil_object_get(result.value, labels));
        postil_value_t label;
        while (postil_walk_element(&walk, &label)) {
            span->labels.push_back(postil::view(postil_value_text(label)));
        }
        return true;
    }

    postil::ExportContext context;
    postil::ItemRules rules;
    postil::LossNotes losses;
    postil::Controls controls;
    postil::TaskKeys task_keys;
    postil::ItemKeys keys;
    postil::Results results;
    uint32_t start, end, labels, choices, text_key = 0;
    const uint32_t *cancel;
    postil::SinkFile file;
    postil::Items items;
    int64_t task = 0;
};

} // namespace text
