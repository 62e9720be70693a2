// <DicomMeasure>: a straight line on a scan, with its length in millimeters.
//
// A person draws two points, in percent of the image. The length follows from them and from what
// the task says of the scan; the server computes it, and replaces what a browser sent.

#include "failure.hpp"
#include "text_writer.hpp"
#include "value_copy.hpp"

#include <postil/tag.h>

#include <cmath>
#include <optional>
#include <string>

namespace {

using postil::guarded;
using postil::view;

postil_value_t root_of(const postil_batch_t *batch) {
    return postil_batch_value(batch, 0);
}

/// What the task says of the scan that the result is about: the field that the object's `value`
/// names.
postil_value_t scan_of(const postil_tag_call_t *call) {
    postil_value_t result = root_of(call->result_borrowed);
    std::string name(view(postil_value_text(postil_object_named(result, "to_name"))));
    postil_value_t objects = postil_object_named(root_of(call->element_borrowed), "objects");
    postil_value_t object = postil_object_named(objects, name.c_str());
    postil_value_t attributes = postil_object_named(object, "attributes");
    std::string field(view(postil_value_text(postil_object_named(attributes, "value"))));
    if (!field.empty() && field[0] == '$') {
        field.erase(0, 1);
    }
    return postil_object_named(root_of(call->data_borrowed), field.c_str());
}

struct Line {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0; ///< Percent of the image.
    bool is_readable = false;
    std::optional<double> millimeters; ///< Nothing when no spacing is known.
    double sent = -1;                  ///< The length that came with the result.

    explicit Line(const postil_tag_call_t *call) {
        postil_value_t value = postil_object_named(root_of(call->result_borrowed), "value");
        postil_value_t own = postil_object_named(value, "dicommeasure");
        is_readable = postil_value_point(postil_object_named(own, "start"), &x1, &y1) &&
                      postil_value_point(postil_object_named(own, "end"), &x2, &y2);
        postil_value_double(postil_object_named(own, "length_mm"), &sent);
        postil_value_t scan = scan_of(call);
        double rows = 0, columns = 0, row_spacing = 0, column_spacing = 0;
        // Between rows first, as DICOM writes it.
        bool has_spacing = postil_value_point(postil_object_named(scan, "spacing"), &row_spacing,
                                              &column_spacing) &&
                           postil_value_double(postil_object_named(scan, "rows"), &rows) &&
                           postil_value_double(postil_object_named(scan, "columns"), &columns);
        double length = std::hypot((x2 - x1) / 100 * columns * column_spacing,
                                   (y2 - y1) / 100 * rows * row_spacing);
        if (is_readable && has_spacing && row_spacing > 0 && column_spacing > 0 &&
            std::isfinite(length)) {
            millimeters = length;
        }
    }
};

bool is_percent(double value) {
    return value >= -1e-6 && value <= 100 + 1e-6;
}

postil_status_t validate_result(const postil_tag_call_t *call, const postil_problems_t *problems,
                                postil_error_t *error) {
    return guarded(error, [&] {
        Line line(call);
        if (!line.is_readable) {
            postil_report(problems, "line_unreadable", "/value/dicommeasure",
                          "A measured length has a start and an end, [x, y] in percent each.",
                          "Draw the line again.");
        } else if (!is_percent(line.x1) || !is_percent(line.y1) || !is_percent(line.x2) ||
                   !is_percent(line.y2)) {
            postil_report(problems, "outside", "/value/dicommeasure",
                          "An end of this line lies outside the image.", "Move it inside.");
        }
        return static_cast<postil_status_t>(POSTIL_OK);
    });
}

void build_own(postil_builder_t *builder, postil_value_t own, double millimeters) {
    postil_build_object(builder);
    postil_walk_t walk = postil_children(own);
    postil_member_t member;
    while (postil_walk_member(&walk, &member)) {
        if (!postil_bytes_are(member.name, "length_mm")) {
            postil_build_key(builder, member.name);
            postil::copy_value(builder, member.value);
        }
    }
    postil_build_key(builder, postil_text("length_mm"));
    postil_build_double(builder, millimeters);
    postil_build_end(builder);
}

/// Copies an object; its member `name` is written by `build`.
template <class Build>
void copy_but(postil_builder_t *builder, postil_value_t object, const char *name, Build build) {
    postil_build_object(builder);
    postil_walk_t walk = postil_children(object);
    postil_member_t member;
    while (postil_walk_member(&walk, &member)) {
        postil_build_key(builder, member.name);
        if (postil_bytes_are(member.name, name)) {
            build(member.value);
        } else {
            postil::copy_value(builder, member.value);
        }
    }
    postil_build_end(builder);
}

postil_status_t normalize(const postil_tag_call_t *call, postil_builder_t *builder,
                          postil_error_t *error) {
    return guarded(error, [&] {
        Line line(call);
        if (!line.millimeters || *line.millimeters == line.sent) {
            return static_cast<postil_status_t>(POSTIL_OK);
        }
        postil_build_root(builder, nullptr);
        copy_but(builder, root_of(call->result_borrowed), "value", [&](postil_value_t value) {
            copy_but(builder, value, "dicommeasure",
                     [&](postil_value_t own) { build_own(builder, own, *line.millimeters); });
        });
        return postil_build_root_end(builder);
    });
}

postil_status_t measures(const postil_tag_call_t *call, postil_builder_t *builder,
                         postil_error_t *error) {
    return guarded(error, [&] {
        Line line(call);
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        if (line.millimeters) {
            postil_build_key(builder, postil_text("length_mm"));
            postil_build_double(builder, *line.millimeters);
        }
        postil_build_end(builder);
        return postil_build_root_end(builder);
    });
}

const postil_tag_t tag_table = {sizeof(postil_tag_t), 0,         nullptr,
                                validate_result,      normalize, measures};

const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_tag = postil_bytes_are(id, POSTIL_CAPABILITY_TAG);
    return is_tag && postil_bytes_are(name, "DicomMeasure") ? &tag_table : nullptr;
}

const char plugin_id[] = "org.postil.dicom-viewer";
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
