// CSV by the rules of Label Studio's converter: one row for each annotation, a column for each data
// field and each control in use, sorted by name; numbers bare, everything else in quotes.

#include "csv_table.hpp"

#include "items.hpp"
#include "json_text.hpp"
#include "plugin_entry.hpp"
#include "sink_file.hpp"

namespace {

using csv::Origin;
using csv::Table;
using postil::view;

class CSVExporter {
public:
    CSVExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : task_keys_(arguments.keys), value_(postil_key(arguments.keys, "value")),
          from_name_(postil_key(arguments.keys, "from_name")),
          completed_by_(postil_key(arguments.keys, "completed_by")),
          original_width_(postil_key(arguments.keys, "original_width")),
          original_height_(postil_key(arguments.keys, "original_height")),
          id_(postil_key(arguments.keys, "id")),
          updated_at_(postil_key(arguments.keys, "updated_at")),
          lead_time_(postil_key(arguments.keys, "lead_time")), cancel_(arguments.cancel),
          json_(postil::plugin_host), table_(separator(arguments)), file_(arguments.sinks) {
        postil_value_t context = postil_batch_value(arguments.context_borrowed, 0);
        postil_walk_t walk = postil_children(postil_object_named(context, "parsed_label_config"));
        postil_member_t control;
        while (postil_walk_member(&walk, &control)) {
            std::string_view type =
                view(postil_value_text(postil_object_named(control.value, "type")));
            controls_[std::string(view(control.name))] =
                Control{std::string(type), {}, 0, {}, false};
        }
        file_.open("result.csv", "text/csv", error);
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            postil_value_t task = postil_batch_value(tasks, i);
            items_.read(task_keys_, task);
            if (items_.annotations.empty() && !items_.had_annotations) {
                write_row(task, postil_value_make(tasks, nullptr), error);
            }
            for (postil_value_t annotation : items_.annotations) {
                write_row(task, annotation, error);
            }
            if (!table_.is_settled() && table_.held_bytes() > held_bytes_limit) {
                table_.settle(file_.text(), true);
            }
            file_.flush_if_large(error);
        }
    }

    void finish(postil_error_t *error) {
        if (!table_.is_settled()) {
            table_.settle(file_.text(), false);
        }
        file_.close(error);
    }

private:
    /// What one control says in the row in the making: its values as JSON, one after another.
    struct Control {
        std::string type;
        std::string values;
        size_t count = 0;
        std::string only_text; ///< The one text of Choices and TextArea, if that is all there is.
        bool is_text = false;
    };

    static constexpr size_t held_bytes_limit = 64 * 1024 * 1024;

    static char separator(const postil_exporter_open_t &arguments) {
        postil_value_t context = postil_batch_value(arguments.context_borrowed, 0);
        postil_bytes_t name = postil_value_text(
            postil_object_named(postil_object_named(context, "settings"), "separator"));
        return postil_bytes_are(name, "tab")         ? '\t'
               : postil_bytes_are(name, "semicolon") ? ';'
                                                     : ',';
    }

    void write_row(postil_value_t task, postil_value_t annotation, postil_error_t *error) {
        add(Origin::fixed, "id", postil_object_get(task, id_), error);
        add(Origin::fixed, "annotation_id", postil_object_get(annotation, id_), error);
        add_annotator(postil_object_get(annotation, completed_by_), error);
        add(Origin::fixed, "created_at", postil_object_get(annotation, task_keys_.created_at),
            error);
        add(Origin::fixed, "updated_at", postil_object_get(annotation, updated_at_), error);
        add(Origin::fixed, "lead_time", postil_object_get(annotation, lead_time_), error);
        postil_walk_t data = postil_children(postil_object_get(task, task_keys_.data));
        postil_member_t field;
        while (postil_walk_member(&data, &field)) {
            add(Origin::data, view(field.name), field.value, error);
        }
        postil_walk_t results = postil_children(postil_object_get(annotation, task_keys_.result));
        postil_value_t result;
        while (postil_walk_element(&results, &result)) {
            take(result, error);
        }
        for (auto &[name, control] : controls_) {
            add_control(name, control);
        }
        table_.end_row(file_.text());
    }

    /// Gathers one result under its control. Relations and unknown controls have no column.
    void take(postil_value_t result, postil_error_t *error) {
        auto found = controls_.find(view(postil_value_text(postil_object_get(result, from_name_))));
        postil_value_t value = postil_object_get(result, value_);
        if (found == controls_.end() || !postil_value_is(value, POSTIL_KIND_OBJECT)) {
            return;
        }
        Control &control = found->second;
        control.is_text = false;
        bool shortens = control.type == "Choices" || control.type == "TextArea";
        postil_value_t list =
            postil_object_named(value, control.type == "Choices" ? "choices" : "text");
        control.values += control.count++ == 0 ? "" : ",";
        if (shortens && postil_value_is(list, POSTIL_KIND_STRING)) {
            return append_text(control, list);
        }
        if (shortens && postil_value_is(list, POSTIL_KIND_ARRAY)) {
            if (postil_value_count(list) == 1 &&
                postil_value_is(postil_array_at(list, 0), POSTIL_KIND_STRING)) {
                return append_text(control, postil_array_at(list, 0));
            }
            control.values += control.type == "Choices" ? "{\"choices\":" : "{\"text\":";
            json_.append(control.values, list, error);
            control.values += '}';
            return;
        }
        json_.append(control.values, value, error);
        append_size(control, "original_width", postil_object_get(result, original_width_), error);
        append_size(control, "original_height", postil_object_get(result, original_height_), error);
    }

    static void append_text(Control &control, postil_value_t text) {
        control.only_text = view(postil_value_text(text));
        control.is_text = control.count == 1;
        postil::append_json_string(control.values, control.only_text);
    }

    void append_size(Control &control, const char *name, postil_value_t size,
                     postil_error_t *error) {
        if (size.node) {
            control.values.pop_back();
            control.values += control.values.back() == '{' ? "\"" : ",\"";
            control.values += name;
            control.values += "\":";
            json_.append(control.values, size, error);
            control.values += '}';
        }
    }

    void add_control(const std::string &name, Control &control) {
        if (control.count > 0) {
            bool unwraps =
                control.count == 1 && (control.type == "Choices" || control.type == "TextArea");
            std::string json = unwraps ? control.values : "[" + control.values + "]";
            cell_.clear();
            Table::append_quoted(cell_, control.is_text ? control.only_text : json);
            table_.add(Origin::control, name, cell_, json);
        }
        control.values.clear();
        control.count = 0;
        control.is_text = false;
    }

    void add_annotator(postil_value_t completed_by, postil_error_t *error) {
        postil_value_t email = postil_object_named(completed_by, "email");
        std::string text;
        if (email.node) {
            text = view(postil_value_text(email));
        } else {
            json_.append(text, completed_by, error);
        }
        cell_.clear();
        Table::append_quoted(cell_, text == "null" ? "" : text);
        table_.add(Origin::fixed, "annotator", cell_, cell_);
    }

    void add(Origin origin, std::string_view name, postil_value_t value, postil_error_t *error) {
        cell_.clear();
        json_text_.clear();
        json_.append(json_text_, value, error);
        switch (postil_value_kind(value)) {
        case POSTIL_KIND_MISSING:
        case POSTIL_KIND_NULL:
            cell_ = "\"\"";
            break;
        case POSTIL_KIND_I64:
        case POSTIL_KIND_U64:
        case POSTIL_KIND_F64:
        case POSTIL_KIND_NUMBER_TEXT:
            cell_ = json_text_;
            break;
        case POSTIL_KIND_BOOL:
            cell_ = json_text_ == "true" ? "\"True\"" : "\"False\"";
            break;
        case POSTIL_KIND_STRING:
            Table::append_quoted(cell_, view(postil_value_text(value)));
            break;
        default:
            Table::append_quoted(cell_, json_text_);
        }
        table_.add(origin, name, cell_, json_text_);
    }

    postil::TaskKeys task_keys_;
    uint32_t value_, from_name_, completed_by_, original_width_, original_height_, id_, updated_at_,
        lead_time_;
    const uint32_t *cancel_;
    postil::JSONText json_;
    std::map<std::string, Control, std::less<>> controls_;
    Table table_;
    postil::SinkFile file_;
    postil::Items items_;
    std::string cell_, json_text_;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(CSVExporter, "org.postil.csv", "1.0.0", "CSV")
