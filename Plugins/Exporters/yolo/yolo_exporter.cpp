// YOLO text labels (https://docs.ultralytics.com/datasets/detect/): one file an image with a line
// `class x y width height` for each box and `class x1 y1 x2 y2 …` for each polygon, as fractions of
// the image. Beside them classes.txt and notes.json. YOLO_OBB writes the four corners of each box
// instead. With key points in the config each box carries its own: `x y visible` for each label.
//
// The number of a class is its line in classes.txt, which is what trainers read.

#include "yolo_writer.hpp"

#include "image_files.hpp"
#include "plugin_entry.hpp"
#include "sink_file.hpp"

namespace {

using postil::view;

class YOLOExporter {
public:
    YOLOExporter(const postil_exporter_open_t &arguments, postil_error_t *)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          has_images_(ends_with(view(arguments.name), "_WITH_IMAGES")),
          takes_oldest_(context_.setting("annotation") == "oldest"), task_keys_(arguments.keys),
          writer_(arguments, context_, losses_), images_(arguments, has_images_, losses_),
          sinks_(arguments.sinks), cancel_(arguments.cancel), created_at_(context_.created_at()) {
        std::string key = writer_.controls().data_key("Image", "image");
        image_key_ = postil_key(arguments.keys, key.c_str());
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            task_ = postil_batch_root(tasks, i)->task_id;
            write_task(postil_batch_value(tasks, i), error);
        }
    }

    void finish(postil_error_t *error) {
        postil::SinkFile classes(sinks_);
        classes.open("classes.txt", "text/plain", error);
        postil::SinkFile notes(sinks_);
        notes.open("notes.json", "application/json", error);
        writer_.write_classes(classes.text());
        writer_.write_notes(notes.text(), postil::year_of(created_at_));
        classes.close(error);
        notes.close(error);
        losses_.report();
    }

private:
    static bool ends_with(std::string_view text, std::string_view end) {
        return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
    }

    void write_task(postil_value_t task, postil_error_t *error) {
        items_.read(task_keys_, task, rules_, losses_, task_);
        if (items_.annotations.empty() && !items_.is_empty) {
            return;
        }
        std::string_view address = postil::image_address(
            postil_object_get(postil_object_get(task, task_keys_.data), image_key_));
        image_size_t size = {0, 0, 0};
        // Labels without their image are no use to a trainer.
        if (!images_.take(address, task_, &size, error)) {
            return;
        }
        std::string stem = postil::image_stem(address);
        if (!stems_.insert(stem).second) {
            return losses_.note("image_repeated",
                                "Another task had the same image; only the first one was written.",
                                task_);
        }
        postil::SinkFile file(sinks_);
        file.open("labels/" + stem + ".txt", "text/plain", error);
        if (!items_.annotations.empty()) {
            losses_.note("one_annotation_per_image",
                         "YOLO has one file an image; the setting `annotation` chose which "
                         "annotation it holds.",
                         task_, items_.annotations.size() - 1);
            writer_.write(file.text(),
                          takes_oldest_ ? items_.annotations.back() : items_.annotations.front(),
                          task_);
        }
        file.close(error);
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    bool has_images_, takes_oldest_;
    postil::TaskKeys task_keys_;
    yolo::Writer writer_;
    postil::ImageFiles images_;
    const postil_sinks_t *sinks_;
    const uint32_t *cancel_;
    std::string created_at_;
    uint32_t image_key_ = 0;
    std::unordered_set<std::string> stems_;
    postil::Items items_;
    int64_t task_ = 0;
};

} // namespace

POSTIL_EXPORTERS_PLUGIN("org.postil.yolo", "1.1.0", {"YOLO", &postil::exporter_table<YOLOExporter>},
                        {"YOLO_WITH_IMAGES", &postil::exporter_table<YOLOExporter>},
                        {"YOLO_OBB", &postil::exporter_table<YOLOExporter>},
                        {"YOLO_OBB_WITH_IMAGES", &postil::exporter_table<YOLOExporter>})
