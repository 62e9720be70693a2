// A data set for Hugging Face's `datasets`: JSON lines of one shape, and a card whose features say
// which. Every line is an annotation; what differs from config to config is kept as JSON text.
// `answers` are for reading; `result` is everything, for coming back.

#include "answers.hpp"
#include "item_fields.hpp"
#include "plugin_entry.hpp"
#include "sink_file.hpp"

namespace {

using postil::append_json_string;
using postil::view;

class HuggingFaceExporter {
public:
    HuggingFaceExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          controls_(context_.root), task_keys_(arguments.keys), keys_(arguments.keys),
          unreported_(nullptr), answers_(arguments.keys, controls_, unreported_),
          sinks_(arguments.sinks), cancel_(arguments.cancel), json_(postil::plugin_host),
          file_(arguments.sinks), title_(context_.project_title()) {
        file_.open("data/train.jsonl", "application/jsonl", error);
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            task_ = postil_batch_root(tasks, i)->task_id;
            postil_value_t task = postil_batch_value(tasks, i);
            items_.read(task_keys_, task, rules_, losses_, task_);
            if (items_.is_empty) {
                write(task, postil_value_make(tasks, nullptr), error);
            }
            for (postil_value_t annotation : items_.annotations) {
                write(task, annotation, error);
            }
            file_.flush_if_large(error);
        }
    }

    void finish(postil_error_t *error) {
        file_.close(error);
        postil::SinkFile card(sinks_);
        card.open("README.md", "text/markdown", error);
        card.text() +=
            "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n"
            "    path: data/train.jsonl\ndataset_info:\n  features:\n"
            "  - {name: task_id, dtype: int64}\n  - {name: annotation_id, dtype: int64}\n"
            "  - {name: annotator, dtype: string}\n  - {name: created_at, dtype: string}\n"
            "  - {name: lead_time, dtype: float64}\n  - {name: data, dtype: string}\n"
            "  - name: answers\n    list:\n    - {name: control, dtype: string}\n"
            "    - {name: type, dtype: string}\n    - {name: text, dtype: string}\n"
            "    - {name: value, dtype: string}\n  - {name: result, dtype: string}\n---\n\n# ";
        card.text() += postil::safe_line(title_);
        card.text() +=
            "\n\nExported from Postil. Every row is one annotation of a task.\n\n"
            "- `data`: the task's data, JSON\n"
            "- `answers`: the answer to each control: its name, its tag, the text when the answer "
            "is one text or one choice, and the whole value, JSON\n"
            "- `result`: all results of the annotation as Label Studio's JSON has them, relations "
            "too; null where there is no annotation\n";
        card.close(error);
        losses_.report();
    }

private:
    void write(postil_value_t task, postil_value_t annotation, postil_error_t *error) {
        std::string &text = file_.text();
        text += "{\"task_id\":";
        postil::append_number(text, task_);
        number("annotation_id", postil_object_get(annotation, keys_.id), error);
        string("annotator", postil::annotator_text(keys_, annotation));
        string("created_at",
               view(postil_value_text(postil_object_get(annotation, keys_.created_at))));
        double seconds;
        text += ",\"lead_time\":";
        if (postil_value_double(postil_object_get(annotation, keys_.lead_time), &seconds)) {
            postil::append_number(text, seconds);
        } else {
            text += "null";
        }
        data_.clear();
        json_.append(data_, postil_object_get(task, task_keys_.data), error);
        string("data", data_);
        text += ",\"answers\":[";
        const char *separator = "";
        for (const postil::Answer &answer : answers_.read(annotation, task_, error)) {
            const postil::Control *control = controls_.find(answer.name);
            text += separator;
            text += "{\"control\":";
            append_json_string(text, answer.name);
            string("type", control ? std::string_view(control->type) : "");
            string("text", answer.is_text ? std::string_view(answer.text) : "");
            string("value", answer.json);
            text += '}';
            separator = ",";
        }
        text += "],\"result\":";
        postil_value_t result = postil_object_get(annotation, task_keys_.result);
        if (result.node) {
            data_.clear();
            json_.append(data_, result, error);
            append_json_string(text, data_);
        } else {
            text += "null";
        }
        text += "}\n";
    }

    void number(const char *name, postil_value_t value, postil_error_t *error) {
        file_.text() += ",\"";
        file_.text() += name;
        file_.text() += "\":";
        if (value.node) {
            json_.append(file_.text(), value, error);
        } else {
            file_.text() += "null";
        }
    }

    void string(const char *name, std::string_view value) {
        file_.text() += ",\"";
        file_.text() += name;
        file_.text() += "\":";
        append_json_string(file_.text(), value);
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    postil::Controls controls_;
    postil::TaskKeys task_keys_;
    postil::ItemKeys keys_;
    /// What `answers` leave out stands in `result`.
    postil::LossNotes unreported_;
    postil::Answers answers_;
    const postil_sinks_t *sinks_;
    const uint32_t *cancel_;
    postil::JSONText json_;
    postil::SinkFile file_;
    std::string title_, data_;
    postil::Items items_;
    int64_t task_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(HuggingFaceExporter, "org.postil.hugging-face", "1.0.0", "HUGGING_FACE")
