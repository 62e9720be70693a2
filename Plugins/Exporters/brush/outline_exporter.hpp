// Masks as COCO segmentations, by the rules of Label Studio's converter: one annotation for each
// outer outline of a mask, categories numbered from 1 in the order of their first use.
#pragma once

#include "contours.hpp"
#include "image_files.hpp"
#include "image_region.hpp"
#include "item_fields.hpp"
#include "items.hpp"
#include "plugin_entry.hpp"
#include "region_checks.hpp"
#include "results.hpp"
#include "sink_file.hpp"

#include <map>

namespace brush {

using postil::append_json_string;
using postil::append_number;
using postil::ImageRegion;

class OutlineExporter {
public:
    OutlineExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          controls_(context_.root), task_keys_(arguments.keys), keys_(arguments.keys),
          region_keys_(arguments.keys), labeled_(arguments.keys),
          results_(arguments.keys, controls_, losses_), cancel_(arguments.cancel),
          file_(arguments.sinks), created_at_(context_.created_at()) {
        image_key_ = postil_key(arguments.keys, controls_.data_key("Image", "image").c_str());
        file_.open("result_coco.json", "application/json", error);
        file_.text() += "{\"annotations\":[";
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            task_ = postil_batch_root(tasks, i)->task_id;
            write_task(postil_batch_value(tasks, i), error);
        }
    }

    void finish(postil_error_t *error) {
        std::string &text = file_.text();
        text += "],\"images\":[" + images_ + "],\"categories\":[";
        for (size_t i = 0; i < categories_.size(); i++) {
            text += i == 0 ? "{\"id\":" : ",{\"id\":";
            append_number(text, static_cast<int64_t>(i + 1));
            text += ",\"name\":";
            append_json_string(text, categories_[i]);
            text += ",\"supercategory\":\"\",\"color\":\"#" + postil::MD5::hex(categories_[i], 6) +
                    "\",\"metadata\":{}}";
        }
        text += "],\"info\":{\"year\":" + postil::year_of(created_at_) +
                ",\"version\":\"1.0\",\"description\":\"\",\"contributor\":\"Postil\","
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
        item_ += items_.is_empty ? 1 : 0;
        for (postil_value_t annotation : items_.annotations) {
            annotator_ = postil::annotator_text(keys_, annotation);
            int64_t before = annotation_count_;
            width_ = height_ = 0;
            write_annotation(annotation, error);
            if (annotation_count_ > before) {
                write_image(address);
            }
            item_++;
        }
    }

    void write_annotation(postil_value_t annotation, postil_error_t *error) {
        labeled_.begin();
        const std::vector<postil::Result> &results = results_.read(annotation, task_);
        for (const postil::Result &result : results) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            region_.read(region_keys_, result.result);
            if (width_ == 0 && region_.has_size()) {
                width_ = region_.image_width;
                height_ = region_.image_height;
            }
            if (check(results)) {
                for (std::string_view label : region_.labels) {
                    write_region(category(label));
                }
            }
            file_.flush_if_large(error);
        }
    }

    bool check(const std::vector<postil::Result> &results) {
        bool is_known = region_.is_outline() || region_.shape == ImageRegion::Shape::brush;
        if (!is_known) {
            bool is_region = region_.shape != ImageRegion::Shape::none;
            losses_.note(is_region ? "shape_not_supported" : "answer_not_supported",
                         is_region ? "Masks, polygons and boxes are written; other regions were "
                                     "left out."
                                   : "COCO holds regions of images; choices, texts, ratings and "
                                     "the like were left out.",
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

    size_t category(std::string_view label) {
        auto known = category_places_.emplace(std::string(label), categories_.size() + 1);
        if (known.second) {
            categories_.emplace_back(label);
        }
        return known.first->second;
    }

    void write_region(size_t category) {
        switch (region_.shape) {
        case ImageRegion::Shape::brush:
            return write_mask(category);
        case ImageRegion::Shape::polygon:
            return write_polygon(category);
        default:
            return write_box(category);
        }
    }

    void write_mask(size_t category) {
        postil::BrushMask mask;
        if (!postil::BrushDecoder::decode(region_.rle, region_.image_width, region_.image_height,
                                          &mask)) {
            losses_.note("mask_unreadable",
                         "Masks that are damaged, or not of their image's size, were left out.",
                         task_);
            return;
        }
        for (const postil::Contour &contour : postil::ContourFinder(mask).find()) {
            if (contour.points.size() < 3) {
                losses_.note("mask_too_small",
                             "Parts of masks that have no three corners were left out.", task_);
                continue;
            }
            begin(category);
            char separator = '[';
            for (const auto &point : contour.points) {
                file_.text() += separator;
                append_number(file_.text(), static_cast<int64_t>(point.first));
                file_.text() += ',';
                append_number(file_.text(), static_cast<int64_t>(point.second));
                separator = ',';
            }
            file_.text() += ']';
            int64_t bounds[] = {contour.left, contour.top, contour.right - contour.left + 1,
                                contour.bottom - contour.top + 1};
            end(bounds, static_cast<int64_t>(contour.area()));
        }
    }

    void write_polygon(size_t category) {
        postil::Contour contour = {{}, INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
        begin(category);
        char separator = '[';
        for (postil::Point point : region_.points) {
            auto x = static_cast<int32_t>(std::nearbyint(point.x * region_.image_width / 100));
            auto y = static_cast<int32_t>(std::nearbyint(point.y * region_.image_height / 100));
            contour.points.emplace_back(x, y);
            contour.left = std::min(contour.left, x);
            contour.top = std::min(contour.top, y);
            contour.right = std::max(contour.right, x);
            contour.bottom = std::max(contour.bottom, y);
            file_.text() += separator;
            append_number(file_.text(), static_cast<int64_t>(x));
            file_.text() += ',';
            append_number(file_.text(), static_cast<int64_t>(y));
            separator = ',';
        }
        file_.text() += ']';
        losses_.note("pixels_rounded", "Corners of polygons were rounded to whole pixels.", task_);
        int64_t bounds[] = {contour.left, contour.top, contour.right - contour.left + 1,
                            contour.bottom - contour.top + 1};
        end(bounds, static_cast<int64_t>(contour.area()));
    }

    void write_box(size_t category) {
        postil::Bounds bounds = {
            region_.x * region_.image_width / 100, region_.y * region_.image_height / 100,
            region_.width * region_.image_width / 100, region_.height * region_.image_height / 100};
        if (region_.rotation != 0) {
            bounds = postil::Bounds::of(region_.outline());
            losses_.note("rotation_dropped",
                         "COCO boxes are upright; a turned box is written as the box around it.",
                         task_);
        }
        begin(category);
        double numbers[] = {bounds.x, bounds.y, bounds.width, bounds.height};
        end(numbers, bounds.width * bounds.height);
    }

    void begin(size_t category) {
        std::string &text = file_.text();
        text += annotation_count_ == 0 ? "{\"id\":" : ",{\"id\":";
        append_number(text, annotation_count_++);
        text += ",\"image_id\":";
        append_number(text, item_);
        text += ",\"category_id\":";
        append_number(text, static_cast<int64_t>(category));
        text += ",\"segmentation\":[";
    }

    template <class Number> void end(const Number (&bounds)[4], Number area) {
        std::string &text = file_.text();
        text += "],\"bbox\":";
        char separator = '[';
        for (Number bound : bounds) {
            text += separator;
            append_number(text, bound);
            separator = ',';
        }
        text += "],\"area\":";
        append_number(text, area);
        text += ",\"iscrowd\":0,\"annotator\":";
        append_json_string(text, annotator_);
        text += '}';
    }

    void write_image(std::string_view address) {
        images_ += images_.empty() ? "{\"id\":" : ",{\"id\":";
        append_number(images_, item_);
        images_ += ",\"file_name\":";
        append_json_string(images_, address.substr(address.find_last_of('/') + 1));
        images_ += ",\"path\":";
        append_json_string(images_, address);
        images_ += ",\"width\":";
        append_number(images_, static_cast<int64_t>(width_));
        images_ += ",\"height\":";
        append_number(images_, static_cast<int64_t>(height_));
        images_ += '}';
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    postil::Controls controls_;
    postil::TaskKeys task_keys_;
    postil::ItemKeys keys_;
    postil::RegionKeys region_keys_;
    postil::LabeledIDs labeled_;
    postil::Results results_;
    const uint32_t *cancel_;
    postil::SinkFile file_;
    std::string created_at_, images_, annotator_;
    uint32_t image_key_ = 0;
    std::vector<std::string> categories_;
    std::map<std::string, size_t, std::less<>> category_places_;
    postil::Items items_;
    ImageRegion region_;
    double width_ = 0, height_ = 0;
    int64_t task_ = 0, item_ = 0, annotation_count_ = 0;
};

} // namespace brush
