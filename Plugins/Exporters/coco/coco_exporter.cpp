// COCO (https://cocodataset.org/#format-data), by the rules of Label Studio's converter: one image
// entry for each annotation of a task, boxes and polygons in pixels.
//
// Annotations are written as they come. Images and categories follow them, since both are known
// in full only at the end: the order of an object's members means nothing in JSON.

#include "image_context.hpp"
#include "image_name.hpp"
#include "image_region.hpp"
#include "items.hpp"
#include "plugin_entry.hpp"
#include "sink_file.hpp"

namespace {

using postil::append_json_string;
using postil::append_number;
using postil::ImageRegion;

class COCOExporter {
public:
    COCOExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : task_keys_(arguments.keys), region_keys_(arguments.keys), losses_(arguments.losses),
          cancel_(arguments.cancel), file_(arguments.sinks),
          categories_(postil_batch_value(arguments.context_borrowed, 0)) {
        postil_value_t context = postil_batch_value(arguments.context_borrowed, 0);
        std::string key = postil::image_key(context);
        image_key_ = arguments.keys->intern(
            arguments.keys->context, {reinterpret_cast<const uint8_t *>(key.data()), key.size()});
        postil_value_t created =
            postil_object_named(postil_object_named(context, "export"), "created_at");
        created_at_ = postil::view(postil_value_text(created));
        file_.open("result.json", "application/json", error);
        file_.text() += "{\"annotations\":[";
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            task_ = postil_batch_root(tasks, i)->task_id;
            write_task(postil_batch_value(tasks, i));
            file_.flush_if_large(error);
        }
    }

    void finish(postil_error_t *error) {
        std::string &text = file_.text();
        text += "],\"images\":[";
        text += images_;
        text += "],\"categories\":[";
        for (const auto &category : categories_.list()) {
            text += &category == &categories_.list().front() ? "{\"id\":" : ",{\"id\":";
            append_number(text, category.id);
            text += ",\"name\":";
            append_json_string(text, category.name);
            text += '}';
        }
        text += "],\"info\":{\"year\":";
        std::string year = created_at_.substr(0, 4);
        text += year.empty() ? "0" : year;
        text += ",\"version\":\"1.0\",\"description\":\"\",\"contributor\":\"Postil\",\"url\":\"\","
                "\"date_created\":";
        append_json_string(text, created_at_);
        text += "}}\n";
        file_.close(error);
        if (unsupported_ > 0) {
            postil_report_loss(losses_, unsupported_example_, unsupported_, "shape_not_supported",
                               "COCO holds boxes and polygons; other regions were left out.");
        }
        if (unlabeled_ > 0) {
            postil_report_loss(losses_, unlabeled_example_, unlabeled_, "region_without_label",
                               "COCO needs a category; regions without a label were left out.");
        }
        if (unsized_ > 0) {
            postil_report_loss(losses_, unsized_example_, unsized_, "image_size_unknown",
                               "Regions without original_width and original_height have no "
                               "place in pixels; they were left out.");
        }
    }

private:
    void write_task(postil_value_t task) {
        items_.read(task_keys_, task);
        std::string_view address = postil::view(postil_value_text(
            postil_object_get(postil_object_get(task, task_keys_.data), image_key_)));
        if (items_.annotations.empty() && items_.had_annotations) {
            return;
        }
        if (items_.annotations.empty()) {
            write_image(address, {});
        }
        for (postil_value_t annotation : items_.annotations) {
            ImageRegion sized;
            postil_walk_t walk = postil_children(postil_object_get(annotation, task_keys_.result));
            postil_value_t result;
            while (postil_walk_element(&walk, &result)) {
                region_.read(region_keys_, result);
                if (!sized.has_size() && region_.has_size()) {
                    sized = region_;
                }
                write_region();
            }
            write_image(address, sized);
        }
    }

    void write_image(std::string_view address, const ImageRegion &sized) {
        images_ += image_count_ == 0 ? "{\"width\":" : ",{\"width\":";
        append_size(sized.has_size(), sized.image_width);
        images_ += ",\"height\":";
        append_size(sized.has_size(), sized.image_height);
        images_ += ",\"id\":";
        append_number(images_, image_count_++);
        images_ += ",\"file_name\":";
        append_json_string(images_, "images/" + postil::image_name(address));
        images_ += '}';
    }

    void append_size(bool is_known, double size) {
        if (is_known) {
            append_number(images_, static_cast<int64_t>(size));
        } else {
            images_ += "null";
        }
    }

    void write_region() {
        if (region_.shape == ImageRegion::Shape::none) {
            return;
        }
        if (region_.shape == ImageRegion::Shape::unsupported) {
            return note(unsupported_, unsupported_example_);
        }
        if (region_.labels.empty()) {
            return note(unlabeled_, unlabeled_example_);
        }
        if (!region_.has_size()) {
            return note(unsized_, unsized_example_);
        }
        size_t category = categories_.place(region_.labels.front());
        std::string &text = file_.text();
        text += annotation_count_ == 0 ? "{\"id\":" : ",{\"id\":";
        append_number(text, annotation_count_++);
        text += ",\"image_id\":";
        append_number(text, image_count_);
        text += ",\"category_id\":";
        append_number(text, categories_.list()[category].id);
        text += ",\"segmentation\":[";
        write_shape(text);
        text += '}';
    }

    void write_shape(std::string &text) {
        bool is_box = region_.shape == ImageRegion::Shape::rectangle;
        if (is_box && region_.rotation == 0) {
            double left = region_.x / 100 * region_.image_width;
            double top = region_.y / 100 * region_.image_height;
            double width = region_.width / 100 * region_.image_width;
            double height = region_.height / 100 * region_.image_height;
            return write_bounds(text, {left, top, width, height}, width * height);
        }
        std::vector<postil::Point> outline = region_.outline();
        postil::Bounds bounds = postil::Bounds::of(outline);
        if (is_box) {
            return write_bounds(text, bounds, bounds.width * bounds.height);
        }
        char separator = '[';
        for (postil::Point point : outline) {
            text += separator;
            append_number(text, point.x);
            text += ',';
            append_number(text, point.y);
            separator = ',';
        }
        text += ']';
        write_bounds(text, bounds, postil::ring_area(outline));
    }

    static void write_bounds(std::string &text, postil::Bounds bounds, double area) {
        text += "],\"bbox\":[";
        append_number(text, bounds.x);
        text += ',';
        append_number(text, bounds.y);
        text += ',';
        append_number(text, bounds.width);
        text += ',';
        append_number(text, bounds.height);
        text += "],\"ignore\":0,\"iscrowd\":0,\"area\":";
        append_number(text, area);
    }

    void note(uint64_t &count, int64_t &example) { example = count++ == 0 ? task_ : example; }

    postil::TaskKeys task_keys_;
    postil::RegionKeys region_keys_;
    const postil_losses_t *losses_;
    const uint32_t *cancel_;
    postil::SinkFile file_;
    postil::Categories categories_;
    uint32_t image_key_ = 0;
    std::string created_at_;
    std::string images_;
    postil::Items items_;
    ImageRegion region_;
    int64_t task_ = 0, image_count_ = 0, annotation_count_ = 0;
    uint64_t unsupported_ = 0, unlabeled_ = 0, unsized_ = 0;
    int64_t unsupported_example_ = 0, unlabeled_example_ = 0, unsized_example_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(COCOExporter, "org.postil.coco", "1.0.0", "COCO")
