// <PointCloudCuboid>: a cuboid in the points of a laser scanner.
//
// The browser says center, size and rotation in the coordinates of the file. Here they are judged,
// so that no cuboid without extent or with a number that is none is stored, and measured.

#include "failure.hpp"

#include <postil/tag.h>

#include <array>
#include <cmath>
#include <string>

namespace {

using postil::guarded;

postil_value_t root_of(const postil_batch_t *batch) {
    return postil_batch_value(batch, 0);
}

/// Three numbers of an array of three.
bool read_three(postil_value_t list, std::array<double, 3> &numbers) {
    postil_walk_t walk = postil_children(list);
    postil_value_t element;
    size_t count = 0;
    while (postil_walk_element(&walk, &element)) {
        if (count == 3 || !postil_value_double(element, &numbers[count]) ||
            !std::isfinite(numbers[count])) {
            return false;
        }
        count++;
    }
    return count == 3;
}

/// What a result says, or which part of it cannot be read.
struct Cuboid {
    std::array<double, 3> center{}, size{}, rotation{};
    const char *unreadable = nullptr; ///< A pointer into the result.

    explicit Cuboid(const postil_tag_call_t *call) {
        postil_value_t value = postil_object_named(root_of(call->result_borrowed), "value");
        postil_value_t own = postil_object_named(value, "pointcloudcuboid");
        postil_value_t turn = postil_object_named(own, "rotation");
        if (!read_three(postil_object_named(own, "center"), center)) {
            unreadable = "/value/pointcloudcuboid/center";
        } else if (!read_three(postil_object_named(own, "size"), size)) {
            unreadable = "/value/pointcloudcuboid/size";
        } else if (turn.node && !read_three(turn, rotation)) {
            unreadable = "/value/pointcloudcuboid/rotation";
        }
    }
};

postil_status_t validate_result(const postil_tag_call_t *call, const postil_problems_t *problems,
                                postil_error_t *error) {
    return guarded(error, [&] {
        Cuboid cuboid(call);
        if (cuboid.unreadable) {
            postil_report(problems, "cuboid_unreadable", cuboid.unreadable,
                          "A cuboid has center, size and rotation, three numbers each.",
                          "Write [x, y, z]: meters, and radians for the rotation.");
            return static_cast<postil_status_t>(POSTIL_OK);
        }
        for (size_t i = 0; i < 3; i++) {
            if (cuboid.size[i] <= 0) {
                std::string pointer = "/value/pointcloudcuboid/size/" + std::to_string(i);
                postil_report(problems, "size_not_positive", pointer.c_str(),
                              "Length, width and height of a cuboid are above 0.",
                              "Draw the cuboid again.");
            }
            if (std::fabs(cuboid.rotation[i]) > 2 * M_PI) {
                std::string pointer = "/value/pointcloudcuboid/rotation/" + std::to_string(i);
                postil_report(problems, "not_radians", pointer.c_str(),
                              "This angle is more than a full turn in radians.",
                              "Angles are radians, not degrees.");
            }
        }
        return static_cast<postil_status_t>(POSTIL_OK);
    });
}

postil_status_t measures(const postil_tag_call_t *call, postil_builder_t *builder,
                         postil_error_t *error) {
    return guarded(error, [&] {
        Cuboid cuboid(call);
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        if (!cuboid.unreadable) {
            const auto &size = cuboid.size, &center = cuboid.center;
            postil_build_key(builder, postil_text("volume_m3"));
            postil_build_double(builder, size[0] * size[1] * size[2]);
            postil_build_key(builder, postil_text("distance_m"));
            postil_build_double(builder, std::hypot(center[0], center[1], center[2]));
        }
        postil_build_end(builder);
        return postil_build_root_end(builder);
    });
}

const postil_tag_t tag_table = {sizeof(postil_tag_t), 0,       nullptr,
                                validate_result,      nullptr, measures};

const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_tag = postil_bytes_are(id, POSTIL_CAPABILITY_TAG);
    return is_tag && postil_bytes_are(name, "PointCloudCuboid") ? &tag_table : nullptr;
}

const char plugin_id[] = "org.postil.point-cloud-cuboid";
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
