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
        : id(postil_key(keys, "id")), parent(postil_key(keys, "parentID")),
          value(postil_key(keys, "value")), type(postil_key(keys, "type")),
          original_width(postil_key(keys, "original_width")),
          original_height(postil_key(keys, "original_height")), x(postil_key(keys, "x")),
          y(postil_key(keys, "y")), width(postil_key(keys, "width")),
          height(postil_key(keys, "height")), rotation(postil_key(keys, "rotation")),
          radius_x(postil_key(keys, "radiusX")), radius_y(postil_key(keys, "radiusY")),
          points(postil_key(keys, "points")), rle(postil_key(keys, "rle")),
          // The order in which Label Studio's converter looks for a region's labels, then ours.
          labels{postil_key(keys, "rectanglelabels"), postil_key(keys, "polygonlabels"),
                 postil_key(keys, "keypointlabels"),  postil_key(keys, "labels"),
                 postil_key(keys, "ellipselabels"),   postil_key(keys, "brushlabels"),
                 postil_key(keys, "bitmasklabels"),   postil_key(keys, "vectorlabels")} {}

    uint32_t id, parent, value, type, original_width, original_height, x, y, width, height,
        rotation, radius_x, radius_y, points, rle;
    uint32_t labels[8];
};

/// One region. Rotated rectangles keep their rotation: see `outline`.
struct ImageRegion {
    /// `none`: no region of an image. `other`: a region of a shape that is not listed here.
    enum class Shape { none, rectangle, polygon, key_point, ellipse, brush, other };

    Shape shape = Shape::none;
    /// Size of the original image in pixels; 0 when the result does not tell.
    double image_width = 0, image_height = 0;
    /// Rectangle: top left corner before rotation and size, in percent of the image. Ellipse:
    /// its center. Key point: its place.
    double x = 0, y = 0, width = 0, height = 0;
    double radius_x = 0, radius_y = 0;
    /// Degrees, clockwise about the top left corner; of an ellipse about its center.
    double rotation = 0;
    bool has_rotation = false;
    /// Polygon: vertices in percent of the image.
    std::vector<Point> points;
    std::vector<std::string_view> labels;
    std::string_view type, id, parent;
    postil_value_t rle = {nullptr, nullptr};

    bool has_size() const { return image_width > 0 && image_height > 0; }
    bool is_outline() const { return shape == Shape::rectangle || shape == Shape::polygon; }

    void read(const RegionKeys &keys, postil_value_t result) {
        std::vector<Point> kept_points = std::move(points);
        std::vector<std::string_view> kept_labels = std::move(labels);
        *this = ImageRegion();
        points = std::move(kept_points);
        labels = std::move(kept_labels);
        points.clear();
        labels.clear();
        postil_value_t value = postil_object_get(result, keys.value);
        type = text(result, keys.type);
        id = text(result, keys.id);
        parent = text(result, keys.parent);
        postil_value_double(postil_object_get(result, keys.original_width), &image_width);
        postil_value_double(postil_object_get(result, keys.original_height), &image_height);
        bool has_labels = read_labels(keys, value);
        if (has_labels || is_shape(type)) {
            read_shape(keys, value);
        }
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
    static std::string_view text(postil_value_t object, uint32_t key) {
        return view(postil_value_text(postil_object_get(object, key)));
    }

    static bool is_shape(std::string_view type) {
        for (const char *shape :
             {"rectangle", "polygon", "keypoint", "ellipse", "brush", "bitmask", "vector"}) {
            std::string_view name = shape;
            if (type == name ||
                (type.substr(0, name.size()) == name && type.substr(name.size()) == "labels")) {
                return true;
            }
        }
        return false;
    }

    /// True when the value has a list of labels, even an empty one.
    bool read_labels(const RegionKeys &keys, postil_value_t value) {
        bool is_found = false;
        for (uint32_t key : keys.labels) {
            postil_value_t list = postil_object_get(value, key);
            is_found = is_found || list.node;
            postil_walk_t walk = postil_children(list);
            postil_value_t label;
            while (postil_walk_element(&walk, &label)) {
                labels.push_back(view(postil_value_text(label)));
            }
        }
        return is_found;
    }

    void read_shape(const RegionKeys &keys, postil_value_t value) {
        postil_value_t list = postil_object_get(value, keys.points);
        int64_t count = postil_value_copy_points(list, nullptr, 0);
        if (count > 0) {
            points.resize(static_cast<size_t>(count));
            postil_value_copy_points(list, &points[0].x, static_cast<uint64_t>(count));
            shape = count >= 3 ? Shape::polygon : Shape::other;
            return;
        }
        rle = postil_object_get(value, keys.rle);
        if (rle.node) {
            shape = Shape::brush;
            return;
        }
        auto number = [&](uint32_t key, double *out) {
            return postil_value_double(postil_object_get(value, key), out);
        };
        bool has_place = number(keys.x, &x) && number(keys.y, &y);
        bool has_width = number(keys.width, &width);
        bool has_extent = number(keys.height, &height) && has_width;
        has_rotation = number(keys.rotation, &rotation);
        bool has_radii = number(keys.radius_x, &radius_x) && number(keys.radius_y, &radius_y);
        if (has_place && has_radii) {
            shape = Shape::ellipse;
        } else if (has_place && (type.substr(0, 8) == "keypoint" || !has_extent)) {
            shape = Shape::key_point;
        } else {
            shape = has_place              ? Shape::rectangle
                    : is_text(keys, value) ? Shape::none
                                           : Shape::other;
        }
    }

    /// Spans of texts and sounds have labels too; they are no region of an image.
    bool is_text(const RegionKeys &, postil_value_t value) const {
        return postil_object_named(value, "start").node != nullptr;
    }
};

} // namespace postil
