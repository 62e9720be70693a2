// <LengthLine>: a straight line on an image, with its length in pixels.
//
// A person draws two points, in percent of the image. The server computes the length from them and
// from the image's size; what a browser sent of it is replaced. All functions are pure.
#include "guard.hpp"

#include <postil/tag.h>

#include <cmath>
#include <cstdlib>
#include <optional>

namespace {

constexpr postil_status_t done = POSTIL_OK;

postil_value_t root(const postil_batch_t *batch) {
    return postil_batch_value(batch, 0);
}

/// The tag's own part of a result's value.
postil_value_t own_value(const postil_tag_call_t *call) {
    return postil_object_named(postil_object_named(root(call->result_borrowed), "value"),
                               "lengthline");
}

struct Line {
    double x1, y1, x2, y2; ///< Percent of the image.
    double width, height;  ///< Of the image, in pixels.

    static std::optional<Line> read(const postil_tag_call_t *call) {
        Line line;
        postil_value_t own = own_value(call), result = root(call->result_borrowed);
        bool is_whole =
            postil_value_point(postil_object_named(own, "start"), &line.x1, &line.y1) &&
            postil_value_point(postil_object_named(own, "end"), &line.x2, &line.y2) &&
            postil_value_double(postil_object_named(result, "original_width"), &line.width) &&
            postil_value_double(postil_object_named(result, "original_height"), &line.height) &&
            line.width > 0 && line.height > 0;
        return is_whole ? std::optional<Line>(line) : std::nullopt;
    }

    double pixels() const { return std::hypot((x2 - x1) / 100 * width, (y2 - y1) / 100 * height); }
};

/// The attribute `minLength` in pixels; 0 when it is not written, nothing when it is no number.
std::optional<double> minimum_length(const postil_tag_call_t *call) {
    postil_value_t attributes = postil_object_named(root(call->element_borrowed), "attributes");
    std::string text(view(postil_value_text(postil_object_named(attributes, "minLength"))));
    if (text.empty()) {
        return 0;
    }
    char *end = nullptr;
    double pixels = std::strtod(text.c_str(), &end);
    bool is_number = end == text.c_str() + text.size() && std::isfinite(pixels) && pixels >= 0;
    return is_number ? std::optional<double>(pixels) : std::nullopt;
}

postil_status_t validate_config(const postil_tag_call_t *call, const postil_problems_t *problems,
                                postil_error_t *error) {
    return guarded(error, [&] {
        if (!minimum_length(call)) {
            postil_report(problems, "min_length_invalid", "/attributes/minLength",
                          "minLength is a number of pixels, 0 or more.",
                          "Write for example minLength=\"10\".");
        }
        return done;
    });
}

bool is_inside(double x, double y) {
    return x >= 0 && x <= 100 && y >= 0 && y <= 100;
}

postil_status_t validate_result(const postil_tag_call_t *call, const postil_problems_t *problems,
                                postil_error_t *error) {
    return guarded(error, [&] {
        auto line = Line::read(call);
        if (!line) {
            postil_report(problems, "line_unreadable", "/value/lengthline",
                          "A line has a start and an end, [x, y] in percent of the image each, and "
                          "its result the size of the image.",
                          "Draw the line again.");
            return done;
        }
        if (!is_inside(line->x1, line->y1)) {
            postil_report(problems, "outside", "/value/lengthline/start",
                          "The start lies outside the image.", "Move it inside.");
        }
        if (!is_inside(line->x2, line->y2)) {
            postil_report(problems, "outside", "/value/lengthline/end",
                          "The end lies outside the image.", "Move it inside.");
        }
        if (line->pixels() < minimum_length(call).value_or(0)) {
            postil_report(problems, "too_short", "/value/lengthline",
                          "The line is shorter than minLength asks for.", "Draw a longer line.");
        }
        return done;
    });
}

/// Copies a value as it is, whatever it holds.
void copy_value(postil_builder_t *builder, postil_value_t value) {
    postil_walk_t walk = postil_children(value);
    postil_value_t element;
    postil_member_t member;
    double number = 0;
    bool truth = false;
    switch (postil_value_kind(value)) {
    case POSTIL_KIND_OBJECT:
        postil_build_object(builder);
        while (postil_walk_member(&walk, &member)) {
            postil_build_key(builder, member.name);
            copy_value(builder, member.value);
        }
        postil_build_end(builder);
        break;
    case POSTIL_KIND_ARRAY:
        postil_build_array(builder);
        while (postil_walk_element(&walk, &element)) {
            copy_value(builder, element);
        }
        postil_build_end(builder);
        break;
    case POSTIL_KIND_STRING:
        postil_build_string(builder, postil_value_text(value));
        break;
    case POSTIL_KIND_BOOL:
        postil_value_bool(value, &truth);
        postil_build_bool(builder, truth);
        break;
    case POSTIL_KIND_I64:
        postil_build_int64(builder, static_cast<int64_t>(value.node->payload));
        break;
    case POSTIL_KIND_U64:
        postil_build_uint64(builder, value.node->payload);
        break;
    case POSTIL_KIND_F64:
        postil_value_double(value, &number);
        postil_build_double(builder, number);
        break;
    case POSTIL_KIND_NUMBER_TEXT:
        postil_value_double(value, &number);
        postil_build_number_text(builder, postil_value_number_text(value), number);
        break;
    default:
        postil_build_null(builder);
    }
}

/// Writes an object again, without one member.
void copy_members(postil_builder_t *builder, postil_value_t object, const char *but) {
    postil_walk_t walk = postil_children(object);
    postil_member_t member;
    while (postil_walk_member(&walk, &member)) {
        if (!postil_bytes_are(member.name, but)) {
            postil_build_key(builder, member.name);
            copy_value(builder, member.value);
        }
    }
}

postil_status_t normalize(const postil_tag_call_t *call, postil_builder_t *builder,
                          postil_error_t *error) {
    return guarded(error, [&] {
        auto line = Line::read(call);
        double sent = -1;
        postil_value_double(postil_object_named(own_value(call), "length_px"), &sent);
        if (!line || !std::isfinite(line->pixels()) || sent == line->pixels()) {
            return done; // No root: the result stays as it is.
        }
        postil_value_t result = root(call->result_borrowed);
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        copy_members(builder, result, "value");
        postil_build_key(builder, postil_text("value"));
        postil_build_object(builder);
        copy_members(builder, postil_object_named(result, "value"), "lengthline");
        postil_build_key(builder, postil_text("lengthline"));
        postil_build_object(builder);
        copy_members(builder, own_value(call), "length_px");
        postil_build_key(builder, postil_text("length_px"));
        postil_build_double(builder, line->pixels());
        postil_build_end(builder);
        postil_build_end(builder);
        postil_build_end(builder);
        return postil_build_root_end(builder);
    });
}

postil_status_t measures(const postil_tag_call_t *call, postil_builder_t *builder,
                         postil_error_t *error) {
    return guarded(error, [&] {
        auto line = Line::read(call);
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        if (line && std::isfinite(line->pixels())) {
            postil_build_key(builder, postil_text("length_px"));
            postil_build_double(builder, line->pixels());
        }
        postil_build_end(builder);
        return postil_build_root_end(builder);
    });
}

const postil_tag_t tag = {
    sizeof(postil_tag_t), 0, validate_config, validate_result, normalize, measures,
};

const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_tag = postil_bytes_are(id, POSTIL_CAPABILITY_TAG);
    return is_tag && postil_bytes_are(name, "LengthLine") ? &tag : nullptr;
}

// The same as in manifest.json; the host compares.
const char plugin_id[] = "org.example.length-line";
const char plugin_version[] = "0.1.0";

const postil_plugin_t plugin = {
    sizeof(postil_plugin_t),
    POSTIL_ABI_VERSION,
    POSTIL_ABI_VERSION,
    0,
    {reinterpret_cast<const uint8_t *>(plugin_id), sizeof plugin_id - 1},
    {reinterpret_cast<const uint8_t *>(plugin_version), sizeof plugin_version - 1},
    get_capability,
};

} // namespace

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= plugin.abi_minimum ? &plugin : nullptr;
}
