// Regions of other formats as results of the labeling config.
#pragma once

#include "controls.hpp"
#include "failure.hpp"
#include "image_region.hpp"
#include "import_files.hpp"
#include "import_losses.hpp"
#include "text_writer.hpp"

#include <postil/import_source.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postil {

/// Settings that all sources of labels have.
///
/// `answers`         annotations (default) or predictions.
/// `unknown_labels`  refuse (default): a label that the config lacks ends the import; leave_out.
/// `image_root`      what stands before the names of images that are not among the files.
struct ImportRules {
    explicit ImportRules(postil_value_t context) {
        postil_value_t settings = postil_object_named(context, "settings");
        auto text = [&](const char *name) {
            return std::string(view(postil_value_text(postil_object_named(settings, name))));
        };
        gives_predictions = text("answers") == "predictions";
        leaves_unknown_out = text("unknown_labels") == "leave_out";
        image_root = text("image_root");
    }

    bool gives_predictions = false, leaves_unknown_out = false;
    std::string image_root;
};

/// Percent of an image.
struct PercentBox {
    double x, y, width, height, rotation;
};

/// Writes the results of one answer as JSON, each for the control that takes its shape and label.
class AnswerWriter {
public:
    AnswerWriter(const Controls &controls, const ImportRules &rules)
        : controls_(controls), rules_(rules) {}

    /// Begins an answer about an image of this size; 0 when nobody knows it.
    void begin(std::string_view place, double width, double height) {
        place_ = place;
        width_ = width;
        height_ = height;
        results_.clear();
        count_ = 0;
        used_ids_.clear();
        next_id_.clear();
    }

    /// The id of the next region, if it is the first of its answer with that id.
    void name_next(const std::string &id) { next_id_ = id; }

    /// What goes to the host with the next task.
    ImportLosses losses;

    /// The results so far, with commas between them.
    const std::string &results() const { return results_; }

    /// Whether the config has a control for this kind of region with this label.
    bool takes(std::string_view shape, std::string_view label) const {
        return find(std::string(shape) + "Labels", label) ||
               (find_type(shape) && find("Labels", label));
    }

    /// Each returns the id of the region; empty when its label is left out.
    std::string box(std::string_view label, PercentBox box) {
        std::string value = "\"x\":";
        append_number(value, box.x);
        value += ",\"y\":";
        append_number(value, box.y);
        value += ",\"width\":";
        append_number(value, box.width);
        value += ",\"height\":";
        append_number(value, box.height);
        value += ",\"rotation\":";
        append_number(value, box.rotation);
        return region("Rectangle", label, value);
    }

    /// Four corners of a box are a box where the config has no polygons with that label: formats
    /// without turned boxes have them as polygons.
    std::string polygon(std::string_view label, const std::vector<Point> &points) {
        PercentBox turned;
        if (!takes("Polygon", label) && takes("Rectangle", label) && is_box(points, &turned)) {
            return box(label, turned);
        }
        std::string value = "\"points\":";
        char separator = '[';
        for (Point point : points) {
            value += separator;
            value += '[';
            append_number(value, point.x);
            value += ',';
            append_number(value, point.y);
            value += ']';
            separator = ',';
        }
        value += "],\"closed\":true";
        return region("Polygon", label, value);
    }

    std::string key_point(std::string_view label, Point point, const std::string &parent) {
        std::string value = "\"x\":";
        append_number(value, point.x);
        value += ",\"y\":";
        append_number(value, point.y);
        value += ",\"width\":0.5";
        return region("KeyPoint", label, value, parent);
    }

    std::string ellipse(std::string_view label, Point center, Point radii, double rotation) {
        std::string value = "\"x\":";
        append_number(value, center.x);
        value += ",\"y\":";
        append_number(value, center.y);
        value += ",\"radiusX\":";
        append_number(value, radii.x);
        value += ",\"radiusY\":";
        append_number(value, radii.y);
        value += ",\"rotation\":";
        append_number(value, rotation);
        return region("Ellipse", label, value);
    }

    /// `rle`: a JSON list.
    std::string brush(std::string_view label, const std::string &rle) {
        return region("Brush", label, "\"format\":\"rle\",\"rle\":" + rle);
    }

    /// A choice goes to the first `<Choices>` that has it. Several of one control are one result,
    /// so give them together; the controls come in the order of their first choices.
    void choices(const std::vector<std::string> &chosen) {
        std::vector<const Control *> done;
        for (const std::string &first : chosen) {
            const Control *control = first_with("Choices", first);
            if (!control) {
                refuse("choice", first, "<Choices>");
                continue;
            }
            if (std::find(done.begin(), done.end(), control) != done.end()) {
                continue;
            }
            done.push_back(control);
            std::string list;
            for (const std::string &choice : chosen) {
                if (first_with("Choices", choice) == control) {
                    list += list.empty() ? "" : ",";
                    append_json_string(list, choice);
                }
            }
            result(*control, next_id(), "\"choices\":[" + list + "]", "", false);
        }
    }

    /// A span of a text; code points, `end` exclusive.
    void span(std::string_view label, uint64_t start, uint64_t end, std::string_view text) {
        const Control *control = find("Labels", label);
        if (!control) {
            return refuse("label", label, "<Labels>");
        }
        std::string value =
            "\"start\":" + std::to_string(start) + ",\"end\":" + std::to_string(end) + ",\"text\":";
        append_json_string(value, text);
        value += ",\"labels\":[";
        append_json_string(value, label);
        result(*control, next_id(), value + "]", "", false);
    }

    /// A result with a value that stands ready, without its braces.
    void plain(const Control &control, const std::string &value) {
        result(control, next_id(), value, "", true);
    }

private:
    /// Whether these are the corners of a box, clockwise from the one that was the top left one.
    bool is_box(const std::vector<Point> &points, PercentBox *box) const {
        if (points.size() != 4 || width_ <= 0 || height_ <= 0) {
            return false;
        }
        double pixels_x[4], pixels_y[4];
        for (size_t i = 0; i < 4; i++) {
            pixels_x[i] = points[i].x / 100 * width_;
            pixels_y[i] = points[i].y / 100 * height_;
        }
        double across_x = pixels_x[1] - pixels_x[0], across_y = pixels_y[1] - pixels_y[0];
        double down_x = pixels_x[3] - pixels_x[0], down_y = pixels_y[3] - pixels_y[0];
        double across = std::hypot(across_x, across_y), down = std::hypot(down_x, down_y);
        static constexpr double least = 1e-6; // Of a pixel: what is lost on the way.
        bool closes = std::abs(pixels_x[1] + down_x - pixels_x[2]) < least &&
                      std::abs(pixels_y[1] + down_y - pixels_y[2]) < least;
        bool is_square = std::abs(across_x * down_x + across_y * down_y) <= least * across * down;
        bool is_clockwise = across_x * down_y - across_y * down_x > 0;
        *box = {points[0].x, points[0].y, across / width_ * 100, down / height_ * 100,
                std::atan2(across_y, across_x) * 180 / std::acos(-1.0)};
        return closes && is_square && is_clockwise;
    }

    std::string region(const char *shape, std::string_view label, const std::string &geometry,
                       const std::string &parent = "") {
        std::string id = next_id();
        std::string labels = "[";
        append_json_string(labels, label);
        labels += ']';
        if (const Control *control = find(std::string(shape) + "Labels", label)) {
            result(*control, id, geometry + ",\"" + result_type(*control) + "\":" + labels, parent,
                   true);
            return id;
        }
        const Control *bare = find_type(shape);
        const Control *named = bare ? find("Labels", label) : nullptr;
        if (!named) {
            refuse("label", label, std::string("<") + shape + "Labels>");
            return "";
        }
        result(*bare, id, geometry, parent, true);
        result(*named, id, geometry + ",\"labels\":" + labels, parent, true);
        return id;
    }

    void result(const Control &control, const std::string &id, const std::string &value,
                const std::string &parent, bool has_size) {
        results_ += results_.empty() ? "{\"id\":" : ",{\"id\":";
        append_json_string(results_, id);
        results_ += ",\"type\":\"" + result_type(control) + "\",\"from_name\":";
        append_json_string(results_, control.name);
        results_ += ",\"to_name\":";
        append_json_string(results_, control.object_name);
        if (has_size && width_ > 0 && height_ > 0) {
            results_ += ",\"original_width\":";
            append_number(results_, static_cast<int64_t>(width_));
            results_ += ",\"original_height\":";
            append_number(results_, static_cast<int64_t>(height_));
            results_ += ",\"image_rotation\":0";
        }
        if (!parent.empty()) {
            results_ += ",\"parentID\":\"" + parent + "\"";
        }
        results_ += ",\"value\":{" + value + "}}";
    }

    static std::string result_type(const Control &control) {
        std::string type = control.type;
        for (char &character : type) {
            character = character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32)
                                                             : character;
        }
        return type;
    }

    const Control *find(const std::string &type, std::string_view label) const {
        return first_with(type, label);
    }

    const Control *first_with(std::string_view type, std::string_view label) const {
        for (const Control &control : controls_.list()) {
            if (control.type == type && control.has_label(label)) {
                return &control;
            }
        }
        return nullptr;
    }

    const Control *find_type(std::string_view type) const {
        for (const Control &control : controls_.list()) {
            if (control.type == type) {
                return &control;
            }
        }
        return nullptr;
    }

    void refuse(const char *what, std::string_view name, const std::string &control) {
        if (!rules_.leaves_unknown_out) {
            throw Failure(POSTIL_ERROR_INVALID_DATA, "label_unknown",
                          place_ + ": the labeling config has no " + what + " \"" +
                              std::string(name) + "\" in " + control +
                              ". Add it, or set `unknown_labels` to leave_out.");
        }
        losses.note("label_left_out", "Labels that the labeling config lacks were left out.");
    }

    std::string next_id() {
        std::string id = std::move(next_id_);
        next_id_.clear();
        while (id.empty() || !used_ids_.insert(id).second) {
            id = "r" + std::to_string(++count_);
        }
        return id;
    }

    const Controls &controls_;
    const ImportRules &rules_;
    std::string place_, results_;
    double width_ = 0, height_ = 0;
    uint64_t count_ = 0;
    std::set<std::string> used_ids_;
    std::string next_id_;
};

/// Begins a task: its data with one field. Ends with `end_task`.
inline void begin_task(std::string &json, const std::string &key, std::string_view value) {
    json += "{\"data\":{";
    append_json_string(json, key);
    json += ':';
    append_json_string(json, value);
    json += '}';
}

/// Appends answers, each a list of results as JSON without its brackets. A score is that of the
/// first prediction; negative for none.
inline void end_task(std::string &json, const ImportRules &rules, ImportLosses &losses,
                     const std::vector<std::string> &answers, double score = -1) {
    json += rules.gives_predictions ? ",\"predictions\":[" : ",\"annotations\":[";
    const char *separator = "";
    for (const std::string &results : answers) {
        json += separator;
        json += "{\"result\":[" + results + "]";
        if (!rules.gives_predictions) {
            json += ",\"ground_truth\":false";
        } else if (score >= 0) {
            json += ",\"score\":";
            append_number(json, score);
        }
        json += '}';
        separator = ",";
    }
    json += ']';
    losses.append(json);
    json += '}';
}

/// A name as it stands in an address that begins so: behind HTTP's and our own, what means
/// something there is written as its number; buckets take names as they are.
inline std::string address_part(std::string_view root, std::string_view name) {
    static constexpr char digits[] = "0123456789ABCDEF";
    static constexpr std::string_view plain = "/-._~!$'()*,;=:@";
    bool is_plain = root.substr(0, 4) != "http" && root.substr(0, 1) != "/";
    std::string part;
    for (char character : name) {
        auto byte = static_cast<unsigned char>(character);
        bool is_word = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z');
        if (is_plain || is_word || plain.find(character) != std::string_view::npos) {
            part += character;
        } else {
            part += '%';
            part += digits[byte >> 4];
            part += digits[byte & 15];
        }
    }
    return part;
}

/// What a task's data says to show an image that a file of labels names.
inline std::string image_reference(const ImportFiles &files, const ImportRules &rules,
                                   std::string_view from, std::string_view wanted,
                                   uint64_t *index) {
    *index = files.find_near(from, wanted);
    if (*index != ImportFiles::none) {
        return std::string(files.reference(*index));
    }
    if (rules.image_root.empty()) {
        throw Failure(POSTIL_ERROR_INVALID_DATA, "image_missing",
                      std::string(from) + " names the image \"" + std::string(wanted) +
                          "\", which is not among the files. Bring the images too, or set "
                          "`image_root` to what their addresses begin with.");
    }
    return rules.image_root + address_part(rules.image_root, wanted);
}

} // namespace postil
