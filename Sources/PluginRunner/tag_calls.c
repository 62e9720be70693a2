// Calls of the capability "postil.tag/1". They need no instance.
#include "building.h"
#include "calls.h"

#include <stdlib.h>
#include <string.h>

/// A tree that carries all its names.
typedef struct {
    postil_batch_t batch;
    postil_bytes_t *names;
} tree_t;

static const postil_batch_t *take(worker_t *worker, const call_t *call, uint32_t index,
                                  tree_t *tree) {
    const uint8_t *arena = slots_arena(&worker->slots, &call->start, index);
    memset(tree, 0, sizeof *tree);
    if (arena == NULL) {
        return NULL;
    }
    const postil_arena_header_t *header = (const postil_arena_header_t *)(const void *)arena;
    const postil_key_entry_t *entries =
        (const postil_key_entry_t *)(const void *)(arena + header->keys_offset);
    uint32_t count = header->key_count + 1;
    tree->names = calloc(count, sizeof *tree->names);
    for (uint32_t i = 0; tree->names != NULL && i < header->key_count; i++) {
        tree->names[i + 1].bytes = arena + entries[i].offset;
        tree->names[i + 1].count = entries[i].length;
    }
    tree->batch.size = sizeof tree->batch;
    tree->batch.key_count = tree->names != NULL ? count : 0;
    tree->batch.arena_borrowed = arena;
    tree->batch.arena_size = call->start.spans[index].length;
    tree->batch.key_names_borrowed = tree->names;
    return &tree->batch;
}

static void report(void *context, const postil_problem_t *problem) {
    output_t *output = context;
    char text[65 + 257 + 1025 + 1025];
    if (problem == NULL || !POSTIL_HAS_FIELD(problem, postil_problem_t, hint)) {
        return;
    }
    const postil_bytes_t parts[] = {problem->code, problem->pointer, problem->message,
                                    problem->hint};
    static const size_t limits[] = {65, 257, 1025, 1025};
    size_t used = 0;
    for (int i = 0; i < 4; i++) {
        postil_text_copy(text + used, limits[i], parts[i]);
        used += strlen(text + used) + 1;
    }
    output_add(output, POSTIL_WIRE_PROBLEM, 0, text, (uint32_t)used);
}

static postil_status_t judge(worker_t *worker, call_t *call, const postil_tag_t *table,
                             const postil_tag_call_t *arguments) {
    postil_problems_t problems = {
        .size = sizeof problems,
        .context = &worker->output,
        .report = report,
    };
    bool is_config = call->function == POSTIL_WIRE_VALIDATE_CONFIG;
    postil_status_t (*function)(const postil_tag_call_t *, const postil_problems_t *,
                                postil_error_t *) =
        is_config ? table->validate_config : table->validate_result;
    if (function == NULL) {
        return POSTIL_OK;
    }
    calls_enter(worker, call);
    return function(arguments, &problems, &call->error);
}

static postil_status_t build(worker_t *worker, call_t *call, const postil_tag_t *table,
                             const postil_tag_call_t *arguments) {
    static building_t building;
    bool normalizes = call->function == POSTIL_WIRE_NORMALIZE;
    postil_status_t (*function)(const postil_tag_call_t *, postil_builder_t *, postil_error_t *) =
        normalizes ? table->normalize : table->measures;
    if (function == NULL || building_begin(&building, 1) != POSTIL_OK) {
        return function == NULL ? POSTIL_OK : POSTIL_ERROR_NO_MEMORY;
    }
    calls_enter(worker, call);
    postil_status_t status = function(arguments, &building.builder, &call->error);
    calls_leave(worker);
    if (status >= 0) {
        postil_build_finish(&building.builder);
        output_stream(&worker->output, POSTIL_WIRE_ARENA, 0, building.builder.arena,
                      building.builder.used);
    }
    return status;
}

static const postil_tag_t *table_of(worker_t *worker, call_t *call, postil_bytes_t name,
                                    postil_tag_t *copy) {
    const postil_tag_t *table =
        calls_table(worker, call, POSTIL_CAPABILITY_TAG, name, 2 * sizeof(uint32_t));
    if (table == NULL) {
        return NULL;
    }
    // What an older plugin's table lacks reads as NULL.
    memset(copy, 0, sizeof *copy);
    memcpy(copy, table, table->size < sizeof *copy ? table->size : sizeof *copy);
    return copy;
}

postil_status_t tag_serve(worker_t *worker, call_t *call) {
    postil_bytes_t name = {call->bytes, call->byte_count};
    postil_tag_t copy;
    const postil_tag_t *table = table_of(worker, call, name, &copy);
    if (table == NULL || call->function == POSTIL_WIRE_OPEN) {
        return table == NULL ? POSTIL_ERROR_INTERNAL : POSTIL_OK;
    }
    tree_t trees[3];
    postil_tag_call_t arguments = {.size = sizeof arguments, .tag = name};
    arguments.element_borrowed = take(worker, call, 0, &trees[0]);
    arguments.data_borrowed = take(worker, call, 1, &trees[1]);
    arguments.result_borrowed = take(worker, call, 2, &trees[2]);
    bool judges = call->function == POSTIL_WIRE_VALIDATE_CONFIG ||
                  call->function == POSTIL_WIRE_VALIDATE_RESULT;
    postil_status_t status =
        judges ? judge(worker, call, table, &arguments) : build(worker, call, table, &arguments);
    calls_leave(worker);
    for (int i = 0; i < 3; i++) {
        free(trees[i].names);
    }
    return status;
}
