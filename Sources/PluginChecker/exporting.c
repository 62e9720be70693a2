#include "exporting.h"
#include "guarded_error.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/// What is behind a structure of this ABI in one of a newer host: nothing that a plugin may read
/// a meaning into.
enum { TAIL_MAX = 128, TAIL_BYTE = 0xDB };

/// A copy of a table with a tail, as a newer host would have it.
typedef struct tailed {
    union {
        postil_exporter_open_t open;
        postil_keys_t keys;
        postil_losses_t losses;
        postil_sinks_t sinks;
    } table;
    uint8_t tail[TAIL_MAX];
} tailed_t;

typedef struct run {
    const postil_exporter_t *table;
    export_plan_t plan;
    stream_t stream;
    sink_set_t sinks;
    tailed_t arguments, keys, losses, sinks_copy;
    void *instance;
    bool is_open; ///< Inside `open`: names may be interned.
    uint32_t interned;
    size_t next_task;
    export_outcome_t outcome;
} run_t;

static uint32_t intern(void *context, postil_bytes_t name) {
    run_t *run = context;
    enum { NAMES_MAX = 1024 };
    if (!run->is_open) {
        fail("A name was interned after `open` had returned.");
        return POSTIL_KEY_NONE;
    }
    if (run->interned++ >= NAMES_MAX || (name.count > 0 && !name.bytes)) {
        return POSTIL_KEY_NONE;
    }
    return postil_key_table_intern(run->stream.keys, name.bytes, name.count);
}

static void take_loss(void *context, const postil_loss_t *loss) {
    (void)context;
    if (!loss || loss->size < sizeof *loss) {
        fail("A loss was reported without `size`.");
    } else if (loss->code.count == 0 || loss->message.count == 0 || loss->count == 0) {
        fail("A loss was reported without a code, a message or a count.");
    }
}

static void make_tables(run_t *run) {
    uint32_t extra = run->plan.tables_extra;
    tailed_t *all[] = {&run->arguments, &run->keys, &run->losses, &run->sinks_copy};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        memset(all[i], 0, sizeof *all[i]);
    }
    run->keys.table.keys = (postil_keys_t){sizeof(postil_keys_t) + extra, 0, run, intern};
    run->losses.table.losses =
        (postil_losses_t){sizeof(postil_losses_t) + extra, 0, run, take_loss};
    run->sinks_copy.table.sinks = run->sinks.table;
    run->sinks_copy.table.sinks.size += extra;
    static uint32_t never;
    run->arguments.table.open = (postil_exporter_open_t){
        .size = sizeof(postil_exporter_open_t) + extra,
        .name = postil_text(request.name),
        .keys = &run->keys.table.keys,
        .sinks = &run->sinks_copy.table.sinks,
        .losses = &run->losses.table.losses,
        .cancel = run->plan.cancel ? run->plan.cancel : &never,
    };
    if (extra > 0) {
        memset((uint8_t *)&run->keys + sizeof(postil_keys_t), TAIL_BYTE, extra);
        memset((uint8_t *)&run->losses + sizeof(postil_losses_t), TAIL_BYTE, extra);
        memset((uint8_t *)&run->sinks_copy + sizeof(postil_sinks_t), TAIL_BYTE, extra);
        memset((uint8_t *)&run->arguments + sizeof(postil_exporter_open_t), TAIL_BYTE, extra);
    }
}

/// One call into the plugin, perhaps on a thread of its own.
typedef struct call {
    run_t *run;
    postil_status_t (*body)(run_t *run, void *argument, postil_error_t *error);
    void *argument;
    guarded_error_t error;
    postil_status_t status;
    double milliseconds;
} call_t;

static void *make_call(void *argument) {
    call_t *call = argument;
    double begun = thread_milliseconds();
    call->status = call->body(call->run, call->argument, &call->error.error);
    call->milliseconds = thread_milliseconds() - begun;
    return NULL;
}

static postil_status_t call(run_t *run, const char *function,
                            postil_status_t (*body)(run_t *, void *, postil_error_t *),
                            void *argument) {
    call_t call = {run, body, argument, guarded_error_make(run->plan.error_size), 0, 0};
    pthread_t thread;
    if (run->plan.moves_threads && pthread_create(&thread, NULL, make_call, &call) == 0) {
        pthread_join(thread, NULL);
    } else {
        make_call(&call);
    }
    left();
    export_outcome_t *outcome = &run->outcome;
    if (call.milliseconds > outcome->longest_call_ms) {
        outcome->longest_call_ms = call.milliseconds;
    }
    guarded_error_check(&call.error, function, call.status, POSTIL_OK, run->sinks.has_refused);
    if (call.status != POSTIL_OK && outcome->status == POSTIL_OK) {
        outcome->status = call.status;
        outcome->function = function;
        if (call.error.error.size == sizeof call.error.error) {
            snprintf(outcome->code, sizeof outcome->code, "%.63s", call.error.error.code);
            snprintf(outcome->message, sizeof outcome->message, "%.255s", call.error.error.message);
        }
    }
    return call.status;
}

static postil_status_t do_open(run_t *run, void *argument, postil_error_t *error) {
    (void)argument;
    entering("exporter.open", 0);
    return run->table->open(&run->arguments.table.open, &run->instance, error);
}

static postil_status_t do_consume(run_t *run, void *argument, postil_error_t *error) {
    const postil_batch_t *batch = argument;
    const postil_root_t *first = postil_batch_root(batch, 0);
    entering("exporter.consume", first ? first->task_id : 0);
    return run->table->consume(run->instance, batch, error);
}

static postil_status_t do_finish(run_t *run, void *argument, postil_error_t *error) {
    (void)argument;
    entering("exporter.finish", 0);
    return run->table->finish(run->instance, error);
}

static postil_status_t do_abort(run_t *run, void *argument, postil_error_t *error) {
    (void)argument;
    (void)error;
    entering("exporter.abort", 0);
    run->sinks.is_shut = true;
    run->table->abort(run->instance);
    return POSTIL_OK;
}

static postil_status_t do_close(run_t *run, void *argument, postil_error_t *error) {
    (void)argument;
    (void)error;
    entering("exporter.close", 0);
    run->sinks.is_shut = true;
    run->table->close(run->instance);
    return POSTIL_OK;
}

static bool next_of_tasks(run_t *run, sealed_batch_t *batch) {
    size_t left_over = run->plan.tasks.count - run->next_task;
    if (left_over == 0) {
        return false;
    }
    size_t wanted = run->plan.batch_tasks ? run->plan.batch_tasks : left_over;
    size_t count = wanted < left_over ? wanted : left_over;
    *batch = batch_of_tasks(&run->stream, run->plan.tasks.tasks + run->next_task, count,
                            run->table->reads);
    run->next_task += count;
    return true;
}

static bool next_batch(run_t *run, sealed_batch_t *batch) {
    return run->plan.next
               ? run->plan.next(run->plan.next_context, &run->stream, run->table->reads, batch)
               : next_of_tasks(run, batch);
}

/// Feeds all batches; stops at the first failure.
static postil_status_t feed(run_t *run) {
    postil_status_t status = POSTIL_OK;
    sealed_batch_t batch;
    while (status == POSTIL_OK && next_batch(run, &batch)) {
        status = call(run, "exporter.consume", do_consume, &batch.batch);
        if (status == POSTIL_OK && run->sinks.has_refused) {
            fail(
                "consume returned POSTIL_OK although a sink had failed. Return the sink's status.");
        }
        if (run->plan.takes_back) {
            batch_make_inaccessible(&batch);
        } else {
            batch_free(&batch);
        }
    }
    return status;
}

export_outcome_t run_export(const postil_exporter_t *table, export_plan_t plan) {
    run_t *run = calloc(1, sizeof *run);
    if (!run) {
        give_up("Memory ran out.");
    }
    run->table = table;
    run->plan = plan;
    run->stream = stream_make();
    sinks_begin(&run->sinks, plan.faults);
    run->sinks.table.context = &run->sinks;
    make_tables(run);
    sealed_batch_t context = batch_of_json(&run->stream, request.context);
    run->arguments.table.open.context_borrowed = &context.batch;
    run->is_open = true;
    postil_status_t status = call(run, "exporter.open", do_open, NULL);
    run->is_open = false;
    // `open` only borrows its arguments and the context.
    batch_make_inaccessible(&context);
    memset(&run->arguments, TAIL_BYTE, sizeof(postil_exporter_open_t));
    if (status == POSTIL_OK && run->sinks.has_refused) {
        fail("open returned POSTIL_OK although a sink had failed. Return the sink's status.");
    }
    if (status == POSTIL_OK) {
        status = feed(run);
        if (status == POSTIL_OK && !plan.aborts) {
            status = call(run, "exporter.finish", do_finish, NULL);
            if (status == POSTIL_OK && run->sinks.has_refused) {
                fail("finish returned POSTIL_OK although a sink had failed. Return the sink's "
                     "status.");
            }
        }
        if (status != POSTIL_OK || plan.aborts) {
            call(run, "exporter.abort", do_abort, NULL);
        }
        call(run, "exporter.close", do_close, NULL);
    }
    export_outcome_t outcome = run->outcome;
    outcome.digest = sinks_digest(&run->sinks);
    outcome.bytes = run->sinks.bytes;
    outcome.files = run->sinks.count;
    batch_free(&context);
    sinks_end(&run->sinks);
    stream_free(&run->stream);
    free(run);
    return outcome;
}

const postil_exporter_t *load_exporter(void) {
    const postil_exporter_t *table = load_capability();
    if (!table) {
        return NULL;
    }
    if (table->size < sizeof *table || !table->open || !table->consume || !table->finish ||
        !table->abort || !table->close || table->reads < 1 || table->reads > 3) {
        fail(
            "The exporter table is incomplete: `size`, `reads` and all five functions are needed.");
        return NULL;
    }
    return table;
}

bool outcomes_agree(const export_outcome_t *a, const export_outcome_t *b) {
    bool is_done = a->status == POSTIL_OK;
    return a->status == b->status &&
           (!is_done || (a->digest == b->digest && a->bytes == b->bytes && a->files == b->files));
}

const char *outcome_text(const export_outcome_t *outcome) {
    static char text[512];
    if (outcome->status == POSTIL_OK) {
        snprintf(text, sizeof text, "%llu files with %llu bytes",
                 (unsigned long long)outcome->files, (unsigned long long)outcome->bytes);
    } else {
        snprintf(text, sizeof text, "%s failed with status %d: %s (%s)", outcome->function,
                 outcome->status, outcome->message, outcome->code);
    }
    return text;
}

task_list_t sample_tasks(void) {
    return tasks_parse(request.tasks);
}
