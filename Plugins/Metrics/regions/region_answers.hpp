// The rectangles and polygons of two answers, by control and label.
#pragma once

#include "answer_controls.hpp"
#include "image_region.hpp"

#include <tuple>

namespace postil {

/// The outline of a region in pixels of the original image.
struct Shape {
    std::vector<Point> outline;
    Bounds bounds;

    bool operator<(const Shape &other) const {
        return std::lexicographical_compare(
            outline.begin(), outline.end(), other.outline.begin(), other.outline.end(),
            [](Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); });
    }
};

/// What two answers have of one label of one control.
///
/// The shapes are sorted, and so are the two answers: what is computed from here on is the same,
/// bit for bit, whichever answer came first.
struct LabelShapes {
    std::vector<Shape> first, second;

    void sort() {
        std::sort(first.begin(), first.end());
        std::sort(second.begin(), second.end());
        if (std::lexicographical_compare(second.begin(), second.end(), first.begin(),
                                         first.end())) {
            std::swap(first, second);
        }
    }
};

/// Reads the regions of two answers.
class RegionAnswers {
public:
    explicit RegionAnswers(const postil_metric_open_t &arguments)
        : controls_(arguments), keys_(arguments.keys), id_(postil_key(arguments.keys, "id")),
          ignores_labels_(flag_setting(arguments, "ignoreLabels")) {}

    /// By label within each control. Regions without a label come under an empty one.
    std::vector<std::map<std::string, LabelShapes>> read(const postil_metric_call_t &call) {
        std::vector<std::map<std::string, LabelShapes>> out;
        std::map<std::string_view, std::string> first_labels = labels_by_id(call.first);
        std::map<std::string_view, std::string> second_labels = labels_by_id(call.second);
        const auto &controls =
            controls_.read(call, [this](std::string_view type, postil_value_t value) {
                return is_region(type, value);
            });
        for (const auto &[name, answers] : controls) {
            std::map<std::string, LabelShapes> labels;
            add(answers.first, first_labels, labels, &LabelShapes::first);
            add(answers.second, second_labels, labels, &LabelShapes::second);
            for (auto &[label, shapes] : labels) {
                shapes.sort();
            }
            if (!labels.empty()) {
                out.push_back(std::move(labels));
            }
        }
        return out;
    }

private:
    /// A shape of its own, or the stand-in of a plugin's tag. Attributes of a region repeat its
    /// place and are no regions.
    bool is_region(std::string_view type, postil_value_t value) const {
        auto has = [&](uint32_t key) {
            return postil_value_is(postil_object_get(value, key), POSTIL_KIND_ARRAY);
        };
        return type == "rectangle" || type == "polygon" || has(keys_.labels[0]) ||
               has(keys_.labels[1]);
    }

    void add(const std::vector<postil_value_t> &results,
             const std::map<std::string_view, std::string> &labels_by_id,
             std::map<std::string, LabelShapes> &labels, std::vector<Shape> LabelShapes::*side) {
        for (postil_value_t result : results) {
            region_.read(keys_, result);
            if (!region_.has_size()) {
                // Without the image's size a percent is as long across as down.
                region_.image_width = region_.image_height = 100;
            }
            bool has_shape = region_.shape == ImageRegion::Shape::rectangle ||
                             region_.shape == ImageRegion::Shape::polygon;
            std::vector<Point> outline = has_shape ? region_.outline() : std::vector<Point>();
            bool is_finite = std::all_of(outline.begin(), outline.end(), [](Point point) {
                return std::isfinite(point.x) && std::isfinite(point.y);
            });
            if (!has_shape || !is_finite) {
                continue;
            }
            std::string label = joined(region_.labels);
            auto apart = labels_by_id.find(id(result));
            if (label.empty() && apart != labels_by_id.end()) {
                label = apart->second;
            }
            (labels[ignores_labels_ ? "" : label].*side).push_back({outline, Bounds::of(outline)});
        }
    }

    /// With a `Labels` control beside a `Rectangle` the labels are a result of their own.
    std::map<std::string_view, std::string> labels_by_id(postil_value_t answer) {
        std::map<std::string_view, std::string> out;
        postil_walk_t walk = postil_children(postil_object_get(answer, controls_.keys().result));
        postil_value_t result;
        while (postil_walk_element(&walk, &result)) {
            if (view(postil_value_text(postil_object_get(result, keys_.type))) == "labels") {
                region_.read(keys_, result);
                out[id(result)] = joined(region_.labels);
            }
        }
        return out;
    }

    std::string_view id(postil_value_t result) const {
        return view(postil_value_text(postil_object_get(result, id_)));
    }

    static std::string joined(std::vector<std::string_view> labels) {
        std::sort(labels.begin(), labels.end());
        labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
        std::string text;
        for (std::string_view label : labels) {
            text += text.empty() ? "" : ", ";
            text += label;
        }
        return text;
    }

    AnswerControls controls_;
    RegionKeys keys_;
    uint32_t id_;
    bool ignores_labels_;
    ImageRegion region_;
};

} // namespace postil
