#include "synthetic.h"

#include <float.h>
#include <math.h>

/// Appends one value of every kind that a builder can write.
static void build_every_kind(postil_builder_t *builder) {
    static const double doubles[] = {0, -0.0, 1.5, -DBL_MAX, DBL_MIN, 5e-324, 100};
    static const int64_t integers[] = {0, -1, INT64_MAX, INT64_MIN};
    postil_build_array(builder);
    postil_build_null(builder);
    postil_build_bool(builder, true);
    postil_build_bool(builder, false);
    postil_build_int64(builder, INT64_MIN);
    postil_build_uint64(builder, UINT64_MAX);
    postil_build_double(builder, -DBL_MAX);
    postil_build_number_text(builder, postil_text("1e999"), HUGE_VAL);
    postil_build_number_text(builder, postil_text("123456789012345678901234567890"),
                             123456789012345678901234567890.0);
    postil_build_string(builder, postil_text(""));
    postil_build_string(builder, (postil_bytes_t){(const uint8_t *)"a\0b", 3});
    postil_build_bytes(builder, (postil_bytes_t){(const uint8_t *)"\xff\0\xfe", 3});
    postil_build_doubles(builder, doubles, sizeof doubles / sizeof doubles[0]);
    postil_build_doubles(builder, doubles, 0);
    postil_build_int64s(builder, integers, sizeof integers / sizeof integers[0]);
    postil_build_points(builder, doubles, 3);
    postil_build_array(builder);
    postil_build_end(builder);
    postil_build_object(builder);
    postil_build_end(builder);
    postil_build_end(builder);
}

static void key(postil_arena_t *arena, stream_t *stream, const char *name) {
    postil_arena_key(arena, stream->keys, (const uint8_t *)name, strlen(name));
}

/// Names that exporters look for, so that the odd values are really looked at.
static const char *const places[] = {"data",
                                     "annotations",
                                     "result",
                                     "value",
                                     "id",
                                     "from_name",
                                     "to_name",
                                     "type",
                                     "x",
                                     "y",
                                     "width",
                                     "height",
                                     "rotation",
                                     "points",
                                     "rectanglelabels",
                                     "polygonlabels",
                                     "choices",
                                     "labels",
                                     "text",
                                     "image",
                                     "original_width",
                                     "original_height",
                                     "completed_by",
                                     "predictions",
                                     "meta",
                                     "footprint",
                                     "ring",
                                     "satellitepolygon"};

enum { PLACES = sizeof places / sizeof places[0] };

/// A task in whose odd place every kind stands, and which is ordinary around it.
static void build_task(postil_arena_t *arena, stream_t *stream, const char *odd, bool is_escaped) {
    postil_builder_t *builder = postil_arena_builder(arena);
    postil_build_object(builder);
    static const char *const path[] = {"annotations", "result", "value"};
    for (size_t level = 0; level <= sizeof path / sizeof path[0]; level++) {
        if (is_escaped) {
            postil_build_key(builder, postil_text(odd));
        } else {
            key(arena, stream, odd);
        }
        build_every_kind(builder);
        if (level == sizeof path / sizeof path[0] || strcmp(path[level], odd) == 0) {
            break;
        }
        key(arena, stream, path[level]);
        if (level < 2) {
            postil_build_array(builder);
        }
        postil_build_object(builder);
    }
    while (builder->depth > 0) {
        postil_build_end(builder);
    }
}

bool synthetic_batch(uint32_t number, stream_t *stream, sealed_batch_t *batch) {
    if (number >= 2 * PLACES) {
        return false;
    }
    postil_arena_t *arena = postil_arena_make(1, UINT64_MAX, POSTIL_ARENA_BYTES_MAX);
    if (!arena || postil_arena_begin(arena) != POSTIL_JSON_OK) {
        give_up("Memory ran out.");
    }
    postil_builder_t *builder = postil_arena_builder(arena);
    postil_root_t fields = {.task_id = (int64_t)number + 1, .project_id = 1, .revision = 1};
    postil_build_root(builder, &fields);
    build_task(arena, stream, places[number % PLACES], number >= PLACES);
    if (postil_build_root_end(builder) != POSTIL_OK) {
        give_up("A tree of the check cannot be built.");
    }
    uint64_t count = 0;
    uint8_t *bytes = postil_arena_finish(arena, stream->keys, &count);
    postil_arena_free(arena);
    *batch = batch_of_arena(stream, bytes, count);
    return true;
}
