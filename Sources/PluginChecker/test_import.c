/// Import sources.
#define _GNU_SOURCE 1

#include "importing.h"
#include "syscall_trap.h"
#include "tests.h"
#include "together.h"

#include <malloc.h>
#include <stdlib.h>

enum { START = 1 };

static bool agree(const import_outcome_t *a, const import_outcome_t *b) {
    return a->status == b->status &&
           (a->status != POSTIL_OK || (a->tasks == b->tasks && a->digests[0] == b->digests[0]));
}

void test_import_table(void) {
    const postil_import_source_t *table = load_import_source();
    if (table && table->reserved != 0) {
        fail("`reserved` of the import source's table is not zero.");
    }
}

void test_import_sample(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    input_set_t inputs = inputs_read();
    import_outcome_t first = run_import(table, (import_plan_t){.inputs = &inputs}, START);
    import_outcome_t second = run_import(table, (import_plan_t){.inputs = &inputs}, START);
    if (!agree(&first, &second)) {
        fail("The same files gave %llu tasks, then %llu tasks or other ones.",
             (unsigned long long)first.tasks, (unsigned long long)second.tasks);
    }
    if (first.status != POSTIL_OK && request.is_sample_own) {
        fail("The plugin's own sample cannot be imported: %s failed with status %d: %s",
             first.function, first.status, first.message);
    } else if (first.tasks == 0 && request.is_sample_own) {
        fail("The plugin's own sample gives no task.");
    } else {
        note("%llu tasks from %zu files", (unsigned long long)first.tasks, inputs.count);
    }
}

void test_import_empty(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    input_set_t none = inputs_none();
    import_outcome_t outcome = run_import(table, (import_plan_t){.inputs = &none}, START);
    if (outcome.tasks != 0) {
        fail("Without any file the import gave %llu tasks.", (unsigned long long)outcome.tasks);
    }
}

void test_import_small_batches(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    input_set_t inputs = inputs_read();
    import_outcome_t whole = run_import(table, (import_plan_t){.inputs = &inputs}, START);
    import_outcome_t single =
        run_import(table, (import_plan_t){.inputs = &inputs, .root_capacity = 1}, START);
    import_outcome_t tiny = run_import(
        table, (import_plan_t){.inputs = &inputs, .root_capacity = 7, .byte_target = 1024}, START);
    if (!agree(&whole, &single) || !agree(&whole, &tiny)) {
        fail("In small batches the import gives other tasks (%llu, %llu) than in large ones "
             "(%llu). Ask postil_build_is_full before each task.",
             (unsigned long long)single.tasks, (unsigned long long)tiny.tasks,
             (unsigned long long)whole.tasks);
    }
}

void test_import_resume(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    if (!table->checkpoint) {
        skip("The source has no checkpoint.");
        return;
    }
    input_set_t inputs = inputs_read();
    import_plan_t plan = {.inputs = &inputs, .root_capacity = 1};
    import_outcome_t straight = run_import(table, plan, START);
    enum { STOPS_MAX = 200 };
    for (uint64_t stop = 1; stop < straight.calls && stop <= STOPS_MAX; stop++) {
        import_plan_t first_half = plan, second_half = plan;
        first_half.calls = stop;
        first_half.takes_checkpoint = true;
        import_outcome_t first = run_import(table, first_half, START);
        if (!first.checkpoint) {
            fail("After %llu calls of `next` the checkpoint failed: %s", (unsigned long long)stop,
                 first.message);
            return;
        }
        second_half.checkpoint = postil_text(first.checkpoint);
        import_outcome_t second = run_import(table, second_half, first.digests[0]);
        second.tasks += first.tasks;
        if (!agree(&straight, &second)) {
            fail("Stopped after %llu calls of `next` and resumed at %.300s, the import gives %llu "
                 "tasks or other ones; a straight run gives %llu.",
                 (unsigned long long)stop, first.checkpoint, (unsigned long long)second.tasks,
                 (unsigned long long)straight.tasks);
            return;
        }
        free(first.checkpoint);
    }
}

void test_import_truncated(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    input_set_t inputs = inputs_read();
    static const uint32_t cuts[] = {0, 1, 10, 100, 250, 500, 750, 900, 990, 999};
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        input_set_t cut = inputs_cut(&inputs, cuts[i]);
        run_import(table, (import_plan_t){.inputs = &cut}, START);
    }
}

void test_import_garbage(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    enum { ROUNDS = 40 };
    input_set_t inputs = inputs_read();
    for (int i = 0; i < ROUNDS; i++) {
        input_set_t noise = inputs_noise(&inputs);
        run_import(table, (import_plan_t){.inputs = &noise}, START);
    }
}

void test_import_unreadable(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    input_set_t inputs = inputs_read();
    inputs.fails_reading = true;
    import_outcome_t outcome = run_import(table, (import_plan_t){.inputs = &inputs}, START);
    // A source may leave an unreadable file out, or live from names alone.
    note("%llu tasks, status %d", (unsigned long long)outcome.tasks, outcome.status);
}

void test_import_reopen(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    enum { REOPENINGS = 2000 };
    int descriptors = descriptor_count(), threads = thread_count();
    input_set_t inputs = inputs_read();
    for (int i = 0; i < REOPENINGS; i++) {
        run_import(table, (import_plan_t){.inputs = &inputs, .calls = 1}, START);
    }
    if (descriptor_count() != descriptors || thread_count() != threads) {
        fail("%d times open and close leave %d descriptors and %d threads.", REOPENINGS,
             descriptor_count() - descriptors, thread_count() - threads);
    }
}

void test_import_cancel(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    enum { MILLISECONDS = 250 };
    static uint32_t cancel = 1;
    input_set_t inputs = inputs_read();
    import_outcome_t outcome =
        run_import(table, (import_plan_t){.inputs = &inputs, .cancel = &cancel}, START);
    if (outcome.longest_call_ms > MILLISECONDS) {
        fail("The cancel word was set and `next` went on for %.0f ms of processor time; %d are "
             "allowed.",
             outcome.longest_call_ms, MILLISECONDS);
    }
}

typedef struct parallel {
    const postil_import_source_t *table;
    input_set_t inputs;
    import_outcome_t expected;
} parallel_t;

static bool import_often(void *part) {
    parallel_t *parallel = part;
    bool differs = false;
    for (int i = 0; i < 20; i++) {
        import_outcome_t outcome =
            run_import(parallel->table, (import_plan_t){.inputs = &parallel->inputs}, START);
        differs |= !agree(&parallel->expected, &outcome);
    }
    return differs;
}

void test_import_threads(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    input_set_t inputs = inputs_read();
    import_outcome_t alone = run_import(table, (import_plan_t){.inputs = &inputs}, START);
    static parallel_t parallel[THREADS];
    for (int i = 0; i < THREADS; i++) {
        parallel[i] = (parallel_t){table, inputs_cut(&inputs, 1000), alone};
    }
    if (any_together(import_often, parallel, sizeof parallel[0])) {
        fail("%d instances on %d threads gave other tasks than one alone.", THREADS, THREADS);
    }
}

void test_import_slope(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    enum { WARM = 20, ROUNDS = 200, BYTES_A_ROUND = 16 };
    input_set_t inputs = inputs_read();
    for (int i = 0; i < WARM; i++) {
        run_import(table, (import_plan_t){.inputs = &inputs, .calls = (uint64_t)i % 2}, START);
    }
    struct mallinfo2 before = mallinfo2();
    for (int i = 0; i < ROUNDS; i++) {
        run_import(table, (import_plan_t){.inputs = &inputs, .calls = (uint64_t)i % 2}, START);
    }
    struct mallinfo2 after = mallinfo2();
    double grown =
        (double)(after.uordblks + after.hblkhd) - (double)(before.uordblks + before.hblkhd);
    if (grown > ROUNDS * BYTES_A_ROUND) {
        fail("%d imports leave %.0f bytes behind: something is not freed in close.", ROUNDS, grown);
    }
}

void test_import_calls(void) {
    const postil_import_source_t *table = load_import_source();
    if (!table) {
        return;
    }
    input_set_t inputs = inputs_read();
    syscall_trap_begin();
    run_import(table, (import_plan_t){.inputs = &inputs}, START);
    syscall_trap_end();
    syscall_trap_report("during an import");
}
