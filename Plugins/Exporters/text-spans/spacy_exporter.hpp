// JSON lines for spaCy: `{"text", "entities", "spans", "cats", "meta"}`, where all but `text` and
// `meta` is what `spacy.training.Example.from_dict` takes.
//
// Entities may not overlap there, so those that do stand in the span group `sc` alone, which holds
// every span and every label of it.
#pragma once

#include "text_item.hpp"

#include <algorithm>

namespace text {

class SpaCyExporter {
public:
    SpaCyExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : export_(arguments) {
        for (const postil::Control &control : export_.controls.list()) {
            choice_controls_ += control.type == "Choices" ? 1 : 0;
        }
        export_.file.open("result.jsonl", "application/jsonl", error);
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        export_.consume(tasks, error, [&](std::string_view text, postil_value_t annotation) {
            write(text, annotation);
        });
    }

    void finish(postil_error_t *error) {
        export_.file.close(error);
        export_.losses.report();
    }

private:
    void write(std::string_view text, postil_value_t annotation) {
        read(annotation);
        std::string &out = export_.file.text();
        out += "{\"text\":";
        postil::append_json_string(out, text);
        out += ",\"entities\":";
        append_spans(out, entities(), false);
        out += ",\"spans\":{\"sc\":";
        append_spans(out, spans_, true);
        out += "},\"cats\":{";
        const char *separator = "";
        for (const auto &[name, value] : categories_) {
            out += separator;
            postil::append_json_string(out, name);
            out += value ? ":1.0" : ":0.0";
            separator = ",";
        }
        out += "},\"meta\":{\"task\":";
        postil::append_number(out, export_.task);
        int64_t id;
        if (postil_value_int64(postil_object_get(annotation, export_.keys.id), &id)) {
            out += ",\"annotation\":";
            postil::append_number(out, id);
        }
        out += "}}\n";
    }

    void read(postil_value_t annotation) {
        spans_.clear();
        categories_.clear();
        for (const postil::Result &result : export_.results.read(annotation, export_.task)) {
            Span span;
            if (result.type == "Choices" && !has_place(result)) {
                read_choices(result);
            } else if (result.type == "Labels" && export_.read_span(result, &span) &&
                       span.start < span.end && !span.labels.empty()) {
                spans_.push_back(span);
            } else {
                export_.losses.note("answer_not_supported",
                                    "spaCy takes labeled spans and categories of texts; other "
                                    "answers were left out.",
                                    export_.task);
            }
        }
        std::stable_sort(spans_.begin(), spans_.end(),
                         [](const Span &a, const Span &b) { return a.start < b.start; });
    }

    /// A choice about one span is no category of the text.
    bool has_place(const postil::Result &result) const {
        return postil_object_get(result.value, export_.start).node != nullptr;
    }

    void read_choices(const postil::Result &result) {
        std::string front =
            choice_controls_ > 1 ? std::string(result.from_name) + ":" : std::string();
        if (result.control) {
            for (const std::string &label : result.control->labels) {
                categories_.emplace_back(front + label, false);
            }
        }
        postil_walk_t walk = postil_children(postil_object_get(result.value, export_.choices));
        postil_value_t choice;
        while (postil_walk_element(&walk, &choice)) {
            std::string name = front + std::string(postil::view(postil_value_text(choice)));
            auto known = std::find_if(categories_.begin(), categories_.end(),
                                      [&](const auto &entry) { return entry.first == name; });
            if (known == categories_.end()) {
                categories_.emplace_back(name, true);
            } else {
                known->second = true;
            }
        }
    }

    /// The longest spans first, and of equal ones the first, as far as none overlaps another.
    std::vector<Span> entities() const {
        std::vector<Span> order = spans_, kept;
        std::stable_sort(order.begin(), order.end(), [](const Span &a, const Span &b) {
            return a.end - a.start > b.end - b.start;
        });
        for (const Span &span : order) {
            bool is_free = std::none_of(kept.begin(), kept.end(), [&](const Span &other) {
                return span.start < other.end && other.start < span.end;
            });
            if (is_free) {
                kept.push_back(span);
            }
        }
        std::sort(kept.begin(), kept.end(),
                  [](const Span &a, const Span &b) { return a.start < b.start; });
        return kept;
    }

    static void append_spans(std::string &out, const std::vector<Span> &spans, bool all_labels) {
        out += '[';
        const char *separator = "";
        for (const Span &span : spans) {
            size_t count = all_labels ? span.labels.size() : 1;
            for (size_t i = 0; i < count; i++) {
                out += separator;
                out += '[';
                postil::append_number(out, span.start);
                out += ',';
                postil::append_number(out, span.end);
                out += ',';
                postil::append_json_string(out, span.labels[i]);
                out += ']';
                separator = ",";
            }
        }
        out += ']';
    }

    TextExport export_;
    size_t choice_controls_ = 0;
    std::vector<Span> spans_;
    std::vector<std::pair<std::string, bool>> categories_;
};

} // namespace text
