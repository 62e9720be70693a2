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
    std::vector<satellite::PercentPoint> points;
    std::optional<postil::Footprint> footprint;
    std::vector<postil::LonLat> ring;
    /// Nothing without a ring, and where the ring leaves the Earth: beyond a pole there is no area.
    std::optional<satellite::Measures> measures;

    explicit Drawing(const postil_tag_call_t *call) {
        postil_value_t value = postil_object_named(root_of(call->result_borrowed), "value");
        postil_value_t list = postil_object_named(value, "points");
        int64_t count = postil_value_copy_points(list, nullptr, 0);
        if (count > 0) {
            points.resize(static_cast<size_t>(count));
            postil_value_copy_points(list, &points[0].x, static_cast<uint64_t>(count));
        }
        footprint =
            postil::Footprint::read(postil_object_named(root_of(call->data_borrowed), "footprint"));
        if (footprint) {
            ring = satellite::ring_of(*footprint, points);
            satellite::Measures of_ring = satellite::measures_of(ring);
            if (std::isfinite(of_ring.hectares) && std::isfinite(of_ring.perimeter_meters)) {
                measures = of_ring;
            }
        }
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

/// For a drawing that has measures.
void build_own_value(postil_builder_t *builder, const Drawing &drawing) {
    postil_build_object(builder);
    postil_build_key(builder, postil_text("ring"));
    postil_build_array(builder);
    for (postil::LonLat place : drawing.ring) {
        postil_build_array(builder);
        postil_build_double(builder, place.longitude);
        postil_build_double(builder, place.latitude);
        postil_build_end(builder);
    }
    postil_build_end(builder);
    postil_build_key(builder, postil_text("area_ha"));
    postil_build_double(builder, drawing.measures->hectares);
    postil_build_key(builder, postil_text("perimeter_m"));
    postil_build_double(builder, drawing.measures->perimeter_meters);
    postil_build_end(builder);
}

/// True when the result says already what the server would write, to the last bit. For a drawing
/// that has measures.
bool is_normal(const postil_tag_call_t *call, const Drawing &drawing) {
    postil_value_t own = postil_object_named(
        postil_object_named(root_of(call->result_borrowed), "value"), "satellitepolygon");
    double hectares = -1, perimeter = -1;
    postil_value_double(postil_object_named(own, "area_ha"), &hectares);
    postil_value_double(postil_object_named(own, "perimeter_m"), &perimeter);
    std::vector<double> ring(drawing.ring.size() * 2);
    int64_t count = postil_value_copy_points(postil_object_named(own, "ring"), ring.data(),
                                             drawing.ring.size());
    bool is_same = count == static_cast<int64_t>(drawing.ring.size()) &&
                   hectares == drawing.measures->hectares &&
                   perimeter == drawing.measures->perimeter_meters;
    for (size_t i = 0; is_same && i < drawing.ring.size(); i++) {
        is_same =
            ring[2 * i] == drawing.ring[i].longitude && ring[2 * i + 1] == drawing.ring[i].latitude;
    }
    return is_same;
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
