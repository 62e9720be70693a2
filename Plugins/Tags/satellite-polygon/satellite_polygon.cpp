// <SatellitePolygon>: a polygon on an image that has a footprint, with its geodesic area.
//
// What a person draws are points in percent of the image; they are also the stand-in, so that
// readers who do not know this tag see an ordinary polygon. The ring on the Earth, the area and the
// perimeter follow from the points and the task's footprint, and the server computes them: what a
// browser sent of them is replaced.

#include "failure.hpp"
#include "field.hpp"
#include "value_copy.hpp"

#include <postil/tag.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace {

using postil::Failure;
using postil::guarded;
using postil::view;

/// `code`, `pointer`, `message`, `hint` of problems are C strings; texts made here are kept alive
/// until the report returns, which copies them.
struct Report {
    const postil_problems_t *problems;

    void operator()(const char *code, const std::string &pointer, const std::string &message,
                    const char *hint) const {
        postil_report(problems, code, pointer.c_str(), message.c_str(), hint);
    }
};

postil_value_t root_of(const postil_batch_t *batch) {
    return postil_batch_value(batch, 0);
}

std::string attribute(const postil_tag_call_t *call, const char *name) {
    postil_value_t attributes = postil_object_named(root_of(call->element_borrowed), "attributes");
    return std::string(view(postil_value_text(postil_object_named(attributes, name))));
}

/// The attribute `minArea` in hectares; nothing when it is not a number from 0 up.
std::optional<double> minimum_hectares(const postil_tag_call_t *call) {
    std::string text = attribute(call, "minArea");
    if (text.empty()) {
        return 0;
    }
    char *end = nullptr;
    double value = std::strtod(text.c_str(), &end);
    bool is_number = *end == '\0' && std::isfinite(value) && value >= 0;
    return is_number ? std::optional<double>(value) : std::nullopt;
}

/// What a result says, read once for every function of the tag.
struct Drawing {
    using Points = std::vector<satellite::PercentPoint>;

    Points points;
    /// What is left out of the polygon, in percent of the image as the points are.
    std::vector<Points> holes;
    std::optional<postil::Footprint> footprint;
    std::vector<postil::LonLat> ring;
    std::vector<std::vector<postil::LonLat>> hole_rings;
    /// Area without the holes, length of all edges. Nothing without a ring, and where the ring
    /// leaves the Earth: beyond a pole there is no area.
    std::optional<satellite::Measures> measures;

    explicit Drawing(const postil_tag_call_t *call) {
        postil_value_t value = postil_object_named(root_of(call->result_borrowed), "value");
        points = points_of(postil_object_named(value, "points"));
        postil_value_t own = postil_object_named(value, "satellitepolygon");
        postil_walk_t walk = postil_children(postil_object_named(own, "hole_points"));
        postil_value_t hole;
        while (postil_walk_element(&walk, &hole)) {
            holes.push_back(points_of(hole));
        }
        footprint =
            postil::Footprint::read(postil_object_named(root_of(call->data_borrowed), "footprint"));
        if (footprint) {
            ring = satellite::ring_of(*footprint, points);
            for (const Points &each : holes) {
                hole_rings.push_back(satellite::ring_of(*footprint, each));
            }
            satellite::Measures all = sum_of_rings();
            if (std::isfinite(all.hectares) && std::isfinite(all.perimeter_meters)) {
                measures = all;
            }
        }
    }

private:
    satellite::Measures sum_of_rings() const {
        satellite::Measures sum = satellite::measures_of(ring);
        for (const auto &hole : hole_rings) {
            satellite::Measures of_hole = satellite::measures_of(hole);
            sum.hectares -= of_hole.hectares;
            sum.perimeter_meters += of_hole.perimeter_meters;
        }
        return sum;
    }

    static Points points_of(postil_value_t list) {
        int64_t count = postil_value_copy_points(list, nullptr, 0);
        Points points(count > 0 ? static_cast<size_t>(count) : 0);
        if (count > 0) {
            postil_value_copy_points(list, &points[0].x, static_cast<uint64_t>(count));
        }
        return points;
    }
};

bool is_inside(satellite::PercentPoint point) {
    // A point on the edge may come a rounding error outside.
    const double slack = 1e-6;
    return point.x >= -slack && point.x <= 100 + slack && point.y >= -slack &&
           point.y <= 100 + slack;
}

void judge_points(const Drawing &drawing, const Report &report) {
    if (drawing.points.size() < 3) {
        return report("too_few_points", "/value/points",
                      "A satellite polygon needs at least three points, each [x, y] in percent "
                      "of the image.",
                      "Draw the polygon again.");
    }
    for (size_t i = 0; i < drawing.points.size(); i++) {
        if (!is_inside(drawing.points[i])) {
            return report("outside_footprint", "/value/points/" + std::to_string(i),
                          "This point lies outside the image and so outside its footprint.",
                          "Move it inside.");
        }
    }
    if (auto edge = satellite::self_intersection(drawing.points)) {
        report("self_intersection", "/value/points/" + std::to_string(*edge),
               "The edge that begins at this point meets another edge of the polygon.",
               "Move the point so that no edges cross or touch.");
    }
}

/// Holes are polygons within the polygon that do not meet each other.
void judge_holes(const Drawing &drawing, const Report &report) {
    for (size_t i = 0; i < drawing.holes.size(); i++) {
        const std::string pointer = "/value/satellitepolygon/hole_points/" + std::to_string(i);
        const Drawing::Points &hole = drawing.holes[i];
        if (hole.size() < 3) {
            return report(
                "too_few_points", pointer,
                "A hole needs at least three points, each [x, y] in percent of the image.",
                "Draw the hole again.");
        }
        if (satellite::self_intersection(hole)) {
            return report("self_intersection", pointer, "Edges of this hole meet.",
                          "Move its points so that no edges cross or touch.");
        }
        if (!satellite::is_in_ring(drawing.points, hole.front()) ||
            satellite::rings_meet(drawing.points, hole)) {
            return report("hole_outside", pointer, "This hole is not within its polygon.",
                          "Move it inside.");
        }
        for (size_t j = 0; j < i; j++) {
            const Drawing::Points &other = drawing.holes[j];
            if (satellite::rings_meet(hole, other) || satellite::is_in_ring(other, hole.front()) ||
                satellite::is_in_ring(hole, other.front())) {
                return report("holes_overlap", pointer, "This hole overlaps another one.",
                              "Make one hole of the two.");
            }
        }
    }
}

/// The ring that came with the result, when one did, is closed and is the one that the points say.
void judge_ring(const postil_tag_call_t *call, const Drawing &drawing, const Report &report) {
    postil_value_t own = postil_object_named(
        postil_object_named(root_of(call->result_borrowed), "value"), "satellitepolygon");
    postil_value_t sent = postil_object_named(own, "ring");
    if (!sent.node) {
        return;
    }
    const std::string pointer = "/value/satellitepolygon/ring";
    int64_t count = postil_value_copy_points(sent, nullptr, 0);
    std::vector<double> places(count > 0 ? static_cast<size_t>(count) * 2 : 0);
    if (count > 0) {
        postil_value_copy_points(sent, places.data(), static_cast<uint64_t>(count));
    }
    size_t last = places.size();
    if (count < 4 || places[0] != places[last - 2] || places[1] != places[last - 1]) {
        return report("ring_not_closed", pointer,
                      "A GeoJSON ring has at least four positions, and the last one repeats the "
                      "first.",
                      "Leave the ring out: the server makes it from the points.");
    }
    // Browser and server compute alike, but not to the last bit; this is about a decimeter.
    const double tolerance = 1e-6;
    bool agrees = static_cast<size_t>(count) == drawing.ring.size();
    for (size_t i = 0; agrees && i < drawing.ring.size(); i++) {
        agrees = std::fabs(places[2 * i] - drawing.ring[i].longitude) <= tolerance &&
                 std::fabs(places[2 * i + 1] - drawing.ring[i].latitude) <= tolerance;
    }
    if (!agrees) {
        report("ring_disagrees", pointer,
               "The ring is not the place of the points on this task's footprint.",
               "Leave the ring out: the server makes it from the points.");
    }
}

postil_status_t validate_config(const postil_tag_call_t *call, const postil_problems_t *problems,
                                postil_error_t *error) {
    return guarded(error, [&] {
        Report report{problems};
        if (!minimum_hectares(call)) {
            report("min_area_invalid", "/attributes/minArea",
                   "minArea is a number of hectares, 0 or more.",
                   "Write for example "
                   "minArea=\"0.5\".");
        }
        postil_walk_t objects =
            postil_children(postil_object_named(root_of(call->element_borrowed), "objects"));
        postil_member_t object;
        while (postil_walk_member(&objects, &object)) {
            std::string tag(view(postil_value_text(postil_object_named(object.value, "tag"))));
            if (tag != "Image") {
                report("to_name_not_image", "/attributes/toName",
                       "SatellitePolygon draws on an Image, not on " + tag + ".",
                       "Name an Image tag in toName.");
            }
        }
        return static_cast<postil_status_t>(POSTIL_OK);
    });
}

postil_status_t validate_result(const postil_tag_call_t *call, const postil_problems_t *problems,
                                postil_error_t *error) {
    return guarded(error, [&] {
        Report report{problems};
        Drawing drawing(call);
        if (!drawing.footprint) {
            report("footprint_missing", "/value",
                   "The task has no footprint, so this polygon has no place on the Earth.",
                   "Give data.footprint: longitude and latitude of three or four corners, "
                   "clockwise from the top left one.");
            return static_cast<postil_status_t>(POSTIL_OK);
        }
        judge_points(drawing, report);
        if (drawing.points.size() >= 3) {
            judge_holes(drawing, report);
        }
        judge_ring(call, drawing, report);
        double minimum = minimum_hectares(call).value_or(0);
        if (!drawing.measures &&
            std::all_of(drawing.points.begin(), drawing.points.end(), is_inside)) {
            report("off_the_earth", "/value/points",
                   "The footprint puts a point of this polygon beyond a pole.",
                   "Check data.footprint: latitudes go from -90 to 90.");
        }
        if (drawing.measures && drawing.points.size() >= 3 &&
            drawing.measures->hectares < minimum) {
            report("area_too_small", "/value/points",
                   "The polygon is smaller than minArea asks for.",
                   "Draw it larger, or lower minArea in the labeling config.");
        }
        return static_cast<postil_status_t>(POSTIL_OK);
    });
}

void build_pair(postil_builder_t *builder, double first, double second) {
    postil_build_array(builder);
    postil_build_double(builder, first);
    postil_build_double(builder, second);
    postil_build_end(builder);
}

void build_ring(postil_builder_t *builder, const std::vector<postil::LonLat> &ring) {
    postil_build_array(builder);
    for (postil::LonLat place : ring) {
        build_pair(builder, place.longitude, place.latitude);
    }
    postil_build_end(builder);
}

void build_holes(postil_builder_t *builder, const Drawing &drawing) {
    postil_build_key(builder, postil_text("hole_points"));
    postil_build_array(builder);
    for (const Drawing::Points &hole : drawing.holes) {
        postil_build_array(builder);
        for (satellite::PercentPoint point : hole) {
            build_pair(builder, point.x, point.y);
        }
        postil_build_end(builder);
    }
    postil_build_end(builder);
    postil_build_key(builder, postil_text("holes"));
    postil_build_array(builder);
    for (const auto &ring : drawing.hole_rings) {
        build_ring(builder, ring);
    }
    postil_build_end(builder);
}

/// For a drawing that has measures.
void build_own_value(postil_builder_t *builder, const Drawing &drawing) {
    postil_build_object(builder);
    postil_build_key(builder, postil_text("ring"));
    build_ring(builder, drawing.ring);
    if (!drawing.holes.empty()) {
        build_holes(builder, drawing);
    }
    postil_build_key(builder, postil_text("area_ha"));
    postil_build_double(builder, drawing.measures->hectares);
    postil_build_key(builder, postil_text("perimeter_m"));
    postil_build_double(builder, drawing.measures->perimeter_meters);
    postil_build_end(builder);
}

/// True when a list of positions is this ring, to the last bit.
bool is_ring(postil_value_t list, const std::vector<postil::LonLat> &ring) {
    std::vector<double> places(ring.size() * 2);
    int64_t count = postil_value_copy_points(list, places.data(), ring.size());
    bool is_same = count == static_cast<int64_t>(ring.size());
    for (size_t i = 0; is_same && i < ring.size(); i++) {
        is_same = places[2 * i] == ring[i].longitude && places[2 * i + 1] == ring[i].latitude;
    }
    return is_same;
}

/// True when the result says already what the server would write, to the last bit. For a drawing
/// that has measures.
bool is_normal(const postil_tag_call_t *call, const Drawing &drawing) {
    postil_value_t own = postil_object_named(
        postil_object_named(root_of(call->result_borrowed), "value"), "satellitepolygon");
    double hectares = -1, perimeter = -1;
    postil_value_double(postil_object_named(own, "area_ha"), &hectares);
    postil_value_double(postil_object_named(own, "perimeter_m"), &perimeter);
    bool is_same = is_ring(postil_object_named(own, "ring"), drawing.ring) &&
                   hectares == drawing.measures->hectares &&
                   perimeter == drawing.measures->perimeter_meters;
    postil_walk_t walk = postil_children(postil_object_named(own, "holes"));
    postil_value_t hole;
    size_t known = 0;
    while (is_same && postil_walk_element(&walk, &hole)) {
        is_same = known < drawing.hole_rings.size() && is_ring(hole, drawing.hole_rings[known]);
        known++;
    }
    return is_same && known == drawing.hole_rings.size();
}

postil_status_t normalize(const postil_tag_call_t *call, postil_builder_t *builder,
                          postil_error_t *error) {
    return guarded(error, [&] {
        Drawing drawing(call);
        if (!drawing.measures || is_normal(call, drawing)) {
            return static_cast<postil_status_t>(POSTIL_OK);
        }
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        postil_walk_t walk = postil_children(root_of(call->result_borrowed));
        postil_member_t member;
        while (postil_walk_member(&walk, &member)) {
            postil_build_key(builder, member.name);
            if (!postil_bytes_are(member.name, "value")) {
                postil::copy_value(builder, member.value);
                continue;
            }
            postil_build_object(builder);
            postil_walk_t inner = postil_children(member.value);
            postil_member_t part;
            while (postil_walk_member(&inner, &part)) {
                if (!postil_bytes_are(part.name, "satellitepolygon")) {
                    postil_build_key(builder, part.name);
                    postil::copy_value(builder, part.value);
                }
            }
            postil_build_key(builder, postil_text("satellitepolygon"));
            build_own_value(builder, drawing);
            postil_build_end(builder);
        }
        postil_build_end(builder);
        return postil_build_root_end(builder);
    });
}

postil_status_t measures(const postil_tag_call_t *call, postil_builder_t *builder,
                         postil_error_t *error) {
    return guarded(error, [&] {
        Drawing drawing(call);
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        if (drawing.measures && drawing.points.size() >= 3) {
            postil_build_key(builder, postil_text("area_ha"));
            postil_build_double(builder, drawing.measures->hectares);
            postil_build_key(builder, postil_text("perimeter_m"));
            postil_build_double(builder, drawing.measures->perimeter_meters);
        }
        postil_build_end(builder);
        return postil_build_root_end(builder);
    });
}

const postil_tag_t tag_table = {sizeof(postil_tag_t), 0,         validate_config,
                                validate_result,      normalize, measures};

const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_tag = postil_bytes_are(id, POSTIL_CAPABILITY_TAG);
    return is_tag && postil_bytes_are(name, "SatellitePolygon") ? &tag_table : nullptr;
}

const char plugin_id[] = "org.postil.satellite-polygon";
const char plugin_version[] = "1.0.0";
const postil_plugin_t plugin = {
    sizeof(postil_plugin_t),
    POSTIL_ABI_VERSION,
    POSTIL_ABI_VERSION,
    0,
    {reinterpret_cast<const uint8_t *>(plugin_id), sizeof plugin_id - 1},
    {reinterpret_cast<const uint8_t *>(plugin_version), sizeof plugin_version - 1},
    get_capability};

} // namespace

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= POSTIL_ABI_VERSION ? &plugin : nullptr;
}
