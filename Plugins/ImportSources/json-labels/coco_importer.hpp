// COCO (https://cocodataset.org/#format-data): boxes, polygons and key points of images.
//
// The file is read twice: once for images and categories and where each annotation stands, then
// piece by piece. Beside the file itself memory holds a few words for each annotation.
#pragma once

#include "json_source.hpp"

#include "import_answers.hpp"

#include <algorithm>
#include <map>

namespace json_labels {

class COCOImporter {
public:
    COCOImporter(const postil_import_open_t &arguments, postil_error_t *)
        : controls_(postil_batch_value(arguments.context_borrowed, 0)),
          rules_(postil_batch_value(arguments.context_borrowed, 0)), files_(arguments.inputs),
          writer_(controls_, rules_), data_key_(controls_.data_key("Image", "image")) {
        std::vector<uint64_t> found = files_.ending(".json");
        if (found.size() != 1) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                                  "COCO is one .json file, with or without images; there are " +
                                      std::to_string(found.size()) + ".");
        }
        file_ = files_.name(found.front());
        text_ = files_.read(found.front(), most_bytes, simdjson::SIMDJSON_PADDING);
        parsing(file_, "the file", [&] { read_lists(); });
        group();
    }

    bool append_task(uint64_t *position, std::string &json) {
        if (*position >= tasks_.size()) {
            return false;
        }
        const Task &task = tasks_[static_cast<size_t>((*position)++)];
        uint64_t input;
        std::string address = postil::image_reference(files_, rules_, file_, task.name, &input);
        std::vector<std::string> answers;
        for (size_t place : task.images) {
            Image image = images_[place];
            if (image.width <= 0 && input != postil::ImportFiles::none) {
                image_size_t size = {0, 0, 0};
                files_.read_image_size(input, &size);
                image.width = size.width;
                image.height = size.height;
            }
            writer_.begin(file_ + ", image \"" + task.name + "\"", image.width, image.height);
            regions_.clear();
            for (size_t i = image.first; i < image.end; i++) {
                write(image, places_[i]);
            }
            // An image without annotations is a task that nobody has annotated; where it has an
            // entry for each annotator, somebody has found nothing.
            if (image.end > image.first || task.images.size() > 1) {
                answers.push_back(writer_.results());
            }
        }
        postil::begin_task(json, data_key_, address);
        postil::end_task(json, rules_, writer_.losses, answers);
        return true;
    }

private:
    struct Image {
        int64_t id;
        double width, height;
        std::string name;
        size_t first, end; ///< Its annotations among the places.
    };
    struct Place {
        int64_t image;
        size_t offset, length; ///< Of the annotation in the file.
    };
    struct Category {
        std::string name;
        std::vector<std::string> key_points;
    };
    struct Task {
        std::string name;
        std::vector<size_t> images; ///< Entries with this file name: one for each annotator.
    };

    void read_lists() {
        simdjson::ondemand::parser parser;
        simdjson::padded_string_view padded(text_.data(), text_.size(),
                                            text_.size() + simdjson::SIMDJSON_PADDING);
        auto document = parser.iterate(padded);
        for (auto field : document.get_object()) {
            std::string_view name = field.unescaped_key();
            if (name == "images") {
                for (object image : field.value().get_array()) {
                    images_.push_back({static_cast<int64_t>(number(image, "id", 0)),
                                       number(image, "width", 0), number(image, "height", 0),
                                       text(image, "file_name"), 0, 0});
                }
            } else if (name == "categories") {
                for (object category : field.value().get_array()) {
                    read_category(category);
                }
            } else if (name == "annotations") {
                for (object annotation : field.value().get_array()) {
                    auto image = static_cast<int64_t>(number(annotation, "image_id", -1));
                    annotation.reset();
                    std::string_view raw = annotation.raw_json();
                    places_.push_back(
                        {image, static_cast<size_t>(raw.data() - text_.data()), raw.size()});
                }
            }
        }
        if (images_.empty()) {
            throw invalid(file_, "there is no list \"images\" with anything in it.");
        }
    }

    void read_category(object &category) {
        auto id = static_cast<int64_t>(number(category, "id", -1));
        Category made = {text(category, "name"), {}};
        auto points = category.find_field_unordered("keypoints");
        if (!points.error()) {
            for (std::string_view label : points.get_array()) {
                made.key_points.emplace_back(label);
            }
        }
        categories_[id] = made;
    }

    void group() {
        std::stable_sort(places_.begin(), places_.end(),
                         [](const Place &a, const Place &b) { return a.image < b.image; });
        std::map<std::string, size_t> by_name;
        for (size_t i = 0; i < images_.size(); i++) {
            Image &image = images_[i];
            auto range =
                std::equal_range(places_.begin(), places_.end(), Place{image.id, 0, 0},
                                 [](const Place &a, const Place &b) { return a.image < b.image; });
            image.first = static_cast<size_t>(range.first - places_.begin());
            image.end = static_cast<size_t>(range.second - places_.begin());
            auto known = by_name.emplace(image.name, tasks_.size());
            if (known.second) {
                tasks_.push_back({image.name, {}});
            }
            tasks_[known.first->second].images.push_back(i);
        }
        if (!places_.empty()) {
            check_images();
        }
    }

    void check_images() const {
        size_t known = 0;
        for (const Image &image : images_) {
            known += image.end - image.first;
        }
        if (known < places_.size()) {
            throw invalid(file_, std::to_string(places_.size() - known) +
                                     " annotations have an image_id that no image has, or two "
                                     "images have one id.");
        }
    }

    void write(const Image &image, const Place &place) {
        std::string_view piece(text_.data() + place.offset, place.length);
        parsing(file_, "annotation at byte " + std::to_string(place.offset), [&] {
            pieces_.parse(piece, [&](object &annotation) { write(image, annotation, place); });
        });
    }

    void write(const Image &image, object &annotation, const Place &place) {
        auto id = static_cast<int64_t>(number(annotation, "category_id", -1));
        auto category = categories_.find(id);
        if (category == categories_.end()) {
            throw invalid(file_, "the annotation at byte " + std::to_string(place.offset) +
                                     " has a category_id that no category has.");
        }
        if (image.width <= 0 || image.height <= 0) {
            throw invalid(file_, "the size of the image \"" + image.name +
                                     "\" is not known. Give width and height, or bring the image.");
        }
        annotation.reset();
        if (number(annotation, "iscrowd", 0) > 0) {
            writer_.losses.note("crowd_not_marked",
                                "`iscrowd` was not taken over: nothing says that a region is a "
                                "crowd.");
        }
        annotation.reset();
        auto own = static_cast<int64_t>(number(annotation, "id", -1));
        annotation.reset();
        const std::string &label = category->second.name;
        bool has_points = !category->second.key_points.empty();
        bool is_box_known = writer_.takes("Rectangle", label);
        std::string region = write_polygons(image, annotation, label);
        if (region.empty() && (is_box_known || !has_points)) {
            region = write_box(image, annotation, label);
        }
        if (!region.empty()) {
            regions_[own] = region;
        }
        if (has_points) {
            region = region.empty() ? parent(annotation) : region;
            write_key_points(image, annotation, category->second.key_points, region);
        }
    }

    /// The region that key points of an annotation without one belong to: the one that it names, as
    /// our own exports do where there are several, or the only one of the image.
    std::string parent(object &annotation) const {
        annotation.reset();
        auto named = regions_.find(static_cast<int64_t>(number(annotation, "parent_id", -1)));
        if (named != regions_.end()) {
            return named->second;
        }
        return regions_.size() == 1 ? regions_.begin()->second : "";
    }

    /// The first polygon; empty when the annotation has none, or the config no place for them.
    std::string write_polygons(const Image &image, object &annotation, const std::string &label) {
        auto segmentation = annotation.find_field_unordered("segmentation");
        if (segmentation.error() || segmentation.is_null()) {
            return "";
        }
        if (segmentation.type().value() != simdjson::ondemand::json_type::array) {
            writer_.losses.note("mask_not_read",
                                "Masks as run lengths were not read; their boxes were.");
            return "";
        }
        std::string first;
        for (array ring : segmentation.get_array()) {
            std::vector<postil::Point> points;
            bool is_x = true;
            for (double number : ring) {
                if (is_x) {
                    points.push_back({number / image.width * 100, 0});
                } else {
                    points.back().y = number / image.height * 100;
                }
                is_x = !is_x;
            }
            if (points.size() >= 3 && !writer_.takes("Polygon", label)) {
                writer_.losses.note("polygon_as_box",
                                    "The labeling config has no polygons with these labels; the "
                                    "boxes around them were taken.");
            } else if (points.size() >= 3) {
                std::string id = writer_.polygon(label, points);
                first = first.empty() ? id : first;
            }
        }
        return first;
    }

    std::string write_box(const Image &image, object &annotation, const std::string &label) {
        double numbers[4] = {0, 0, 0, 0};
        auto box = annotation.find_field_unordered("bbox");
        if (box.error()) {
            return "";
        }
        size_t count = 0;
        for (double number : box.get_array()) {
            if (count < 4) {
                numbers[count] = number;
            }
            count++;
        }
        if (count != 4) {
            throw invalid(file_,
                          "a bbox of the image \"" + image.name + "\" has not four numbers.");
        }
        return writer_.box(label,
                           {numbers[0] / image.width * 100, numbers[1] / image.height * 100,
                            numbers[2] / image.width * 100, numbers[3] / image.height * 100, 0});
    }

    void write_key_points(const Image &image, object &annotation,
                          const std::vector<std::string> &labels, const std::string &box) {
        auto points = annotation.find_field_unordered("keypoints");
        if (points.error()) {
            return;
        }
        std::vector<double> numbers;
        for (double number : points.get_array()) {
            numbers.push_back(number);
        }
        if (numbers.size() != labels.size() * 3) {
            throw invalid(file_, "key points of the image \"" + image.name + "\" are " +
                                     std::to_string(numbers.size()) + " numbers; their category " +
                                     "has " + std::to_string(labels.size()) + " names.");
        }
        for (size_t i = 0; i < labels.size(); i++) {
            // 0: nobody has placed it.
            if (numbers[3 * i + 2] > 0) {
                writer_.key_point(
                    labels[i],
                    {numbers[3 * i] / image.width * 100, numbers[3 * i + 1] / image.height * 100},
                    box);
            }
        }
    }

    postil::Controls controls_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_, file_, text_;
    std::vector<Image> images_;
    std::vector<Place> places_;
    std::vector<Task> tasks_;
    std::map<int64_t, Category> categories_;
    std::map<int64_t, std::string> regions_; ///< Of one image, by the ids of its annotations.
    PieceParser pieces_;
};

} // namespace json_labels
