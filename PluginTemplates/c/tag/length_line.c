// <LengthLine>: a straight line on an image, with its length in pixels.
//
// A person draws two points, in percent of the image. The server computes the length from them and
// from the image's size; what a browser sent of it is replaced. All functions are pure.
#include <postil/tag.h>

#include <math.h>
#include <stdlib.h>

typedef struct line {
    double x1, y1, x2, y2; ///< Percent of the image.
    double width, height;  ///< Of the image, in pixels.
} line_t;

static postil_value_t root(const postil_batch_t *batch) {
    return postil_batch_value(batch, 0);
}

/// The tag's own part of a result's value.
static postil_value_t own_value(const postil_tag_call_t *call) {
    return postil_object_named(postil_object_named(root(call->result_borrowed), "value"),
                               "lengthline");
}

static bool read_line(const postil_tag_call_t *call, line_t *line) {
    postil_value_t own = own_value(call), result = root(call->result_borrowed);
    return postil_value_point(postil_object_named(own, "start"), &line->x1, &line->y1) &&
           postil_value_point(postil_object_named(own, "end"), &line->x2, &line->y2) &&
           postil_value_double(postil_object_named(result, "original_width"), &line->width) &&
           postil_value_double(postil_object_named(result, "original_height"), &line->height) &&
           line->width > 0 && line->height > 0;
}

static double length_in_pixels(const line_t *line) {
    return hypot((line->x2 - line->x1) / 100 * line->width,
                 (line->y2 - line->y1) / 100 * line->height);
}

/// The attribute `minLength` in pixels; 0 when it is not written. False when it is no number.
static bool minimum_length(const postil_tag_call_t *call, double *pixels) {
    postil_value_t attributes = postil_object_named(root(call->element_borrowed), "attributes");
    postil_bytes_t text = postil_value_text(postil_object_named(attributes, "minLength"));
    char copy[64], *end = copy;
    *pixels = 0;
    if (text.count == 0) {
        return true;
    }
    if (text.count >= sizeof copy) {
        return false;
    }
    postil_text_copy(copy, sizeof copy, text);
    *pixels = strtod(copy, &end);
    return *end == 0 && end != copy && isfinite(*pixels) && *pixels >= 0;
}

static postil_status_t validate_config(const postil_tag_call_t *call,
                                       const postil_problems_t *problems, postil_error_t *error) {
    (void)error;
    double pixels;
    if (!minimum_length(call, &pixels)) {
        postil_report(problems, "min_length_invalid", "/attributes/minLength",
                      "minLength is a number of pixels, 0 or more.",
                      "Write for example minLength=\"10\".");
    }
    return POSTIL_OK;
}

static bool is_percent(double value) {
    return value >= 0 && value <= 100;
}

static postil_status_t validate_result(const postil_tag_call_t *call,
                                       const postil_problems_t *problems, postil_error_t *error) {
    (void)error;
    line_t line;
    double minimum;
    if (!read_line(call, &line)) {
        postil_report(problems, "line_unreadable", "/value/lengthline",
                      "A line has a start and an end, [x, y] in percent of the image each, and its "
                      "result the size of the image.",
                      "Draw the line again.");
        return POSTIL_OK;
    }
    if (!is_percent(line.x1) || !is_percent(line.y1)) {
        postil_report(problems, "outside", "/value/lengthline/start",
                      "The start lies outside the image.", "Move it inside.");
    }
    if (!is_percent(line.x2) || !is_percent(line.y2)) {
        postil_report(problems, "outside", "/value/lengthline/end",
                      "The end lies outside the image.", "Move it inside.");
    }
    if (minimum_length(call, &minimum) && length_in_pixels(&line) < minimum) {
        postil_report(problems, "too_short", "/value/lengthline",
                      "The line is shorter than minLength asks for.", "Draw a longer line.");
    }
    return POSTIL_OK;
}

/// Copies a value as it is, whatever it holds.
static void copy_value(postil_builder_t *builder, postil_value_t value) {
    postil_walk_t walk = postil_children(value);
    postil_value_t element;
    postil_member_t member;
    double number;
    bool truth;
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
        postil_build_int64(builder, (int64_t)value.node->payload);
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
static void copy_members(postil_builder_t *builder, postil_value_t object, const char *but) {
    postil_walk_t walk = postil_children(object);
    postil_member_t member;
    while (postil_walk_member(&walk, &member)) {
        if (!postil_bytes_are(member.name, but)) {
            postil_build_key(builder, member.name);
            copy_value(builder, member.value);
        }
    }
}

static postil_status_t normalize(const postil_tag_call_t *call, postil_builder_t *builder,
                                 postil_error_t *error) {
    (void)error;
    line_t line;
    double sent;
    if (!read_line(call, &line)) {
        return POSTIL_OK;
    }
    double length = length_in_pixels(&line);
    if (!isfinite(length) ||
        (postil_value_double(postil_object_named(own_value(call), "length_px"), &sent) &&
         sent == length)) {
        return POSTIL_OK; // No root: the result stays as it is.
    }
    postil_value_t result = root(call->result_borrowed);
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    copy_members(builder, result, "value");
    postil_build_key(builder, postil_text("value"));
    postil_build_object(builder);
    copy_members(builder, postil_object_named(result, "value"), "lengthline");
    postil_build_key(builder, postil_text("lengthline"));
    postil_build_object(builder);
    copy_members(builder, own_value(call), "length_px");
    postil_build_key(builder, postil_text("length_px"));
    postil_build_double(builder, length);
    postil_build_end(builder);
    postil_build_end(builder);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static postil_status_t measures(const postil_tag_call_t *call, postil_builder_t *builder,
                                postil_error_t *error) {
    (void)error;
    line_t line;
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    if (read_line(call, &line) && isfinite(length_in_pixels(&line))) {
        postil_build_key(builder, postil_text("length_px"));
        postil_build_double(builder, length_in_pixels(&line));
    }
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static const postil_tag_t tag = {
    .size = sizeof tag,
    .validate_config = validate_config,
    .validate_result = validate_result,
    .normalize = normalize,
    .measures = measures,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_tag = postil_bytes_are(id, POSTIL_CAPABILITY_TAG);
    return is_tag && postil_bytes_are(name, "LengthLine") ? &tag : NULL;
}

// The same as in manifest.json; the host compares.
static const char plugin_id[] = "org.example.length-line";
static const char plugin_version[] = "0.1.0";

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)plugin_id, sizeof plugin_id - 1},
    .version = {(const uint8_t *)plugin_version, sizeof plugin_version - 1},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= plugin.abi_minimum ? &plugin : NULL;
}
