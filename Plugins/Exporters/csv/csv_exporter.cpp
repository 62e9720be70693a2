// CSV and TSV by the rules of Label Studio's converter: one row for each annotation, a column for
// each data field and each control in use, sorted by name; numbers bare, everything else in quotes.

#include "csv_table.hpp"

#include "answers.hpp"
#include "item_fields.hpp"
#include "plugin_entry.hpp"
#include "sink_file.hpp"

namespace {

using csv::Origin;
using csv::Table;
using postil::view;

class CSVExporter {
public:
    CSVExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          controls_(context_.root), task_keys_(arguments.keys), keys_(arguments.keys),
          answers_(arguments.keys, controls_, losses_), cancel_(arguments.cancel),
          json_(postil::plugin_host), table_(separator(arguments)), file_(arguments.sinks) {
        bool is_tabbed = view(arguments.name) == "TSV";
        file_.open(is_tabbed ? "result.tsv" : "result.csv",
                   is_tabbed ? "text/tab-separated-values" : "text/csv", error);
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
                write_row(task, postil_value_make(tasks, nullptr), error);
            }
            for (postil_value_t annotation : items_.annotations) {
                write_row(task, annotation, error);
            }
            if (!table_.is_settled() && table_.held_bytes() > held_bytes_limit) {
                table_.settle(file_, true, error);
            }
        }
    }

    void finish(postil_error_t *error) {
        if (!table_.is_settled()) {
            table_.settle(file_, false, error);
        }
        file_.close(error);
        losses_.report();
    }

private:
    static constexpr size_t held_bytes_limit = 64 * 1024 * 1024;

    static char separator(const postil_exporter_open_t &arguments) {
        std::string_view name = postil::ExportContext(arguments).setting("separator");
        return view(arguments.name) == "TSV" || name == "tab" ? '\t'
               : name == "semicolon"                          ? ';'
                                                              : ',';
    }

    void write_row(postil_value_t task, postil_value_t annotation, postil_error_t *error) {
        add(Origin::fixed, "id", postil_object_get(task, keys_.id), error);
        add(Origin::fixed, "annotation_id", postil_object_get(annotation, keys_.id), error);
        add_text(Origin::fixed, "annotator", postil::annotator_text(keys_, annotation));
        add(Origin::fixed, "created_at", postil_object_get(annotation, keys_.created_at), error);
        add(Origin::fixed, "updated_at", postil_object_get(annotation, keys_.updated_at), error);
        add(Origin::fixed, "lead_time", postil_object_get(annotation, keys_.lead_time), error);
        add_if_there("agreement", postil_object_get(task, keys_.agreement), error);
        add_if_there("history", postil_object_get(annotation, keys_.history), error);
        postil_walk_t data = postil_children(postil_object_get(task, task_keys_.data));
        postil_member_t field;
        while (postil_walk_member(&data, &field)) {
            add(Origin::data, view(field.name), field.value, error);
        }
        for (const postil::Answer &answer : answers_.read(annotation, task_, error)) {
            cell_.clear();
            Table::append_quoted(cell_, answer.is_text ? answer.text : answer.json);
            table_.add(Origin::control, answer.name, cell_, answer.json);
            if (answer.is_chat) {
                add_text(Origin::fixed, std::string(answer.name) + "_transcript",
                         answer.transcript);
            }
        }
        table_.end_row(file_, error);
    }

    void add_if_there(std::string_view name, postil_value_t value, postil_error_t *error) {
        bool is_empty_list =
            postil_value_is(value, POSTIL_KIND_ARRAY) && !postil_value_count(value);
        if (value.node && !postil_value_is(value, POSTIL_KIND_NULL) && !is_empty_list) {
            add(Origin::fixed, name, value, error);
        }
    }

    void add_text(Origin origin, std::string_view name, std::string_view text) {
        cell_.clear();
        Table::append_quoted(cell_, text);
        json_text_.clear();
        postil::append_json_string(json_text_, text);
        table_.add(origin, name, cell_, json_text_);
    }

    void add(Origin origin, std::string_view name, postil_value_t value, postil_error_t *error) {
        cell_.clear();
        json_text_.clear();
        switch (postil_value_kind(value)) {
        case POSTIL_KIND_MISSING:
        case POSTIL_KIND_NULL:
            cell_ = "\"\"";
            json_text_ = "null";
            break;
        case POSTIL_KIND_I64:
            postil::append_number(cell_, static_cast<int64_t>(value.node->payload));
            json_text_ = cell_;
            break;
        case POSTIL_KIND_U64:
        case POSTIL_KIND_F64:
        case POSTIL_KIND_NUMBER_TEXT:
            json_.append(cell_, value, error);
            json_text_ = cell_;
            break;
        case POSTIL_KIND_BOOL:
            json_.append(json_text_, value, error);
            cell_ = json_text_ == "true" ? "\"True\"" : "\"False\"";
            break;
        case POSTIL_KIND_STRING:
            return add_text(origin, name, view(postil_value_text(value)));
        default:
            json_.append(json_text_, value, error);
            Table::append_quoted(cell_, json_text_);
        }
        table_.add(origin, name, cell_, json_text_);
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
    Table table_;
    postil::SinkFile file_;
    postil::Items items_;
    std::string cell_, json_text_;
    int64_t task_ = 0;
};

} // namespace

POSTIL_EXPORTERS_PLUGIN("org.postil.csv", "1.1.0", {"CSV", &postil::exporter_table<CSVExporter>},
                        {"TSV", &postil::exporter_table<CSVExporter>})
