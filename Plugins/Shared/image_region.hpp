// A result that marks a part of an image, in pixels.
#pragma once

#include "text_writer.hpp"

#include <postil/exporter.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace postil {

struct Point {
    double x, y;
};

struct Bounds {
    double x, y, width, height;

    static Bounds of(const std::vector<Point> &points) {
        auto [left, right] = std::minmax_element(points.begin(), points.end(),
                                                 [](Point a, Point b) { return a.x < b.x; });
        auto [top, bottom] = std::minmax_element(points.begin(), points.end(),
                                                 [](Point a, Point b) { return a.y < b.y; });
        return {left->x, top->y, right->x - left->x, bottom->y - top->y};
    }
};

/// Twice the sum of the triangles to the origin, halved: the area inside a ring, in its units.
inline double ring_area(const std::vector<Point> &points) {
    double twice = 0;
    for (size_t i = 0; i < points.size(); i++) {
        const Point &a = points[i], &b = points[(i + 1) % points.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return std::fabs(twice) / 2;
}

/// Keys of a result and its value.
struct RegionKeys {
    explicit RegionKeys(const postil_keys_t *keys)
        : value(postil_key(keys, "value")), type(postil_key(keys, "type")),
          original_width(postil_key(keys, "original_width")),
          original_height(postil_key(keys, "original_height")), x(postil_key(keys, "x")),
          y(postil_key(keys, "y")), width(postil_key(keys, "width")),
          height(postil_key(keys, "height")), rotation(postil_key(keys, "rotation")),
          points(postil_key(keys, "points")),
          // The order in which Label Studio's converter looks for a region's labels.
          labels{postil_key(keys, "rectanglelabels"), postil_key(keys, "polygonlabels"),
                 postil_key(keys, "keypointlabels"), postil_key(keys, "labels")} {}

    uint32_t value, type, original_width, original_height, x, y, width, height, rotation, points;
    uint32_t labels[4];
};

/// One region. Rotated rectangles keep their rotation: see `corners`.
struct ImageRegion {
    enum class Shape { none, rectangle, polygon, unsupported };

    Shape shape = Shape::none;
    /// Size of the original image in pixels; 0 when the result does not tell.
    double image_width = 0, image_height = 0;
    /// Rectangle: top left corner before rotation and size, in percent of the image.
    double x = 0, y = 0, width = 0, height = 0;
    /// Degrees, clockwise about the top left corner.
    double rotation = 0;
    /// Polygon: vertices in percent of the image.
    std::vector<Point> points;
    std::vector<std::string_view> labels;
    std::string_view type;

    bool has_size() const { return image_width > 0 && image_height > 0; }

    void read(const RegionKeys &keys, postil_value_t result) {
        *this = {Shape::none, 0, 0, 0, 0, 0, 0, 0, std::move(points), std::move(labels), {}};
        points.clear();
        labels.clear();
        postil_value_t value = postil_object_get(result, keys.value);
        type = view(postil_value_text(postil_object_get(result, keys.type)));
        postil_value_double(postil_object_get(result, keys.original_width), &image_width);
        postil_value_double(postil_object_get(result, keys.original_height), &image_height);
        read_labels(keys, value);
        read_shape(keys, value);
    }

    /// Corners of the rectangle or vertices of the polygon, in pixels of the original image. A
    /// rectangle starts top left and goes clockwise before it is turned.
    std::vector<Point> outline() const {
        std::vector<Point> out;
        if (shape == Shape::polygon) {
            for (Point point : points) {
                out.push_back({point.x / 100 * image_width, point.y / 100 * image_height});
            }
            return out;
        }
        double left = x / 100 * image_width, top = y / 100 * image_height;
        double across = width / 100 * image_width, down = height / 100 * image_height;
        double angle = rotation * std::acos(-1.0) / 180;
        double cosine = std::cos(angle), sine = std::sin(angle);
        for (Point corner : {Point{0, 0}, {across, 0}, {across, down}, {0, down}}) {
            out.push_back({left + corner.x * cosine - corner.y * sine,
                           top + corner.x * sine + corner.y * cosine});
        }
        return out;
    }

private:
    void read_labels(const RegionKeys &keys, postil_value_t value) {
        for (uint32_t key : keys.labels) {
            postil_walk_t walk = postil_children(postil_object_get(value, key));
            postil_value_t label;
            while (postil_walk_element(&walk, &label)) {
                labels.push_back(view(postil_value_text(label)));
            }
        }
    }

    void read_shape(const RegionKeys &keys, postil_value_t value) {
        postil_value_t list = postil_object_get(value, keys.points);
        int64_t count = postil_value_copy_points(list, nullptr, 0);
        if (count > 0) {
            points.resize(static_cast<size_t>(count));
            postil_value_copy_points(list, &points[0].x, static_cast<uint64_t>(count));
            shape = count >= 3 ? Shape::polygon : Shape::unsupported;
            return;
        }
        bool has_place = postil_value_double(postil_object_get(value, keys.x), &x) &&
                         postil_value_double(postil_object_get(value, keys.y), &y);
        bool has_extent = postil_value_double(postil_object_get(value, keys.width), &width) &&
                          postil_value_double(postil_object_get(value, keys.height), &height);
        postil_value_double(postil_object_get(value, keys.rotation), &rotation);
        bool is_key_point = type.substr(0, 8) == "keypoint";
        if (has_place && has_extent && !is_key_point) {
            shape = Shape::rectangle;
        } else if (has_place || !labels.empty()) {
            shape = Shape::unsupported;
        }
    }
};

} // namespace postil
