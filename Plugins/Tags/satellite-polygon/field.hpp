// A polygon drawn on an image that has a footprint: its ring on the Earth and its measures.
#pragma once

#include "footprint.hpp"

#include <geodesic.h>

#include <optional>
#include <vector>

namespace satellite {

struct PercentPoint {
    double x, y;
};

struct Measures {
    double hectares, perimeter_meters;
};

/// The places of the vertices, the first one again at the end, as GeoJSON closes a ring.
inline std::vector<postil::LonLat> ring_of(const postil::Footprint &footprint,
                                           const std::vector<PercentPoint> &points) {
    std::vector<postil::LonLat> ring;
    for (PercentPoint point : points) {
        ring.push_back(footprint.at(point.x, point.y));
    }
    if (!ring.empty()) {
        ring.push_back(ring.front());
    }
    return ring;
}

/// Area and perimeter on the WGS84 ellipsoid; edges are geodesics between the vertices (Karney,
/// "Algorithms for geodesics", 2013, by PROJ's routines).
inline Measures measures_of(const std::vector<postil::LonLat> &ring) {
    geod_geodesic wgs84;
    geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
    geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (size_t i = 0; i + 1 < ring.size(); i++) {
        geod_polygon_addpoint(&wgs84, &polygon, ring[i].latitude, ring[i].longitude);
    }
    double area = 0, perimeter = 0;
    geod_polygon_compute(&wgs84, &polygon, 0, 1, &area, &perimeter);
    return {std::fabs(area) / 10000, perimeter};
}

/// Whether the edges from `a` to `b` and from `c` to `d` cross or touch.
inline bool edges_meet(PercentPoint a, PercentPoint b, PercentPoint c, PercentPoint d) {
    auto side = [](PercentPoint from, PercentPoint to, PercentPoint at) {
        double turn = (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
        return turn > 0 ? 1 : turn < 0 ? -1 : 0;
    };
    auto within = [](PercentPoint from, PercentPoint to, PercentPoint at) {
        return std::fmin(from.x, to.x) <= at.x && at.x <= std::fmax(from.x, to.x) &&
               std::fmin(from.y, to.y) <= at.y && at.y <= std::fmax(from.y, to.y);
    };
    int abc = side(a, b, c), abd = side(a, b, d), cda = side(c, d, a), cdb = side(c, d, b);
    return (abc != abd && cda != cdb) || (abc == 0 && within(a, b, c)) ||
           (abd == 0 && within(a, b, d)) || (cda == 0 && within(c, d, a)) ||
           (cdb == 0 && within(c, d, b));
}

/// Whether any edges of two rings cross or touch.
inline bool rings_meet(const std::vector<PercentPoint> &one,
                       const std::vector<PercentPoint> &other) {
    for (size_t i = 0; i < one.size(); i++) {
        for (size_t j = 0; j < other.size(); j++) {
            if (edges_meet(one[i], one[(i + 1) % one.size()], other[j],
                           other[(j + 1) % other.size()])) {
                return true;
            }
        }
    }
    return false;
}

/// Whether a point lies in a ring, by the even-odd rule.
inline bool is_in_ring(const std::vector<PercentPoint> &ring, PercentPoint point) {
    bool is_inside = false;
    for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        PercentPoint a = ring[i], b = ring[j];
        if ((a.y > point.y) != (b.y > point.y) &&
            point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x) {
            is_inside = !is_inside;
        }
    }
    return is_inside;
}

/// The place of the first edge that another one crosses or touches, or nothing.
inline std::optional<size_t> self_intersection(const std::vector<PercentPoint> &points) {
    size_t count = points.size();
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 2; j < count; j++) {
            bool are_neighbors = i == 0 && j == count - 1;
            if (!are_neighbors && edges_meet(points[i], points[(i + 1) % count], points[j],
                                             points[(j + 1) % count])) {
                return i;
            }
        }
    }
    return std::nullopt;
}

} // namespace satellite
