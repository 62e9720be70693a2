// Labelbox's export NDJSON (https://docs.labelbox.com/reference/label-export): one line a task with
// its data row, and a label for each annotation with objects and classifications.

#include "labelbox_label.hpp"

#include "image_files.hpp"
#include "sink_file.hpp"

namespace {

using postil::append_json_string;
using postil::append_number;

class LabelboxExporter {
public:
    LabelboxExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          controls_(context_.root), task_keys_(arguments.keys),
          label_(arguments.keys, controls_, losses_), cancel_(arguments.cancel),
          file_(arguments.sinks), project_(context_.project_id()),
          title_(context_.project_title()) {
        data_key_ = postil_key(arguments.keys, controls_.data_key("", "image").c_str());
        file_.open("result.ndjson", "application/x-ndjson", error);
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            write_task(postil_batch_root(tasks, i)->task_id, postil_batch_value(tasks, i));
            file_.flush_if_large(error);
        }
    }

    void finish(postil_error_t *error) {
        file_.close(error);
        losses_.report();
    }

private:
    void write_task(int64_t id, postil_value_t task) {
        items_.read(task_keys_, task, rules_, losses_, id);
        if (items_.annotations.empty() && !items_.is_empty) {
            return;
        }
        std::string_view address = postil::image_address(
            postil_object_get(postil_object_get(task, task_keys_.data), data_key_));
        std::string labels;
        label_.begin(id);
        for (postil_value_t annotation : items_.annotations) {
            labels += labels.empty() ? "" : ",";
            label_.append(labels, annotation);
        }
        std::string &text = file_.text();
        text += "{\"data_row\":{\"id\":\"" + std::to_string(id) + "\",\"global_key\":\"" +
                std::to_string(id) + "\",\"external_id\":";
        append_json_string(text, address.substr(address.find_last_of('/') + 1));
        text += ",\"row_data\":";
        append_json_string(text, address);
        text += "},\"media_attributes\":{";
        if (label_.width() > 0) {
            text += "\"height\":";
            append_number(text, static_cast<int64_t>(label_.height()));
            text += ",\"width\":";
            append_number(text, static_cast<int64_t>(label_.width()));
        }
        text += "},\"projects\":{\"" + std::to_string(project_) + "\":{\"name\":";
        append_json_string(text, title_);
        text += ",\"labels\":[" + labels + "]}}}\n";
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    postil::Controls controls_;
    postil::TaskKeys task_keys_;
    labelbox::Label label_;
    const uint32_t *cancel_;
    postil::SinkFile file_;
    int64_t project_;
    std::string title_;
    uint32_t data_key_ = 0;
    postil::Items items_;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(LabelboxExporter, "org.postil.labelbox", "1.0.0", "LABELBOX")
