// GeoJSON (https://www.rfc-editor.org/rfc/rfc7946): features on images whose footprint is known.
//
// The file is read twice, as COCO is: once for the image of each feature and where it stands, then
// piece by piece. Beside the file itself memory holds a few words for each feature.
#pragma once

#include "image_places.hpp"
#include "json_source.hpp"

#include "import_answers.hpp"

#include <algorithm>
#include <map>

namespace json_labels {

class GeoJSONImporter {
public:
    GeoJSONImporter(const postil_import_open_t &arguments, postil_error_t *)
        : controls_(postil_batch_value(arguments.context_borrowed, 0)),
          rules_(postil_batch_value(arguments.context_borrowed, 0)), files_(arguments.inputs),
          writer_(controls_, rules_), data_key_(controls_.data_key("Image", "image")) {
        postil_value_t settings =
            postil_object_named(postil_batch_value(arguments.context_borrowed, 0), "settings");
        auto setting = [&](const char *name) {
            return std::string(
                postil::view(postil_value_text(postil_object_named(settings, name))));
        };
        image_ = setting("image");
        footprint_ = setting("footprint");
        label_property_ = setting("label_property");
        label_property_ = label_property_.empty() ? "labels" : label_property_;
        std::vector<uint64_t> found = files_.ending(".geojson");
        found = found.empty() ? files_.ending(".json") : found;
        if (found.size() != 1) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                                  "GeoJSON is one .geojson file, with or without images; there "
                                  "are " +
                                      std::to_string(found.size()) + ".");
        }
        file_ = files_.name(found.front());
        text_ = files_.read(found.front(), most_bytes, simdjson::SIMDJSON_PADDING);
        parsing(file_, "the file", [&] { read_features(); });
    }

    bool append_task(uint64_t *position, std::string &json) {
        if (*position >= tasks_.size()) {
            return false;
        }
        const Task &task = tasks_[static_cast<size_t>((*position)++)];
        uint64_t input = postil::ImportFiles::none;
        std::string address =
            is_address(task.image)
                ? task.image
                : postil::image_reference(files_, rules_, file_, task.image, &input);
        image_size_t size = {0, 0, 0};
        if (input != postil::ImportFiles::none) {
            files_.read_image_size(input, &size);
        }
        ImagePlaces places(task.footprint);
        std::vector<std::string> answers;
        for (const auto &answer : task.answers) {
            writer_.begin(file_ + ", image \"" + task.image + "\"", size.width, size.height);
            for (const Piece &piece : answer.second) {
                write(piece, places);
            }
            answers.push_back(writer_.results());
        }
        postil::begin_task(json, data_key_, address);
        json.back() = ',';
        json += "\"footprint\":" + places.json() + "}";
        postil::end_task(json, rules_, writer_.losses, answers);
        return true;
    }

private:
    struct Piece {
        size_t number, offset, length; ///< Which feature, and where it stands in the file.
    };
    struct Task {
        std::string image;
        std::vector<postil::Point> footprint;
        std::map<std::string, std::vector<Piece>> answers; ///< By the annotation they come from.
    };

    static bool is_address(std::string_view image) {
        return image.find("://") != std::string_view::npos || image.substr(0, 1) == "/";
    }

    std::string place(const Piece &piece) const {
        return "feature " + std::to_string(piece.number);
    }

    /// The text of an array or object.
    static std::string_view whole(value from) {
        if (from.type() == simdjson::ondemand::json_type::object) {
            object inside = from.get_object();
            return inside.raw_json();
        }
        array list = from.get_array();
        return list.raw_json();
    }

    void read_features() {
        simdjson::ondemand::parser parser;
        simdjson::padded_string_view padded(text_.data(), text_.size(),
                                            text_.size() + simdjson::SIMDJSON_PADDING);
        auto document = parser.iterate(padded);
        object root = document.get_object();
        bool is_collection = false;
        for (auto field : root) {
            std::string_view name = field.unescaped_key();
            if (name == "crs") {
                check_system(field.value().get_object());
            } else if (name == "features") {
                is_collection = true;
                for (object feature : field.value().get_array()) {
                    std::string_view raw = feature.raw_json();
                    take({++count_, static_cast<size_t>(raw.data() - text_.data()), raw.size()});
                }
            }
        }
        if (!is_collection) {
            throw invalid(file_, "it is no FeatureCollection: there is no list \"features\".");
        }
        if (tasks_.empty()) {
            throw invalid(file_, "the list \"features\" is empty.");
        }
    }

    /// Files from before RFC 7946 may name another system; WGS84 is the only one that is read.
    void check_system(object system) {
        std::string_view raw = system.raw_json();
        if (raw.find("CRS84") == std::string_view::npos &&
            raw.find("4326") == std::string_view::npos) {
            throw invalid(file_, "its coordinates are not in WGS84: " + std::string(raw) +
                                     ". Transform them, for instance with ogr2ogr -t_srs "
                                     "EPSG:4326.");
        }
    }

    /// Notes to which image and annotation a feature belongs.
    void take(const Piece &piece) {
        std::string image = image_, annotation;
        std::vector<postil::Point> footprint;
        read(piece, [&](object &feature) {
            auto found = feature.find_field_unordered("properties");
            if (found.error() || found.is_null()) {
                return;
            }
            object properties = found.get_object();
            std::string own = text(properties, "image");
            image = own.empty() ? image : own;
            properties.reset();
            auto named = properties.find_field_unordered("annotation");
            if (!named.error()) {
                annotation = std::string(named.raw_json_token().value());
            }
            properties.reset();
            auto corners = properties.find_field_unordered("footprint");
            if (!corners.error()) {
                footprint = ImagePlaces::read(whole(corners.value()));
            }
        });
        if (image.empty()) {
            throw invalid(file_, place(piece) + " does not say on which image it lies. Give it a "
                                                "property `image`, or set `image`.");
        }
        if (footprint.empty() && !footprint_.empty()) {
            footprint = ImagePlaces::read(footprint_);
        }
        if (footprint.empty()) {
            throw invalid(file_, place(piece) +
                                     ": where its image lies on the Earth is not known. Give it a "
                                     "property `footprint`, or set `footprint`: four corners "
                                     "[longitude, latitude], clockwise from the image's top left "
                                     "one.");
        }
        auto known = by_image_.emplace(image, tasks_.size());
        if (known.second) {
            tasks_.push_back({image, footprint, {}});
        }
        tasks_[known.first->second].answers[annotation].push_back(piece);
    }

    template <class Body> void read(const Piece &piece, Body body) {
        std::string_view raw(text_.data() + piece.offset, piece.length);
        parsing(file_, place(piece), [&] { pieces_.parse(raw, body); });
    }

    void write(const Piece &piece, const ImagePlaces &places) {
        std::vector<std::string> labels;
        read(piece, [&](object &feature) {
            auto properties = feature.find_field_unordered("properties");
            if (!properties.error() && !properties.is_null()) {
                object inside = properties.get_object();
                labels = labels_of(inside);
            }
            if (labels.empty()) {
                throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "label_missing",
                                      file_ + ": " + place(piece) + " has no label in `" +
                                          label_property_ +
                                          "`. Set `label_property` to the property that has.");
            }
            feature.reset();
            auto geometry = feature.find_field_unordered("geometry");
            if (geometry.error() || geometry.is_null()) {
                return writer_.losses.note("geometry_missing",
                                           "Features without a geometry were left out.");
            }
            object shape = geometry.get_object();
            write_geometry(shape, labels, places);
        });
    }

    std::vector<std::string> labels_of(object &properties) {
        std::vector<std::string> labels;
        auto found = properties.find_field_unordered(label_property_);
        if (found.error() || found.is_null()) {
            return labels;
        }
        if (found.type() == simdjson::ondemand::json_type::array) {
            for (std::string_view label : found.get_array()) {
                labels.emplace_back(label);
            }
        } else {
            labels.emplace_back(found.get_string().value());
        }
        return labels;
    }

    void write_geometry(object &shape, const std::vector<std::string> &labels,
                        const ImagePlaces &places) {
        std::string type = text(shape, "type");
        shape.reset();
        if (type == "Polygon") {
            write_polygon(shape.find_field_unordered("coordinates").get_array(), labels, places);
        } else if (type == "MultiPolygon") {
            for (array polygon : shape.find_field_unordered("coordinates").get_array()) {
                write_polygon(polygon, labels, places);
            }
        } else {
            writer_.losses.note("geometry_not_read",
                                "Geometries other than polygons were left out.");
        }
    }

    /// Rings of one polygon: the outer one, then its holes.
    void write_polygon(array rings, const std::vector<std::string> &labels,
                       const ImagePlaces &places) {
        std::vector<std::vector<postil::Point>> drawn;
        bool is_outer = true;
        for (array ring : rings) {
            std::vector<postil::Point> points;
            for (array position : ring) {
                double numbers[2] = {0, 0};
                size_t count = 0;
                for (double number : position) {
                    if (count < 2) {
                        numbers[count] = number;
                    }
                    count++;
                }
                points.push_back(places.percent({numbers[0], numbers[1]}));
            }
            bool is_cut = ImagePlaces::clip(points);
            if (points.size() < 3) {
                if (is_outer) {
                    return writer_.losses.note("region_outside_image",
                                               "Polygons that lie outside their image were left "
                                               "out.");
                }
                continue; // A hole beside the image is none.
            }
            if (is_cut && is_outer) {
                writer_.losses.note("region_cut_at_border",
                                    "Polygons were cut at the border of their image.");
            }
            drawn.push_back(std::move(points));
            is_outer = false;
        }
        if (!drawn.empty()) {
            write_region(drawn, labels);
        }
    }

    void write_region(const std::vector<std::vector<postil::Point>> &rings,
                      const std::vector<std::string> &labels) {
        const postil::Control *satellite = nullptr;
        for (const postil::Control &control : controls_.list()) {
            bool takes_all = control.type == "SatellitePolygon" &&
                             std::all_of(labels.begin(), labels.end(), [&](const auto &label) {
                                 return control.has_label(label);
                             });
            satellite = satellite || !takes_all ? satellite : &control;
        }
        if (!satellite) {
            writer_.losses.note("hole_left_out", "Holes of polygons were left out.",
                                rings.size() - 1);
            for (const std::string &label : labels) {
                writer_.polygon(label, rings.front());
            }
            return;
        }
        std::string value = "\"points\":";
        append(value, rings.front());
        value += ",\"closed\":true,\"polygonlabels\":[";
        for (const std::string &label : labels) {
            value += &label == &labels.front() ? "" : ",";
            postil::append_json_string(value, label);
        }
        value += ']';
        if (rings.size() > 1) {
            value += ",\"satellitepolygon\":{\"hole_points\":";
            for (size_t i = 1; i < rings.size(); i++) {
                value += i == 1 ? '[' : ',';
                append(value, rings[i]);
            }
            value += "]}";
        }
        writer_.plain(*satellite, value);
    }

    static void append(std::string &json, const std::vector<postil::Point> &points) {
        char separator = '[';
        for (postil::Point point : points) {
            json += separator;
            json += '[';
            postil::append_number(json, point.x);
            json += ',';
            postil::append_number(json, point.y);
            json += ']';
            separator = ',';
        }
        json += ']';
    }

    postil::Controls controls_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_, image_, footprint_, label_property_, file_, text_;
    std::vector<Task> tasks_;
    std::map<std::string, size_t> by_image_;
    size_t count_ = 0;
    PieceParser pieces_;
};

} // namespace json_labels
