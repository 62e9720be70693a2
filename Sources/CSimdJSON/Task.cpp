#include "Tree.hpp"

#include <postil/exporter.h>

namespace postil {
namespace {

/// Fills in where the parts of a task's text are, which was just appended to the open root.
void append_ranges(postil_builder_t &builder, postil_text_range_t data,
                   const postil_text_range_t *results, uint32_t result_count) {
    uint64_t table = builder.used;
    uint64_t size = uint64_t(result_count) * sizeof(postil_result_text_t);
    if (!postil_build_reserve(&builder, size)) {
        return;
    }
    auto *root = reinterpret_cast<postil_root_t *>(builder.arena + sizeof(postil_arena_header_t)) +
                 builder.root_count;
    root->data_offset = data.length > 0 ? root->text_offset + data.offset : 0;
    root->data_length = data.length;
    root->results_offset = result_count > 0 ? table : 0;
    root->results_count = result_count;
    auto *entries = reinterpret_cast<postil_result_text_t *>(builder.arena + table);
    for (uint32_t i = 0; i < result_count; i++) {
        entries[i].annotation_id = results[i].annotation_id;
        entries[i].offset = root->text_offset + results[i].offset;
        entries[i].length = results[i].length;
    }
}

bool lies_within(postil_text_range_t range, uint64_t count) {
    return range.offset <= count && range.length <= count - range.offset;
}

} // namespace
} // namespace postil

int32_t postil_arena_append_task(postil_arena_t *arena, postil_key_table_t *keys,
                                 const postil_root_t *fields, const uint8_t *json, uint64_t count,
                                 uint32_t reads, postil_text_range_t data,
                                 const postil_text_range_t *results, uint32_t result_count,
                                 postil_json_error_t *error) {
    return postil::guarded(error, [&] {
        postil_builder_t &builder = arena->builder;
        postil::Rollback rollback(builder);
        bool in_bounds = postil::lies_within(data, count);
        for (uint32_t i = 0; i < result_count; i++) {
            in_bounds = in_bounds && postil::lies_within(results[i], count);
        }
        postil::Failure failure;
        postil_build_root(&builder, fields);
        if (!in_bounds) {
            postil_build_fail(&builder, POSTIL_ERROR_INVALID_ARGUMENT);
        } else if (reads & POSTIL_READS_TEXT) {
            postil_build_root_text(&builder, postil_bytes_t{json, count});
            postil::append_ranges(builder, data, results, result_count);
        }
        if (builder.status == POSTIL_OK && (reads & POSTIL_READS_TREE)) {
            failure = postil::append_json(builder, *keys, json, count);
        }
        if (!failure) {
            postil_build_root_end(&builder);
            failure = postil::builder_failure(builder);
        }
        if (failure) {
            rollback.undo();
        }
        return postil::report(failure, json, count, error);
    });
}
