// COCO (https://cocodataset.org/#format-data), by the rules of Label Studio's converter: one image
// entry for each annotation of a task, boxes and polygons in pixels, key points of one instance
// together.
//
// Annotations are written as they come. Images and categories follow them, since both are known
// in full only at the end: the order of an object's members means nothing in JSON.

#include "categories.hpp"
#include "held_text.hpp"
#include "image_files.hpp"
#include "image_region.hpp"
#include "instances.hpp"
#include "items.hpp"
#include "plugin_entry.hpp"
#include "region_checks.hpp"
#include "results.hpp"
#include "sink_file.hpp"

namespace {

using postil::append_json_string;
using postil::append_number;
using postil::ImageRegion;
using postil::view;

class COCOExporter {
public:
    COCOExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          controls_(context_.root), key_points_(context_.root), categories_(context_.root),
          task_keys_(arguments.keys), region_keys_(arguments.keys), labeled_(arguments.keys),
          results_(arguments.keys, controls_, losses_),
          images_(arguments, view(arguments.name) == "COCO_WITH_IMAGES", losses_),
          cancel_(arguments.cancel), file_(arguments.sinks), created_at_(context_.created_at()) {
        std::string key = controls_.data_key("Image", "image");
        image_key_ = postil_key(arguments.keys, key.c_str());
        for (const std::string &label : key_points_.labels()) {
            categories_.remove(label);
        }
        if (key_points_.is_used()) {
            key_point_category_ = categories_.next_number();
        }
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
            write_task(postil_batch_value(tasks, i), error);
            file_.flush_if_large(error);
        }
    }

    void finish(postil_error_t *error) {
        std::string &text = file_.text();
        text += "],\"images\":[";
        images_written_.move_to(file_, error);
        text += "],\"categories\":[";
        const char *separator = "";
        for (const auto &category : categories_.list()) {
            text += separator;
            separator = ",";
            text += "{\"id\":";
            append_number(text, category.id);
            text += ",\"name\":";
            append_json_string(text, category.name);
            text += '}';
        }
        if (key_points_.is_used()) {
            text += separator;
            write_key_point_category(text);
        }
        text += "],\"info\":{\"year\":";
        text += postil::year_of(created_at_);
        text += ",\"version\":\"1.0\",\"description\":\"\",\"contributor\":\"Postil\",\"url\":\"\","
                "\"date_created\":";
        append_json_string(text, created_at_);
        text += "}}\n";
        file_.close(error);
        losses_.report();
    }

private:
    void write_task(postil_value_t task, postil_error_t *error) {
        items_.read(task_keys_, task, rules_, losses_, task_);
        std::string_view address = postil::image_address(
            postil_object_get(postil_object_get(task, task_keys_.data), image_key_));
        if (items_.annotations.empty() && !items_.is_empty) {
            return;
        }
        image_size_t size = {0, 0, 0};
        images_.take(address, task_, &size, error);
        if (items_.is_empty) {
            return write_image(address, size);
        }
        for (postil_value_t annotation : items_.annotations) {
            write_image(address, write_annotation(annotation, size));
        }
    }

    /// Gives the image's size: that of the file, else what the first region says.
    image_size_t write_annotation(postil_value_t annotation, image_size_t size) {
        bool is_sized = size.width > 0;
        instances_.begin();
        labeled_.begin();
        written_.clear();
        const std::vector<postil::Result> &results = results_.read(annotation, task_);
        for (const postil::Result &result : results) {
            region_.read(region_keys_, result.result);
            if (!is_sized && region_.has_size()) {
                is_sized = true;
                size.width = static_cast<uint32_t>(region_.image_width);
                size.height = static_cast<uint32_t>(region_.image_height);
            }
            if (check(results)) {
                write_region();
            }
        }
        for (const postil::Instance &instance : instances_.list()) {
            write_instance(instance);
        }
        return size;
    }

    void write_image(std::string_view address, image_size_t size) {
        std::string &text = images_written_.text();
        text += image_count_ == 0 ? "{\"width\":" : ",{\"width\":";
        append_size(text, size.width);
        text += ",\"height\":";
        append_size(text, size.height);
        text += ",\"id\":";
        append_number(text, image_count_++);
        text += ",\"file_name\":";
        append_json_string(text, "images/" + postil::image_name(address));
        text += '}';
    }

    static void append_size(std::string &text, uint32_t size) {
        if (size > 0) {
            append_number(text, static_cast<int64_t>(size));
        } else {
            text += "null";
        }
    }

    /// Whether the region can be written; what cannot is counted.
    bool check(const std::vector<postil::Result> &results) {
        switch (region_.shape) {
        case ImageRegion::Shape::none:
            losses_.note("answer_not_supported",
                         "COCO holds regions of images; choices, texts, ratings and the like were "
                         "left out.",
                         task_);
            return false;
        case ImageRegion::Shape::rectangle:
        case ImageRegion::Shape::polygon:
        case ImageRegion::Shape::key_point:
            break;
        default:
            losses_.note("shape_not_supported",
                         "COCO holds boxes, polygons and key points; other regions were left out. "
                         "Masks are in the format BRUSH_TO_COCO.",
                         task_);
            return false;
        }
        if (!postil::has_label(region_, results, labeled_, losses_, task_)) {
            return false;
        }
        if (!postil::has_place(region_, losses_, task_)) {
            return false;
        }
        return true;
    }

    void write_region() {
        if (region_.labels.size() > 1) {
            losses_.note("further_labels_dropped",
                         "COCO has one category a region; further labels were left out.", task_,
                         region_.labels.size() - 1);
        }
        if (region_.shape == ImageRegion::Shape::key_point) {
            return instances_.take(key_points_, region_, losses_, task_);
        }
        if (is_outside()) {
            return losses_.note("region_outside_image",
                                "Turned boxes that lie outside their image were left out.", task_);
        }
        std::string &text = file_.text();
        size_t category = categories_.place(region_.labels.front());
        written_.emplace(region_.id, annotation_count_);
        begin_annotation(text, categories_.list()[category].id);
        text += ",\"segmentation\":[";
        write_shape(text);
        text += '}';
    }

    bool is_turned() const {
        return region_.shape == ImageRegion::Shape::rectangle && region_.rotation != 0;
    }

    /// A box can be turned out of its image, though its corner lies inside.
    bool is_outside() const {
        postil::Bounds bounds = is_turned() ? bounds_inside() : postil::Bounds{0, 0, 1, 1};
        return bounds.width <= 0 || bounds.height <= 0;
    }

    /// The upright box around the region, as far as it lies in the image.
    postil::Bounds bounds_inside() const {
        postil::Bounds bounds = postil::Bounds::of(region_.outline());
        double right = std::min(bounds.x + bounds.width, region_.image_width);
        double bottom = std::min(bounds.y + bounds.height, region_.image_height);
        double left = std::max(bounds.x, 0.0), top = std::max(bounds.y, 0.0);
        return {left, top, right - left, bottom - top};
    }

    void begin_annotation(std::string &text, int64_t category) {
        text += annotation_count_ == 0 ? "{\"id\":" : ",{\"id\":";
        append_number(text, annotation_count_++);
        text += ",\"image_id\":";
        append_number(text, image_count_);
        text += ",\"category_id\":";
        append_number(text, category);
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
        if (is_box) {
            losses_.note("rotation_dropped",
                         "COCO boxes are upright; a turned box is written as the box around it.",
                         task_);
            postil::Bounds bounds = bounds_inside();
            return write_bounds(text, bounds, bounds.width * bounds.height);
        }
        postil::Bounds bounds = postil::Bounds::of(outline);
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

    /// Key points in whole pixels; the box around those that are there, and its area, which
    /// evaluations of key points ask for.
    void write_instance(const postil::Instance &instance) {
        std::string &text = file_.text();
        begin_annotation(text, key_point_category_);
        text += ",\"keypoints\":";
        char separator = '[';
        int64_t count = 0, left = 0, top = 0, right = 0, bottom = 0;
        for (const auto &point : instance.points) {
            int64_t x = point.is_there ? static_cast<int64_t>(std::nearbyint(point.x)) : 0;
            int64_t y = point.is_there ? static_cast<int64_t>(std::nearbyint(point.y)) : 0;
            text += separator;
            append_number(text, x);
            text += ',';
            append_number(text, y);
            text += point.is_there ? ",2" : ",0";
            separator = ',';
            if (point.is_there) {
                left = count == 0 ? x : std::min(left, x);
                top = count == 0 ? y : std::min(top, y);
                right = count == 0 ? x : std::max(right, x);
                bottom = count == 0 ? y : std::max(bottom, y);
                count++;
            }
        }
        text += "],\"num_keypoints\":";
        append_number(text, count);
        text += ",\"bbox\":[";
        append_number(text, left);
        text += ',';
        append_number(text, top);
        text += ',';
        append_number(text, right - left);
        text += ',';
        append_number(text, bottom - top);
        text += "],\"iscrowd\":0,\"area\":";
        append_number(text, (right - left) * (bottom - top));
        auto parent = written_.find(instance.parent);
        // Where several are there, nobody could tell whose points these are.
        if (parent != written_.end() && (written_.size() > 1 || instances_.list().size() > 1)) {
            text += ",\"parent_id\":";
            append_number(text, parent->second);
        }
        text += '}';
    }

    void write_key_point_category(std::string &text) {
        text += "{\"id\":";
        append_number(text, key_point_category_);
        text += ",\"name\":\"default\",\"supercategory\":\"default\",\"keypoints\":[";
        const char *separator = "";
        for (const std::string &label : key_points_.order()) {
            text += separator;
            append_json_string(text, label);
            separator = ",";
        }
        text += "],\"skeleton\":[]}";
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    postil::Controls controls_;
    postil::KeyPointOrder key_points_;
    postil::Categories categories_;
    postil::TaskKeys task_keys_;
    postil::RegionKeys region_keys_;
    postil::LabeledIDs labeled_;
    postil::Results results_;
    postil::ImageFiles images_;
    const uint32_t *cancel_;
    postil::SinkFile file_;
    std::string created_at_;
    postil::HeldText images_written_;
    uint32_t image_key_ = 0;
    postil::Items items_;
    postil::Instances instances_;
    std::map<std::string_view, int64_t> written_; ///< Ids of boxes and polygons of one annotation.
    ImageRegion region_;
    int64_t task_ = 0, image_count_ = 0, annotation_count_ = 0, key_point_category_ = 0;
};

} // namespace

POSTIL_EXPORTERS_PLUGIN("org.postil.coco", "1.1.0", {"COCO", &postil::exporter_table<COCOExporter>},
                        {"COCO_WITH_IMAGES", &postil::exporter_table<COCOExporter>})
