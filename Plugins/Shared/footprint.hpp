// Where an image lies on the Earth: from percent of the image to longitude and latitude.
#pragma once

#include "text_writer.hpp"

#include <postil/value.h>

#include <cmath>
#include <optional>
#include <vector>

namespace postil {

/// Degrees, WGS84.
struct LonLat {
    double longitude, latitude;
};

/// The corners of an image, clockwise from its top left one.
///
/// Four corners give a bilinear map. Three (the top left, top right and bottom right one) give an
/// affine map: the fourth completes the parallelogram. Longitudes run on across the antimeridian
/// (179, 181), so that an image that straddles it has no jump in it.
class Footprint {
public:
    /// Reads `[[longitude, latitude], …]` or a GeoJSON Polygon with such a ring. Nothing when the
    /// value is neither, or says a place that is not on the Earth.
    static std::optional<Footprint> read(postil_value_t value) {
        postil_value_t coordinates = postil_object_named(value, "coordinates");
        postil_value_t list = coordinates.node ? postil_array_at(coordinates, 0) : value;
        double xy[10];
        int64_t count = postil_value_copy_points(list, xy, 5);
        bool is_closed_ring = count == 5 && xy[0] == xy[8] && xy[1] == xy[9];
        if (count != 3 && count != 4 && !is_closed_ring) {
            return std::nullopt;
        }
        Footprint footprint;
        for (int corner = 0; corner < (count == 3 ? 3 : 4); corner++) {
            LonLat place = {xy[2 * corner], xy[2 * corner + 1]};
            if (!(std::fabs(place.longitude) <= 540 && std::fabs(place.latitude) <= 90)) {
                return std::nullopt;
            }
            footprint.corners_[corner] = place;
        }
        if (count == 3) {
            const LonLat *c = footprint.corners_;
            footprint.corners_[3] = {c[0].longitude + c[2].longitude - c[1].longitude,
                                     c[0].latitude + c[2].latitude - c[1].latitude};
        }
        return footprint;
    }

    /// The place of a point given in percent of the image's width and height.
    LonLat at(double x, double y) const {
        double u = x / 100, v = y / 100;
        double weights[] = {(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v};
        LonLat place = {0, 0};
        for (int corner = 0; corner < 4; corner++) {
            place.longitude += weights[corner] * corners_[corner].longitude;
            place.latitude += weights[corner] * corners_[corner].latitude;
        }
        return place;
    }

private:
    LonLat corners_[4] = {};
};

} // namespace postil
