// Labelbox's export NDJSON (https://docs.labelbox.com/reference/label-export): a line a data row.
#pragma once

#include "json_source.hpp"
#include "line_reader.hpp"

#include "import_answers.hpp"

namespace json_labels {

class LabelboxImporter {
public:
    LabelboxImporter(const postil_import_open_t &arguments, postil_error_t *)
        : controls_(postil_batch_value(arguments.context_borrowed, 0)),
          rules_(postil_batch_value(arguments.context_borrowed, 0)), files_(arguments.inputs),
          writer_(controls_, rules_), data_key_(controls_.data_key("", "image")),
          file_(only_file(files_)), lines_(files_, file_) {}

    bool append_task(uint64_t *position, std::string &json) {
        uint64_t at = *position;
        if (!lines_.next(position, &line_)) {
            return false;
        }
        if (line_.find_first_not_of(" \t\r") == std::string::npos) {
            return true;
        }
        place_ = std::string(files_.name(file_)) + ", line at byte " + std::to_string(at);
        parsing(files_.name(file_), "line at byte " + std::to_string(at),
                [&] { pieces_.parse(line_, [&](object &row) { write(row, json); }); });
        return true;
    }

private:
    static uint64_t only_file(const postil::ImportFiles &files) {
        std::vector<uint64_t> found = files.ending(".ndjson");
        if (found.size() != 1) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                                  "Labelbox exports one .ndjson file; there are " +
                                      std::to_string(found.size()) + ".");
        }
        return found.front();
    }

    void write(object &row, std::string &json) {
        object data_row = row.find_field_unordered("data_row").get_object().value();
        std::string address = text(data_row, "row_data");
        row_data_ = address;
        row.reset();
        width_ = height_ = 0;
        auto media = row.find_field_unordered("media_attributes");
        if (!media.error()) {
            object attributes = media.get_object().value();
            width_ = number(attributes, "width", 0);
            height_ = number(attributes, "height", 0);
        }
        row.reset();
        std::vector<std::string> answers;
        auto projects = row.find_field_unordered("projects");
        if (!projects.error()) {
            for (auto project : projects.get_object()) {
                object inside = project.value().get_object().value();
                for (object label : inside.find_field_unordered("labels").get_array()) {
                    write_label(label);
                    answers.push_back(writer_.results());
                }
            }
        }
        postil::begin_task(json, data_key_, address);
        postil::end_task(json, rules_, writer_.losses, answers);
    }

    void write_label(object &label) {
        writer_.begin(place_, width_, height_);
        object annotations = label.find_field_unordered("annotations").get_object().value();
        auto objects = annotations.find_field_unordered("objects");
        if (!objects.error()) {
            for (object found : objects.get_array()) {
                write_object(found);
            }
        }
        annotations.reset();
        auto classifications = annotations.find_field_unordered("classifications");
        if (!classifications.error()) {
            for (object found : classifications.get_array()) {
                write_classification(found);
            }
        }
        annotations.reset();
        writer_.losses.note("relationship_not_read", "Relationships were left out.",
                            count(annotations, "relationships"));
    }

    /// How many elements a list has; 0 when there is none.
    static uint64_t count(object &from, const char *name) {
        auto found = from.find_field_unordered(name);
        if (found.error()) {
            return 0;
        }
        array list = found.get_array().value();
        return list.count_elements().value();
    }

    void write_object(object &found) {
        writer_.losses.note("nested_classification_not_read",
                            "Classifications of single objects were left out.",
                            count(found, "classifications"));
        found.reset();
        writer_.name_next(text(found, "feature_id"));
        found.reset();
        std::string name = text(found, "name");
        found.reset();
        std::string kind = text(found, "annotation_kind");
        found.reset();
        if (kind == "TextEntity") {
            object location = found.find_field_unordered("location").get_object().value();
            double start = number(location, "start", 0);
            location.reset();
            double last = number(location, "end", 0);
            if (start < 0 || last < start - 1) {
                throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "span_invalid",
                                      place_ + ": a span ends before it starts.");
            }
            auto from = static_cast<uint64_t>(start), to = static_cast<uint64_t>(last + 1);
            return writer_.span(name, from, to, code_points(row_data_, from, to));
        }
        if (width_ <= 0 || height_ <= 0) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "image_size_unknown",
                                  place_ + ": media_attributes have no width and height, without "
                                           "which pixels have no place.");
        }
        if (kind == "ImageBoundingBox") {
            object box = found.find_field_unordered("bounding_box").get_object().value();
            double numbers[4];
            const char *names[] = {"left", "top", "width", "height"};
            for (size_t i = 0; i < 4; i++) {
                box.reset();
                numbers[i] = number(box, names[i], 0) / (i % 2 == 0 ? width_ : height_) * 100;
            }
            writer_.box(name, {numbers[0], numbers[1], numbers[2], numbers[3], 0});
        } else if (kind == "ImagePolygon") {
            std::vector<postil::Point> points;
            for (object point : found.find_field_unordered("polygon").get_array()) {
                points.push_back(read_point(point));
            }
            writer_.polygon(name, points);
        } else if (kind == "ImagePoint") {
            object point = found.find_field_unordered("point").get_object().value();
            writer_.key_point(name, read_point(point), "");
        } else if (rules_.leaves_unknown_out) {
            writer_.losses.note("object_not_read",
                                "Objects that are neither boxes, polygons, points nor spans were "
                                "left out.");
        } else {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "object_unknown",
                                  place_ + ": objects of the kind " + kind +
                                      " cannot be read. Set `unknown_labels` to leave_out to go "
                                      "on without them.");
        }
    }

    postil::Point read_point(object &point) {
        double x = number(point, "x", 0);
        point.reset();
        return {x / width_ * 100, number(point, "y", 0) / height_ * 100};
    }

    /// A part of a text; empty where it does not reach so far, as when `row_data` is an address.
    static std::string_view code_points(std::string_view text, uint64_t from, uint64_t to) {
        size_t start = text.size(), end = text.size();
        uint64_t count = 0;
        for (size_t i = 0; i < text.size(); i++) {
            if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
                start = count == from ? i : start;
                end = count == to ? i : end;
                count++;
            }
        }
        return to > count || from >= to ? "" : text.substr(start, end - start);
    }

    void write_classification(object &found) {
        writer_.name_next(text(found, "feature_id"));
        found.reset();
        std::string name = text(found, "name");
        found.reset();
        const postil::Control *control = controls_.find(name);
        if (!control) {
            if (rules_.leaves_unknown_out) {
                return writer_.losses.note("classification_left_out",
                                           "Classifications that the labeling config has no "
                                           "control for were left out.");
            }
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "control_unknown",
                                  place_ + ": the labeling config has no control \"" + name +
                                      "\". Add it, or set `unknown_labels` to leave_out.");
        }
        std::string list;
        auto one = found.find_field_unordered("radio_answer");
        if (!one.error()) {
            object answer = one.get_object().value();
            postil::append_json_string(list, text(answer, "name"));
        }
        found.reset();
        auto several = found.find_field_unordered("checklist_answers");
        if (!several.error()) {
            for (object answer : several.get_array()) {
                list += list.empty() ? "" : ",";
                postil::append_json_string(list, text(answer, "name"));
            }
        }
        if (!one.error() || !several.error()) {
            return writer_.plain(*control, "\"choices\":[" + list + "]");
        }
        found.reset();
        auto written = found.find_field_unordered("text_answer");
        if (!written.error()) {
            object answer = written.get_object().value();
            postil::append_json_string(list, text(answer, "content"));
            writer_.plain(*control, "\"text\":[" + list + "]");
        }
    }

    postil::Controls controls_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_;
    uint64_t file_;
    LineReader lines_;
    PieceParser pieces_;
    std::string line_, place_, row_data_;
    double width_ = 0, height_ = 0;
};

} // namespace json_labels
