// JSON_MIN by the rules of Label Studio's converter: one flat object for each annotation, with the
// task's data, the answer to each control, and who gave it when.

#include "answers.hpp"
#include "item_fields.hpp"
#include "plugin_entry.hpp"
#include "sink_file.hpp"

namespace {

using postil::view;

class JSONMinExporter {
public:
    JSONMinExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          controls_(context_.root), task_keys_(arguments.keys), keys_(arguments.keys),
          answers_(arguments.keys, controls_, losses_), cancel_(arguments.cancel),
          json_(postil::plugin_host), file_(arguments.sinks) {
        file_.open("result.json", "application/json", error);
        file_.text() += "[";
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
        file_.text() += "]\n";
        file_.close(error);
        losses_.report();
    }

private:
    void write(postil_value_t task, postil_value_t annotation, postil_error_t *error) {
        std::string &text = file_.text();
        const std::vector<postil::Answer> &answers = answers_.read(annotation, task_, error);
        text += is_first_ ? "\n{" : ",\n{";
        is_first_ = false;
        begins_ = true;
        postil_walk_t data = postil_children(postil_object_get(task, task_keys_.data));
        postil_member_t field;
        while (postil_walk_member(&data, &field)) {
            // What follows has the name; the data is in the way.
            if (is_fixed(view(field.name)) || is_answered(answers, view(field.name))) {
                losses_.note("data_field_hidden",
                             "Data fields with the name of a control, or of a field that every "
                             "entry has, were left out.",
                             task_);
            } else {
                member(view(field.name), field.value, error);
            }
        }
        member("id", postil_object_get(task, keys_.id), error);
        for (const postil::Answer &answer : answers) {
            if (!is_fixed(answer.name)) {
                name(answer.name);
                text += answer.json;
            }
        }
        write_annotator(annotation, error);
        member("annotation_id", postil_object_get(annotation, keys_.id), error);
        member("created_at", postil_object_get(annotation, keys_.created_at), error);
        member("updated_at", postil_object_get(annotation, keys_.updated_at), error);
        member("lead_time", postil_object_get(annotation, keys_.lead_time), error);
        postil_value_t agreement = postil_object_get(task, keys_.agreement);
        if (agreement.node) {
            member("agreement", agreement, error);
        }
        text += '}';
    }

    void write_annotator(postil_value_t annotation, postil_error_t *error) {
        postil_value_t person = postil_object_get(annotation, keys_.completed_by);
        if (postil_value_is(person, POSTIL_KIND_OBJECT)) {
            person = postil_object_get(person, keys_.email);
        }
        member("annotator", person, error);
    }

    void name(std::string_view name) {
        std::string &text = file_.text();
        text += begins_ ? "" : ",";
        begins_ = false;
        postil::append_json_string(text, name);
        text += ':';
    }

    void member(std::string_view field, postil_value_t value, postil_error_t *error) {
        name(field);
        if (value.node) {
            json_.append(file_.text(), value, error);
        } else {
            file_.text() += "null";
        }
    }

    static bool is_fixed(std::string_view name) {
        for (const char *fixed :
             {"annotator", "annotation_id", "created_at", "updated_at", "lead_time"}) {
            if (name == fixed) {
                return true;
            }
        }
        return false;
    }

    static bool is_answered(const std::vector<postil::Answer> &answers, std::string_view name) {
        for (const postil::Answer &answer : answers) {
            if (answer.name == name) {
                return true;
            }
        }
        return name == "id";
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    postil::Controls controls_;
    postil::TaskKeys task_keys_;
    postil::ItemKeys keys_;
    postil::Answers answers_;
    const uint32_t *cancel_;
    postil::JSONText json_;
    postil::SinkFile file_;
    postil::Items items_;
    bool is_first_ = true, begins_ = true;
    int64_t task_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(JSONMinExporter, "org.postil.json-min", "1.0.0", "JSON_MIN")
