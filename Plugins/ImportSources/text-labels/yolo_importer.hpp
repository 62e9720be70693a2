// YOLO (https://docs.ultralytics.com/datasets/): a text file of labels for each image, and the
// names of the classes in classes.txt or data.yaml.
#pragma once

#include "class_names.hpp"

#include "import_answers.hpp"
#include "key_points.hpp"

#include <charconv>
#include <cmath>

namespace text_labels {

class YOLOImporter {
public:
    YOLOImporter(const postil_import_open_t &arguments, postil_error_t *)
        : controls_(postil_batch_value(arguments.context_borrowed, 0)),
          key_points_(postil_batch_value(arguments.context_borrowed, 0)),
          rules_(postil_batch_value(arguments.context_borrowed, 0)), files_(arguments.inputs),
          writer_(controls_, rules_), data_key_(controls_.data_key("Image", "image")),
          classes_(read_class_names(files_)) {
        postil_value_t settings =
            postil_object_named(postil_batch_value(arguments.context_borrowed, 0), "settings");
        is_oriented_ = postil::view(postil_value_text(postil_object_named(settings, "lines"))) ==
                       "oriented_boxes";
        extension_ =
            postil::view(postil_value_text(postil_object_named(settings, "image_extension")));
        // Blanks around a name are a slip, unless the config has them, too.
        for (std::string &name : classes_) {
            name = is_label(name) ? name : std::string(trimmed(name));
        }
        find_pairs();
        if (pairs_.empty()) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                                  "There are neither images nor files of labels in what was sent.");
        }
    }

    bool append_task(uint64_t *position, std::string &json) {
        if (*position >= pairs_.size()) {
            return false;
        }
        const Pair &pair = pairs_[static_cast<size_t>((*position)++)];
        std::string address;
        image_size_t size = {0, 0, 0};
        if (pair.image != postil::ImportFiles::none) {
            address = files_.reference(pair.image);
            files_.read_image_size(pair.image, &size);
        } else {
            std::string_view name = files_.name(pair.labels);
            std::string_view stem = postil::ImportFiles::last_part(name);
            stem = stem.substr(0, stem.size() - 4);
            uint64_t none;
            address = postil::image_reference(files_, rules_, name, std::string(stem) + extension_,
                                              &none);
        }
        postil::begin_task(json, data_key_, address);
        std::vector<std::string> answers;
        score_ = -1;
        if (pair.labels != postil::ImportFiles::none) {
            read_labels(pair.labels, size);
            if (!writer_.results().empty()) {
                answers.push_back(writer_.results());
            }
        }
        postil::end_task(json, rules_, writer_.losses, answers, score_);
        return true;
    }

private:
    bool is_label(std::string_view name) const {
        for (const postil::Control &control : controls_.list()) {
            if (control.has_label(name)) {
                return true;
            }
        }
        return false;
    }

    struct Pair {
        uint64_t image, labels;
    };
    static constexpr uint64_t most_bytes = 64ull << 20;

    /// Every image with its labels, then labels whose image is missing, in the order of names.
    void find_pairs() {
        std::map<std::string, Pair> pairs;
        for (uint64_t i = 0; i < files_.count(); i++) {
            std::string_view name = files_.name(i);
            if (files_.is_file(i) && is_image(name)) {
                pairs.emplace(stem(name, "images/"), Pair{i, postil::ImportFiles::none});
            }
        }
        for (uint64_t i = 0; i < files_.count(); i++) {
            std::string_view name = files_.name(i);
            bool is_labels = files_.is_file(i) && postil::ImportFiles::ends_with(name, ".txt") &&
                             postil::ImportFiles::last_part(name) != "classes.txt";
            if (is_labels) {
                auto added =
                    pairs.emplace(stem(name, "labels/"), Pair{postil::ImportFiles::none, i});
                added.first->second.labels = i;
            }
        }
        for (const auto &entry : pairs) {
            pairs_.push_back(entry.second);
        }
    }

    static bool is_image(std::string_view name) {
        for (const char *end :
             {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".JPG", ".JPEG", ".PNG"}) {
            if (postil::ImportFiles::ends_with(name, end)) {
                return true;
            }
        }
        return false;
    }

    /// The name without its extension and without the last folder of that name.
    static std::string stem(std::string_view name, std::string_view folder) {
        std::string stem(name.substr(0, name.find_last_of('.')));
        size_t at = stem.rfind(folder);
        if (at != std::string::npos && (at == 0 || stem[at - 1] == '/')) {
            stem.erase(at, folder.size());
        }
        return stem;
    }

    void read_labels(uint64_t index, image_size_t size) {
        std::string text = files_.read(index, most_bytes);
        std::string name(files_.name(index));
        writer_.begin(name, size.width, size.height);
        size_t number = 0;
        for (size_t at = 0; at < text.size();) {
            size_t end = std::min(text.find('\n', at), text.size());
            number++;
            place_ = name + ", line " + std::to_string(number);
            read_line(std::string_view(text).substr(at, end - at), size);
            at = end + 1;
        }
    }

    void read_line(std::string_view line, image_size_t size) {
        std::vector<double> numbers;
        for (size_t at = 0; at < line.size();) {
            size_t from = line.find_first_not_of(" \t\r", at);
            if (from == std::string_view::npos) {
                break;
            }
            size_t end = std::min(line.find_first_of(" \t\r", from), line.size());
            double value;
            auto read = std::from_chars(line.data() + from, line.data() + end, value);
            if (read.ec != std::errc() || read.ptr != line.data() + end || !std::isfinite(value)) {
                throw fault("\"" + std::string(line.substr(from, end - from)) + "\" is no number.");
            }
            numbers.push_back(value);
            at = end;
        }
        if (!numbers.empty()) {
            write(numbers, size);
        }
    }

    void write(const std::vector<double> &numbers, image_size_t size) {
        auto place = static_cast<size_t>(numbers[0]);
        if (numbers[0] < 0 || static_cast<double>(place) != numbers[0] ||
            place >= classes_.size()) {
            throw fault("there is no class of that number; there are " +
                        std::to_string(classes_.size()) + " names of classes.");
        }
        const std::string &label = classes_[place];
        size_t points = key_points_.order().size();
        if (numbers.size() == 5 || numbers.size() == 6) {
            write_box(label, numbers);
            score_ = numbers.size() == 6 && score_ < 0 ? numbers[5] : score_;
        } else if (points > 0 && numbers.size() == 5 + 3 * points) {
            write_key_points(write_box(label, numbers), numbers);
        } else if (is_oriented_ && numbers.size() == 9) {
            write_oriented(label, numbers, size);
        } else if (numbers.size() >= 7 && numbers.size() % 2 == 1) {
            std::vector<postil::Point> outline;
            for (size_t i = 1; i + 1 < numbers.size(); i += 2) {
                outline.push_back({numbers[i] * 100, numbers[i + 1] * 100});
            }
            writer_.polygon(label, outline);
        } else {
            throw fault(std::to_string(numbers.size()) +
                        " numbers are neither a box nor a polygon.");
        }
    }

    std::string write_box(const std::string &label, const std::vector<double> &n) {
        return writer_.box(
            label, {(n[1] - n[3] / 2) * 100, (n[2] - n[4] / 2) * 100, n[3] * 100, n[4] * 100, 0});
    }

    void write_key_points(const std::string &box, const std::vector<double> &numbers) {
        for (size_t i = 0; i < key_points_.order().size(); i++) {
            if (numbers[7 + 3 * i] > 0) {
                writer_.key_point(key_points_.order()[i],
                                  {numbers[5 + 3 * i] * 100, numbers[6 + 3 * i] * 100}, box);
            }
        }
    }

    /// Four corners, clockwise from the top left one before the box was turned.
    void write_oriented(const std::string &label, const std::vector<double> &n, image_size_t size) {
        if (size.width == 0 || size.height == 0) {
            throw fault("a turned box needs the size of its image; bring the image too.");
        }
        double w = size.width, h = size.height;
        double across_x = (n[3] - n[1]) * w, across_y = (n[4] - n[2]) * h;
        double down_x = (n[7] - n[1]) * w, down_y = (n[8] - n[2]) * h;
        writer_.box(label, {n[1] * 100, n[2] * 100, std::hypot(across_x, across_y) / w * 100,
                            std::hypot(down_x, down_y) / h * 100,
                            std::atan2(across_y, across_x) * 180 / std::acos(-1.0)});
    }

    postil::Failure fault(const std::string &what) const {
        return postil::Failure(POSTIL_ERROR_INVALID_DATA, "label_line_invalid",
                               place_ + ": " + what);
    }

    postil::Controls controls_;
    postil::KeyPointOrder key_points_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_, extension_;
    std::vector<std::string> classes_;
    bool is_oriented_ = false;
    std::vector<Pair> pairs_;
    std::string place_;
    double score_ = -1;
};

} // namespace text_labels
