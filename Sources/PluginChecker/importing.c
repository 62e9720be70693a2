#include "importing.h"
#include "guarded_error.h"

#include <stdio.h>
#include <stdlib.h>

/// More calls of `next` than any sample needs: a source that never ends is caught.
enum { CALLS_MAX = 200000, AGAIN_MAX = 1000 };

typedef struct text {
    char *bytes;
    size_t count;
    size_t capacity;
} text_t;

static postil_status_t append(void *context, postil_bytes_t piece) {
    text_t *text = context;
    if (text->count + piece.count + 1 > text->capacity) {
        text->capacity = (text->count + piece.count + 1) * 2;
        text->bytes = realloc(text->bytes, text->capacity);
        if (!text->bytes) {
            give_up("Memory ran out.");
        }
    }
    memcpy(text->bytes + text->count, piece.bytes, piece.count);
    text->count += piece.count;
    text->bytes[text->count] = 0;
    return POSTIL_OK;
}

/// Checks what the plugin built, as a host does. False, having failed the test, if it is broken.
static bool take(postil_arena_t *built, stream_t *stream, const char *function,
                 sealed_batch_t *batch) {
    postil_build_finish(postil_arena_builder(built));
    postil_arena_t *copy = postil_arena_make(4096, UINT64_MAX, POSTIL_ARENA_BYTES_MAX);
    if (!copy || postil_arena_begin(copy) != POSTIL_JSON_OK) {
        give_up("Memory ran out.");
    }
    postil_json_error_t error = {0};
    int32_t code = postil_arena_take(copy, stream->keys, built, &error);
    uint64_t count = 0;
    uint8_t *bytes =
        code == POSTIL_JSON_OK ? postil_arena_finish(copy, stream->keys, &count) : NULL;
    postil_arena_free(copy);
    if (!bytes) {
        fail("%s built something that a host refuses: problem %d in root %u at byte %llu. Look at "
             "the status of the builder's last call.",
             function, code, error.root, (unsigned long long)error.offset);
        return false;
    }
    *batch = batch_of_arena(stream, bytes, count);
    return true;
}

static char *text_of(const sealed_batch_t *batch, uint32_t index) {
    text_t text = {NULL, 0, 0};
    postil_value_t value = postil_batch_value(&batch->batch, index);
    if (value.node) {
        postil_tree_render(batch->batch.key_names_borrowed, batch->batch.key_count, value.node, 0,
                           &text, append);
    }
    return text.bytes;
}

/// Looks at each task and adds it to the digest.
static void take_tasks(import_outcome_t *outcome, const sealed_batch_t *batch) {
    uint32_t count = postil_batch_count(&batch->batch);
    for (uint32_t i = 0; i < count; i++) {
        postil_value_t task = postil_batch_value(&batch->batch, i);
        if (!postil_value_is(postil_object_named(task, "data"), POSTIL_KIND_OBJECT)) {
            fail("Task %llu of the import has no object `data`.",
                 (unsigned long long)outcome->tasks + 1);
        }
        char *text = text_of(batch, i);
        for (const char *at = text; at && *at; at++) {
            outcome->digests[0] = (outcome->digests[0] ^ (uint8_t)*at) * 0x100000001B3;
        }
        outcome->digests[0] = (outcome->digests[0] ^ '\n') * 0x100000001B3;
        free(text);
        outcome->tasks++;
    }
}

static void note_failure(import_outcome_t *outcome, const char *function, postil_status_t status,
                         const guarded_error_t *guarded) {
    outcome->status = status;
    outcome->function = function;
    snprintf(outcome->message, sizeof outcome->message, "%.255s", guarded->error.message);
}

/// Asks for batches until the end, a failure, or the plan says stop.
static void pull(const postil_import_source_t *table, void *instance, const import_plan_t *plan,
                 stream_t *stream, import_outcome_t *outcome) {
    uint32_t again = 0;
    while (outcome->status == POSTIL_OK && !outcome->has_ended &&
           (plan->calls == 0 || outcome->calls < plan->calls)) {
        if (outcome->calls++ >= CALLS_MAX) {
            fail("`next` was called %d times and the import has not come to an end.", CALLS_MAX);
            return;
        }
        postil_arena_t *arena =
            postil_arena_make(plan->root_capacity ? plan->root_capacity : 256,
                              plan->byte_target ? plan->byte_target : 512 << 10, 64 << 20);
        if (!arena || postil_arena_begin(arena) != POSTIL_JSON_OK) {
            give_up("Memory ran out.");
        }
        guarded_error_t error = guarded_error_make(0);
        double begun = thread_milliseconds();
        entering("import_source.next", 0);
        postil_status_t status = table->next(instance, postil_arena_builder(arena), &error.error);
        left();
        double milliseconds = thread_milliseconds() - begun;
        if (milliseconds > outcome->longest_call_ms) {
            outcome->longest_call_ms = milliseconds;
        }
        guarded_error_check(&error, "import_source.next", status, POSTIL_AGAIN,
                            plan->inputs->has_refused);
        if (status == POSTIL_OK) {
            fail("next returned POSTIL_OK; it returns POSTIL_MORE, POSTIL_END or POSTIL_AGAIN.");
            outcome->has_ended = true;
        }
        if (status < 0) {
            note_failure(outcome, "next", status, &error);
        } else {
            sealed_batch_t batch;
            if (take(arena, stream, "next", &batch)) {
                bool is_empty = postil_batch_count(&batch.batch) == 0;
                again = is_empty && status != POSTIL_END ? again + 1 : 0;
                take_tasks(outcome, &batch);
                batch_free(&batch);
            } else {
                outcome->has_ended = true;
            }
            outcome->has_ended |= status == POSTIL_END;
        }
        postil_arena_free(arena);
        if (again > AGAIN_MAX) {
            fail("`next` gave nothing %d times in a row and did not say POSTIL_END.", AGAIN_MAX);
            return;
        }
    }
}

static void take_checkpoint(const postil_import_source_t *table, void *instance, stream_t *stream,
                            import_outcome_t *outcome) {
    postil_arena_t *arena = postil_arena_make(1, UINT64_MAX, 1 << 20);
    if (!arena || postil_arena_begin(arena) != POSTIL_JSON_OK) {
        give_up("Memory ran out.");
    }
    guarded_error_t error = guarded_error_make(0);
    entering("import_source.checkpoint", 0);
    postil_status_t status = table->checkpoint(instance, postil_arena_builder(arena), &error.error);
    left();
    guarded_error_check(&error, "import_source.checkpoint", status, POSTIL_OK, false);
    sealed_batch_t batch;
    if (status != POSTIL_OK) {
        note_failure(outcome, "checkpoint", status, &error);
    } else if (take(arena, stream, "checkpoint", &batch)) {
        if (postil_batch_count(&batch.batch) != 1) {
            fail("checkpoint wrote %u roots; it writes one.", postil_batch_count(&batch.batch));
        } else {
            outcome->checkpoint = text_of(&batch, 0);
        }
        batch_free(&batch);
    }
    postil_arena_free(arena);
}

import_outcome_t run_import(const postil_import_source_t *table, import_plan_t plan,
                            uint64_t digest) {
    import_outcome_t outcome = {.digests = {digest, digest}};
    stream_t stream = stream_make();
    inputs_begin(plan.inputs);
    sealed_batch_t context = batch_of_json(&stream, request.context);
    sealed_batch_t checkpoint = {0};
    if (plan.checkpoint.count > 0) {
        checkpoint = batch_of_json(&stream, plan.checkpoint);
    }
    static uint32_t never;
    postil_import_open_t arguments = {
        .size = sizeof arguments,
        .name = postil_text(request.name),
        .context_borrowed = &context.batch,
        .checkpoint_borrowed = plan.checkpoint.count > 0 ? &checkpoint.batch : NULL,
        .inputs = &plan.inputs->table,
        .cancel = plan.cancel ? plan.cancel : &never,
    };
    void *instance = NULL;
    guarded_error_t error = guarded_error_make(0);
    entering("import_source.open", 0);
    postil_status_t status = table->open(&arguments, &instance, &error.error);
    left();
    guarded_error_check(&error, "import_source.open", status, POSTIL_OK, plan.inputs->has_refused);
    batch_make_inaccessible(&context);
    memset(&arguments, 0xDB, sizeof arguments);
    if (status != POSTIL_OK) {
        note_failure(&outcome, "open", status, &error);
    } else {
        pull(table, instance, &plan, &stream, &outcome);
        if (plan.takes_checkpoint && table->checkpoint && outcome.status == POSTIL_OK) {
            take_checkpoint(table, instance, &stream, &outcome);
        }
        entering("import_source.close", 0);
        table->close(instance);
        left();
    }
    inputs_end(plan.inputs);
    batch_free(&context);
    if (plan.checkpoint.count > 0) {
        batch_free(&checkpoint);
    }
    stream_free(&stream);
    return outcome;
}

const postil_import_source_t *load_import_source(void) {
    const postil_import_source_t *table = load_capability();
    if (!table) {
        return NULL;
    }
    if (table->size < sizeof *table || !table->open || !table->next || !table->close) {
        fail("The import source's table is incomplete: `size`, open, next and close are needed.");
        return NULL;
    }
    return table;
}
