// The lines of one label file.
#pragma once

#include "categories.hpp"
#include "image_region.hpp"
#include "instances.hpp"
#include "region_checks.hpp"
#include "results.hpp"

#include <string>

namespace yolo {

using postil::append_number;
using postil::ImageRegion;

class Writer {
public:
    Writer(const postil_exporter_open_t &arguments, const postil::ExportContext &context,
           postil::LossNotes &losses)
        : losses_(losses), controls_(context.root), key_points_(context.root),
          categories_(context.root), region_keys_(arguments.keys), labeled_(arguments.keys),
          results_(arguments.keys, controls_, losses),
          is_oriented_(postil::view(arguments.name).substr(0, 8) == "YOLO_OBB") {
        has_key_points_ = key_points_.is_used() && !is_oriented_;
        if (has_key_points_) {
            categories_.keep_labels_of(controls_, "RectangleLabels");
        }
    }

    const postil::Controls &controls() const { return controls_; }

    void write(std::string &text, postil_value_t annotation, int64_t task) {
        task_ = task;
        labeled_.begin();
        instances_.begin();
        const std::vector<postil::Result> &results = results_.read(annotation, task);
        if (has_key_points_) {
            gather_key_points(results);
        }
        for (const postil::Result &result : results) {
            region_.read(region_keys_, result.result);
            if (check(results)) {
                write_region(text);
            }
        }
        for (const postil::Instance &instance : instances_.list()) {
            if (!is_written(instance.parent)) {
                losses_.note("key_point_without_box",
                             "YOLO key points belong to a box; those without one were left out.",
                             task_);
            }
        }
        written_.clear();
    }

    void write_classes(std::string &text) const {
        for (const auto &category : categories_.list()) {
            text += postil::safe_line(category.name);
            text += '\n';
        }
    }

    void write_notes(std::string &text, const std::string &year) const {
        text += "{\"categories\":[";
        int64_t line = 0;
        for (const auto &category : categories_.list()) {
            text += line == 0 ? "{\"id\":" : ",{\"id\":";
            append_number(text, line++);
            text += ",\"name\":";
            postil::append_json_string(text, category.name);
            if (has_key_points_) {
                text += ",\"keypoints\":";
                postil::append_json_strings(text, key_points_.order());
            }
            text += '}';
        }
        text +=
            "],\"info\":{\"year\":" + year + ",\"version\":\"1.0\",\"contributor\":\"Postil\"}}\n";
    }

private:
    /// Key points stand beside their box, wherever the two are among the results.
    void gather_key_points(const std::vector<postil::Result> &results) {
        for (const postil::Result &result : results) {
            region_.read(region_keys_, result.result);
            if (region_.shape == ImageRegion::Shape::key_point) {
                // Fractions of the image, so its size is of no matter.
                region_.image_width = region_.image_height = 1;
                instances_.take(key_points_, region_, losses_, task_);
            }
        }
    }

    bool check(const std::vector<postil::Result> &results) {
        switch (region_.shape) {
        case ImageRegion::Shape::none:
            losses_.note("answer_not_supported",
                         "YOLO holds regions of images; choices, texts, ratings and the like were "
                         "left out.",
                         task_);
            return false;
        case ImageRegion::Shape::rectangle:
            break;
        case ImageRegion::Shape::polygon:
            if (has_key_points_) {
                return lose_shape();
            }
            break;
        case ImageRegion::Shape::key_point:
            return has_key_points_ ? false : lose_shape();
        default:
            return lose_shape();
        }
        if (!postil::has_label(region_, results, labeled_, losses_, task_)) {
            return false;
        }
        bool is_box = region_.shape == ImageRegion::Shape::rectangle;
        if (is_box && is_oriented_ && !region_.has_size()) {
            losses_.note("image_size_unknown",
                         "Turned boxes need original_width and original_height; those without "
                         "were left out.",
                         task_);
            return false;
        }
        if (is_box && !is_oriented_ && region_.rotation != 0) {
            losses_.note("rotation_dropped",
                         "YOLO boxes are upright; the rotation of boxes was left out. YOLO_OBB "
                         "keeps it.",
                         task_);
        }
        return true;
    }

    bool lose_shape() {
        losses_.note("shape_not_supported",
                     "YOLO holds boxes and polygons, and key points of boxes; other regions were "
                     "left out.",
                     task_);
        return false;
    }

    void write_region(std::string &text) {
        size_t count = region_.labels.size();
        if (has_key_points_ && count > 1) {
            losses_.note("further_labels_dropped",
                         "A box with key points has one class; further labels were left out.",
                         task_, count - 1);
            count = 1;
        }
        for (size_t i = 0; i < count; i++) {
            append_number(text, static_cast<int64_t>(categories_.place(region_.labels[i])));
            write_shape(text);
            text += '\n';
        }
    }

    void write_shape(std::string &text) {
        auto fraction = [&](double value) {
            text += ' ';
            append_number(text, value);
        };
        if (region_.shape == ImageRegion::Shape::polygon) {
            for (postil::Point point : region_.points) {
                fraction(point.x / 100);
                fraction(point.y / 100);
            }
            return;
        }
        if (is_oriented_) {
            for (postil::Point corner : region_.outline()) {
                fraction(corner.x / region_.image_width);
                fraction(corner.y / region_.image_height);
            }
            return;
        }
        fraction((region_.x + region_.width / 2) / 100);
        fraction((region_.y + region_.height / 2) / 100);
        fraction(region_.width / 100);
        fraction(region_.height / 100);
        if (has_key_points_) {
            write_key_points(text);
        }
    }

    void write_key_points(std::string &text) {
        const postil::Instance *mine = nullptr;
        for (const postil::Instance &instance : instances_.list()) {
            if (!region_.id.empty() && instance.parent == region_.id) {
                mine = &instance;
                written_.push_back(region_.id);
            }
        }
        for (size_t i = 0; i < key_points_.order().size(); i++) {
            if (mine && mine->points[i].is_there) {
                text += ' ';
                append_number(text, mine->points[i].x);
                text += ' ';
                append_number(text, mine->points[i].y);
                text += " 2";
            } else {
                text += " 0.0 0.0 0";
            }
        }
    }

    bool is_written(std::string_view id) const {
        return std::find(written_.begin(), written_.end(), id) != written_.end();
    }

    postil::LossNotes &losses_;
    postil::Controls controls_;
    postil::KeyPointOrder key_points_;
    postil::Categories categories_;
    postil::RegionKeys region_keys_;
    postil::LabeledIDs labeled_;
    postil::Results results_;
    bool is_oriented_, has_key_points_ = false;
    postil::Instances instances_;
    std::vector<std::string_view> written_; ///< Boxes whose key points are written.
    ImageRegion region_;
    int64_t task_ = 0;
};

} // namespace yolo
