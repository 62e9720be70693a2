// One annotation as one label of Labelbox.
#pragma once

#include "image_region.hpp"
#include "item_fields.hpp"
#include "items.hpp"
#include "plugin_entry.hpp"
#include "region_checks.hpp"
#include "results.hpp"

namespace labelbox {

using postil::append_json_string;
using postil::append_number;
using postil::ImageRegion;
using postil::view;

class Label {
public:
    Label(const postil_keys_t *keys, const postil::Controls &controls, postil::LossNotes &losses)
        : losses_(losses), keys_(keys), region_keys_(keys), labeled_(keys),
          results_(keys, controls, losses), start_(postil_key(keys, "start")),
          end_(postil_key(keys, "end")), choices_(postil_key(keys, "choices")),
          text_(postil_key(keys, "text")) {}

    void begin(int64_t task) {
        task_ = task;
        width_ = height_ = 0;
    }

    /// Size of the task's image as its regions tell it; 0 when none does.
    double width() const { return width_; }
    double height() const { return height_; }

    void append(std::string &text, postil_value_t annotation) {
        int64_t id = 0;
        postil_value_int64(postil_object_get(annotation, keys_.id), &id);
        text += "{\"label_kind\":\"Default\",\"version\":\"1.0.0\",\"id\":\"" + std::to_string(id) +
                "\",\"label_details\":{\"created_at\":";
        append_json_string(
            text, view(postil_value_text(postil_object_get(annotation, keys_.created_at))));
        text += ",\"created_by\":";
        append_json_string(text, postil::annotator_text(keys_, annotation));
        text += "},\"annotations\":{\"objects\":[";
        std::string objects, classifications;
        labeled_.begin();
        const auto &results = results_.read(annotation, task_);
        for (const postil::Result &result : results) {
            region_.read(region_keys_, result.result);
            bool is_span = postil_object_get(result.value, start_).node && !region_.labels.empty();
            if (region_.shape == ImageRegion::Shape::none && !is_span) {
                append_classification(classifications, result);
            } else if (is_span || check(results)) {
                objects += objects.empty() ? "" : ",";
                append_object(objects, result, is_span);
            }
        }
        text += objects + "],\"classifications\":[" + classifications + "],\"relationships\":[]}}";
    }

private:
    bool check(const std::vector<postil::Result> &results) {
        bool is_known = region_.is_outline() || region_.shape == ImageRegion::Shape::key_point;
        if (!is_known) {
            losses_.note("shape_not_supported",
                         "Boxes, polygons and points are written; other regions were left out.",
                         task_);
            return false;
        }
        if (!postil::has_label(region_, results, labeled_, losses_, task_)) {
            return false;
        }
        if (!postil::has_place(region_, losses_, task_)) {
            return false;
        }
        width_ = region_.image_width;
        height_ = region_.image_height;
        return true;
    }

    void append_object(std::string &text, const postil::Result &result, bool is_span) {
        losses_.note("further_labels_dropped",
                     "The format has one label a region; further labels were left out.", task_,
                     region_.labels.size() - 1);
        if (is_span) {
            return append_span(text, result);
        }
        if (region_.shape == ImageRegion::Shape::key_point) {
            begin_object(text, "ImagePoint");
            text += "\"point\":";
            append_point(text, {region_.x / 100 * region_.image_width,
                                region_.y / 100 * region_.image_height});
            text += '}';
            return;
        }
        std::vector<postil::Point> outline = region_.outline();
        bool is_box = region_.shape == ImageRegion::Shape::rectangle;
        if (is_box && region_.rotation == 0) {
            return append_box(text, outline.front());
        }
        losses_.note("rotation_as_polygon",
                     "Turned boxes were written as polygons of their corners.", task_, is_box);
        begin_object(text, "ImagePolygon");
        text += "\"polygon\":[";
        for (size_t i = 0; i < outline.size(); i++) {
            text += i == 0 ? "" : ",";
            append_point(text, outline[i]);
        }
        text += "]}";
    }

    void append_box(std::string &text, postil::Point corner) {
        begin_object(text, "ImageBoundingBox");
        text += "\"bounding_box\":{\"top\":";
        append_number(text, corner.y);
        text += ",\"left\":";
        append_number(text, corner.x);
        text += ",\"height\":";
        append_number(text, region_.height / 100 * region_.image_height);
        text += ",\"width\":";
        append_number(text, region_.width / 100 * region_.image_width);
        text += "}}";
    }

    /// Labelbox counts to the last character, not behind it.
    void append_span(std::string &text, const postil::Result &result) {
        int64_t start = 0, end = 0;
        postil_value_int64(postil_object_get(result.value, start_), &start);
        postil_value_int64(postil_object_get(result.value, end_), &end);
        begin_object(text, "TextEntity");
        text += "\"location\":{\"start\":";
        append_number(text, start);
        text += ",\"end\":";
        append_number(text, end - 1);
        text += "}}";
    }

    void begin_object(std::string &text, const char *kind) {
        text += "{\"feature_id\":";
        append_json_string(text, region_.id);
        append_names(text, region_.labels.front());
        text += ",\"annotation_kind\":\"";
        text += kind;
        text += "\",\"classifications\":[],";
    }

    void append_classification(std::string &text, const postil::Result &result) {
        bool is_choice = result.type == "Choices", is_text = result.type == "TextArea";
        bool is_of_task = !postil_object_get(result.value, region_keys_.x).node &&
                          !postil_object_get(result.value, start_).node;
        if (!is_of_task || (!is_choice && !is_text)) {
            return losses_.note("answer_not_supported",
                                "Answers that are neither regions, choices nor texts were left "
                                "out.",
                                task_);
        }
        postil_value_t list = postil_object_get(result.value, is_choice ? choices_ : text_);
        text += text.empty() ? "{\"feature_id\":" : ",{\"feature_id\":";
        append_json_string(text, region_.id);
        append_names(text, result.from_name);
        if (is_text) {
            append_text(text, list);
        } else if (postil_value_count(list) == 1) {
            text += ",\"radio_answer\":";
            append_answer(text, postil_array_at(list, 0));
        } else {
            text += ",\"checklist_answers\":[";
            postil_walk_t walk = postil_children(list);
            postil_value_t element;
            for (bool is_first = true; postil_walk_element(&walk, &element); is_first = false) {
                text += is_first ? "" : ",";
                append_answer(text, element);
            }
            text += ']';
        }
        text += '}';
    }

    void append_text(std::string &text, postil_value_t list) {
        std::string content(view(postil_value_text(list)));
        postil_walk_t walk = postil_children(list);
        postil_value_t element;
        while (postil_walk_element(&walk, &element)) {
            content += content.empty() ? "" : "\n";
            content += view(postil_value_text(element));
        }
        losses_.note("texts_joined", "Several texts of one control were joined to one.", task_,
                     postil_value_count(list) > 1);
        text += ",\"text_answer\":{\"content\":";
        append_json_string(text, content);
        text += '}';
    }

    static void append_answer(std::string &text, postil_value_t choice) {
        text += "{\"feature_id\":\"\"";
        append_names(text, view(postil_value_text(choice)));
        text += ",\"classifications\":[]}";
    }

    static void append_names(std::string &text, std::string_view name) {
        text += ",\"name\":";
        append_json_string(text, name);
        text += ",\"value\":";
        append_json_string(text, name);
    }

    static void append_point(std::string &text, postil::Point point) {
        text += "{\"x\":";
        append_number(text, point.x);
        text += ",\"y\":";
        append_number(text, point.y);
        text += '}';
    }

    postil::LossNotes &losses_;
    postil::ItemKeys keys_;
    postil::RegionKeys region_keys_;
    postil::LabeledIDs labeled_;
    postil::Results results_;
    uint32_t start_, end_, choices_, text_;
    ImageRegion region_;
    double width_ = 0, height_ = 0;
    int64_t task_ = 0;
};

} // namespace labelbox
