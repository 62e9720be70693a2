// From places on the Earth to percent of an image, and what of a polygon lies on it.
#pragma once

#include "json_source.hpp"

#include "failure.hpp"
#include "image_region.hpp"
#include "text_writer.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace json_labels {

class ImagePlaces {
public:
    /// `corners`: longitude and latitude, clockwise from the image's top left one; three are those
    /// of a parallelogram. As `read` gives them.
    explicit ImagePlaces(std::vector<postil::Point> corners) : given_(corners) {
        if (corners.size() == 3) {
            corners.push_back({corners[0].x + corners[2].x - corners[1].x,
                               corners[0].y + corners[2].y - corners[1].y});
        }
        corners_ = std::move(corners);
    }

    /// Reads `[[longitude, latitude], …]` or a GeoJSON Polygon with such a ring.
    static std::vector<postil::Point> read(std::string_view json) {
        simdjson::padded_string padded(json);
        simdjson::ondemand::parser parser;
        std::vector<postil::Point> corners;
        try {
            auto document = parser.iterate(padded);
            if (document.type() == simdjson::ondemand::json_type::object) {
                object polygon = document.get_object();
                array rings = polygon.find_field_unordered("coordinates").get_array();
                corners = read_ring(rings.at(0).get_array());
            } else {
                corners = read_ring(document.get_array());
            }
        } catch (const simdjson::simdjson_error &) {
            corners.clear();
        }
        bool is_closed =
            corners.size() == 5 && corners[0].x == corners[4].x && corners[0].y == corners[4].y;
        corners.resize(is_closed ? 4 : corners.size());
        bool is_known = corners.size() == 3 || corners.size() == 4;
        for (postil::Point corner : corners) {
            is_known = is_known && std::abs(corner.x) <= 540 && std::abs(corner.y) <= 90;
        }
        if (!is_known) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "footprint_invalid",
                                  std::string(json.substr(0, 200)) +
                                      " is no footprint: it takes three or four corners "
                                      "[longitude, latitude], clockwise from the image's top left "
                                      "one.");
        }
        return corners;
    }

    /// The corners as they were given.
    std::string json() const {
        std::string text;
        for (postil::Point corner : given_) {
            text += text.empty() ? "[[" : ",[";
            postil::append_number(text, corner.x);
            text += ',';
            postil::append_number(text, corner.y);
            text += ']';
        }
        return text + "]";
    }

    /// The inverse of the bilinear map that leads from percent to the corners, by Newton's method;
    /// one step is exact for a parallelogram.
    postil::Point percent(postil::Point place) const {
        const postil::Point &a = corners_[0], &b = corners_[1], &c = corners_[2], &d = corners_[3];
        // A footprint across the antimeridian runs on (179, 181); places there may be turned.
        double middle = (a.x + b.x + c.x + d.x) / 4;
        place.x += std::round((middle - place.x) / 360) * 360;
        double u = 0.5, v = 0.5;
        for (int step = 0; step < 20; step++) {
            double across_x = (b.x - a.x) * (1 - v) + (c.x - d.x) * v;
            double across_y = (b.y - a.y) * (1 - v) + (c.y - d.y) * v;
            double down_x = (d.x - a.x) * (1 - u) + (c.x - b.x) * u;
            double down_y = (d.y - a.y) * (1 - u) + (c.y - b.y) * u;
            double off_x =
                place.x - ((a.x * (1 - u) + b.x * u) * (1 - v) + (d.x * (1 - u) + c.x * u) * v);
            double off_y =
                place.y - ((a.y * (1 - u) + b.y * u) * (1 - v) + (d.y * (1 - u) + c.y * u) * v);
            double determinant = across_x * down_y - across_y * down_x;
            if (determinant == 0) {
                break;
            }
            double step_u = (off_x * down_y - off_y * down_x) / determinant;
            double step_v = (across_x * off_y - across_y * off_x) / determinant;
            u += step_u;
            v += step_v;
            if (std::abs(step_u) + std::abs(step_v) < 1e-13) {
                break;
            }
        }
        return {tidy(u * 100), tidy(v * 100)};
    }

    /// Opens a ring and leaves what of it lies on the image (Sutherland and Hodgman).
    ///
    /// - Returns: whether something was cut off.
    static bool clip(std::vector<postil::Point> &ring) {
        if (ring.size() > 1 && ring.front().x == ring.back().x && ring.front().y == ring.back().y) {
            ring.pop_back();
        }
        bool is_cut = false;
        for (int side = 0; side < 4 && !ring.empty(); side++) {
            auto inside = [side](postil::Point p) {
                double along = side < 2 ? p.x : p.y;
                return side % 2 == 0 ? along >= 0 : along <= 100;
            };
            std::vector<postil::Point> left;
            for (size_t i = 0; i < ring.size(); i++) {
                postil::Point from = ring[i], to = ring[(i + 1) % ring.size()];
                if (inside(from)) {
                    left.push_back(from);
                }
                if (inside(from) != inside(to)) {
                    is_cut = true;
                    left.push_back(crossing(from, to, side));
                }
            }
            is_cut = is_cut || left.size() != ring.size();
            ring = std::move(left);
        }
        return is_cut;
    }

private:
    /// Without what computing with degrees adds: a corner of an image is at 0, not at 1e-13.
    static double tidy(double percent) {
        double rounded = std::round(percent * 1e8) / 1e8;
        return rounded == 0 ? 0 : rounded;
    }

    static postil::Point crossing(postil::Point from, postil::Point to, int side) {
        double edge = side % 2 == 0 ? 0 : 100;
        if (side < 2) {
            double share = (edge - from.x) / (to.x - from.x);
            return {edge, from.y + share * (to.y - from.y)};
        }
        double share = (edge - from.y) / (to.y - from.y);
        return {from.x + share * (to.x - from.x), edge};
    }

    static std::vector<postil::Point> read_ring(array ring) {
        std::vector<postil::Point> points;
        for (array position : ring) {
            std::vector<double> numbers;
            for (double number : position) {
                numbers.push_back(number);
            }
            if (numbers.size() < 2) {
                return {};
            }
            points.push_back({numbers[0], numbers[1]});
        }
        return points;
    }

    std::vector<postil::Point> given_, corners_;
};

} // namespace json_labels
