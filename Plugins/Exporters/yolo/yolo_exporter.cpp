// YOLO text labels (https://docs.ultralytics.com/datasets/detect/): one file an image with a line
// `class x y width height` for each box and `class x1 y1 x2 y2 …` for each polygon, as fractions of
// the image. Beside them classes.txt and notes.json.
//
// The number of a class is its line in classes.txt, which is what trainers read.

#include "image_context.hpp"
#include "image_name.hpp"
#include "image_region.hpp"
#include "items.hpp"
#include "plugin_entry.hpp"
#include "sink_file.hpp"

#include <unordered_set>

namespace {

using postil::append_number;
using postil::ImageRegion;

class YOLOExporter {
public:
    YOLOExporter(const postil_exporter_open_t &arguments, postil_error_t *)
        : task_keys_(arguments.keys), region_keys_(arguments.keys), sinks_(arguments.sinks),
          losses_(arguments.losses), cancel_(arguments.cancel),
          categories_(postil_batch_value(arguments.context_borrowed, 0)) {
        postil_value_t context = postil_batch_value(arguments.context_borrowed, 0);
        std::string key = postil::image_key(context);
        image_key_ = arguments.keys->intern(
            arguments.keys->context, {reinterpret_cast<const uint8_t *>(key.data()), key.size()});
        created_at_ = postil::view(postil_value_text(
            postil_object_named(postil_object_named(context, "export"), "created_at")));
        takes_oldest_ =
            postil_bytes_are(postil_value_text(postil_object_named(
                                 postil_object_named(context, "settings"), "annotation")),
                             "oldest");
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
        notes.text() += "{\"categories\":[";
        int64_t line = 0;
        for (const auto &category : categories_.list()) {
            classes.text() += category.name + "\n";
            notes.text() += line == 0 ? "{\"id\":" : ",{\"id\":";
            append_number(notes.text(), line++);
            notes.text() += ",\"name\":";
            postil::append_json_string(notes.text(), category.name);
            notes.text() += '}';
        }
        std::string year = created_at_.substr(0, 4);
        notes.text() += "],\"info\":{\"year\":" + (year.empty() ? "0" : year) +
                        ",\"version\":\"1.0\",\"contributor\":\"Postil\"}}\n";
        classes.close(error);
        notes.close(error);
        for (const Loss &loss : losses_seen_) {
            if (loss.count > 0) {
                postil_report_loss(losses_, loss.example, loss.count, loss.code, loss.message);
            }
        }
    }

private:
    struct Loss {
        const char *code, *message;
        uint64_t count = 0;
        int64_t example = 0;
    };
    enum { rotation, shape, label, other_annotations, same_image };

    void note(size_t which, uint64_t count = 1) {
        Loss &loss = losses_seen_[which];
        loss.example = loss.count == 0 ? task_ : loss.example;
        loss.count += count;
    }

    void write_task(postil_value_t task, postil_error_t *error) {
        items_.read(task_keys_, task);
        if (items_.annotations.empty() && items_.had_annotations) {
            return;
        }
        std::string stem = postil::image_stem(postil::view(postil_value_text(
            postil_object_get(postil_object_get(task, task_keys_.data), image_key_))));
        if (!stems_.insert(stem).second) {
            return note(same_image);
        }
        postil::SinkFile file(sinks_);
        file.open("labels/" + stem + ".txt", "text/plain", error);
        if (!items_.annotations.empty()) {
            if (items_.annotations.size() > 1) {
                note(other_annotations, items_.annotations.size() - 1);
            }
            write_annotation(file.text(), takes_oldest_ ? items_.annotations.back()
                                                        : items_.annotations.front());
        }
        file.close(error);
    }

    void write_annotation(std::string &text, postil_value_t annotation) {
        postil_walk_t walk = postil_children(postil_object_get(annotation, task_keys_.result));
        postil_value_t result;
        while (postil_walk_element(&walk, &result)) {
            region_.read(region_keys_, result);
            if (region_.shape == ImageRegion::Shape::none) {
                continue;
            }
            if (region_.shape == ImageRegion::Shape::unsupported) {
                note(shape);
                continue;
            }
            if (region_.labels.empty()) {
                note(label);
                continue;
            }
            if (region_.shape == ImageRegion::Shape::rectangle && region_.rotation != 0) {
                note(rotation);
            }
            for (std::string_view name : region_.labels) {
                append_number(text, static_cast<int64_t>(categories_.place(name)));
                write_shape(text);
                text += '\n';
            }
        }
    }

    void write_shape(std::string &text) {
        auto fraction = [&](double percent) {
            text += ' ';
            append_number(text, percent / 100);
        };
        if (region_.shape == ImageRegion::Shape::rectangle) {
            fraction(region_.x + region_.width / 2);
            fraction(region_.y + region_.height / 2);
            fraction(region_.width);
            fraction(region_.height);
            return;
        }
        for (postil::Point point : region_.points) {
            fraction(point.x);
            fraction(point.y);
        }
    }

    postil::TaskKeys task_keys_;
    postil::RegionKeys region_keys_;
    const postil_sinks_t *sinks_;
    const postil_losses_t *losses_;
    const uint32_t *cancel_;
    postil::Categories categories_;
    uint32_t image_key_ = 0;
    std::string created_at_;
    bool takes_oldest_ = false;
    std::unordered_set<std::string> stems_;
    postil::Items items_;
    ImageRegion region_;
    int64_t task_ = 0;
    Loss losses_seen_[5] = {
        {"rotation_dropped", "YOLO boxes are upright; the rotation of boxes was left out."},
        {"shape_not_supported", "YOLO holds boxes and polygons; other regions were left out."},
        {"region_without_label", "YOLO needs a class; regions without a label were left out."},
        {"one_annotation_per_image",
         "YOLO has one file an image; the setting `annotation` chose which annotation it holds."},
        {"image_repeated", "Another task had the same image; only the first one was written."},
    };
};

} // namespace

POSTIL_EXPORTER_PLUGIN(YOLOExporter, "org.postil.yolo", "1.0.0", "YOLO")
