/// Exporters: sinks that fail, cancelling, threads, other hosts, memory.
#define _GNU_SOURCE 1

#include "exporting.h"
#include "syscall_trap.h"
#include "tests.h"
#include "together.h"

#include <malloc.h>
#include <stdlib.h>

/// Runs with a fault and sees to it that the failure is passed on.
static void run_with_fault(const postil_exporter_t *table, sink_faults_t faults, const char *what) {
    export_outcome_t outcome = run_export(
        table, (export_plan_t){.tasks = sample_tasks(), .batch_tasks = 2, .faults = faults});
    if (outcome.status == POSTIL_OK && outcome.files > 0) {
        fail("%s, and the export was reported as done.", what);
    }
}

/// What a run without faults writes; false, having said why, when there is nothing to disturb.
static bool measure(const postil_exporter_t *table, export_outcome_t *outcome) {
    *outcome = run_export(table, (export_plan_t){.tasks = sample_tasks(), .batch_tasks = 2});
    if (outcome->status == POSTIL_OK && outcome->files > 0 && outcome->bytes > 0) {
        return true;
    }
    skip("The sample cannot be exported or writes nothing, so no sink can fail: %s",
         outcome_text(outcome));
    return false;
}

void test_exporter_sink_open_fails(void) {
    const postil_exporter_t *table = load_exporter();
    export_outcome_t whole;
    if (!table || !measure(table, &whole)) {
        return;
    }
    for (uint64_t i = 1; i <= whole.files && i <= 5; i++) {
        run_with_fault(table, (sink_faults_t){.open_number = i}, "A sink could not be opened");
    }
}

void test_exporter_sink_write_fails(void) {
    const postil_exporter_t *table = load_exporter();
    export_outcome_t whole;
    if (!table || !measure(table, &whole)) {
        return;
    }
    run_with_fault(table, (sink_faults_t){.fails_first_byte = true}, "The first write failed");
    const uint64_t limits[] = {1, whole.bytes / 3, whole.bytes / 2, whole.bytes - 1};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (limits[i] > 0) {
            run_with_fault(table, (sink_faults_t){.byte_limit = limits[i]},
                           "A write failed in the middle");
        }
    }
}

void test_exporter_sink_close_fails(void) {
    const postil_exporter_t *table = load_exporter();
    export_outcome_t whole;
    if (!table || !measure(table, &whole)) {
        return;
    }
    // A plugin may leave closing to the host; then nothing failed.
    export_outcome_t outcome = run_export(table, (export_plan_t){.tasks = sample_tasks(),
                                                                 .batch_tasks = 2,
                                                                 .faults = {.fails_close = true}});
    if (outcome.status == POSTIL_OK) {
        note("The exporter leaves closing its sinks to the host.");
    }
}

void test_exporter_quota(void) {
    const postil_exporter_t *table = load_exporter();
    export_outcome_t whole;
    if (!table || !measure(table, &whole)) {
        return;
    }
    sink_faults_t faults = {.byte_limit = (whole.bytes + 1) / 2, .status = POSTIL_ERROR_TOO_LARGE};
    export_outcome_t outcome = run_export(
        table, (export_plan_t){.tasks = sample_tasks(), .batch_tasks = 2, .faults = faults});
    if (outcome.status != POSTIL_ERROR_TOO_LARGE && whole.bytes > 1) {
        fail("The quota was reached (status %d) and the export came to %d. Return the sink's "
             "status as it is.",
             POSTIL_ERROR_TOO_LARGE, outcome.status);
    }
}

enum { CANCEL_TASKS = 50000, CANCEL_MILLISECONDS = 250 };

static bool next_large(void *context, stream_t *stream, uint32_t reads, sealed_batch_t *batch) {
    bool *is_done = context;
    if (*is_done) {
        return false;
    }
    *is_done = true;
    task_list_t sample = sample_tasks();
    if (sample.count == 0) {
        return false;
    }
    task_t *tasks = calloc(CANCEL_TASKS, sizeof *tasks);
    if (!tasks) {
        give_up("Memory ran out.");
    }
    for (size_t i = 0; i < CANCEL_TASKS; i++) {
        tasks[i] = sample.tasks[i % sample.count];
        tasks[i].id = (int64_t)i + 1;
    }
    *batch = batch_of_tasks(stream, tasks, CANCEL_TASKS, reads);
    free(tasks);
    return true;
}

void test_exporter_cancel(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    static uint32_t cancel = 1;
    bool is_done = false;
    export_outcome_t outcome = run_export(
        table, (export_plan_t){.next = next_large, .next_context = &is_done, .cancel = &cancel});
    if (outcome.longest_call_ms > CANCEL_MILLISECONDS) {
        fail("The cancel word was set and a call went on for %.0f ms of processor time; %d are "
             "allowed. Ask postil_is_cancelled in loops over tasks.",
             outcome.longest_call_ms, CANCEL_MILLISECONDS);
    }
    if (outcome.status != POSTIL_OK && outcome.status != POSTIL_ERROR_CANCELLED) {
        fail("A cancelled export came to status %d; POSTIL_ERROR_CANCELLED is %d.", outcome.status,
             POSTIL_ERROR_CANCELLED);
    }
}

enum { EXPORTS = 20 };

typedef struct parallel {
    const postil_exporter_t *table;
    task_list_t tasks;
    const export_outcome_t *expected;
} parallel_t;

static bool export_often(void *part) {
    const parallel_t *parallel = part;
    bool differs = false;
    for (int i = 0; i < EXPORTS; i++) {
        export_outcome_t outcome =
            run_export(parallel->table,
                       (export_plan_t){.tasks = parallel->tasks, .batch_tasks = 1 + (size_t)i % 5});
        differs |= !outcomes_agree(parallel->expected, &outcome);
    }
    return differs;
}

void test_exporter_threads(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    task_list_t tasks = sample_tasks();
    export_outcome_t alone = run_export(table, (export_plan_t){.tasks = tasks});
    parallel_t parallel[THREADS];
    for (int i = 0; i < THREADS; i++) {
        parallel[i] = (parallel_t){table, tasks, &alone};
    }
    if (any_together(export_often, parallel, sizeof parallel[0])) {
        fail("%d instances on %d threads gave other files than one alone.", THREADS, THREADS);
    }
}

void test_exporter_moves(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    export_plan_t plan = {.tasks = sample_tasks(), .batch_tasks = 2};
    export_outcome_t still = run_export(table, plan);
    plan.moves_threads = true;
    export_outcome_t moved = run_export(table, plan);
    if (!outcomes_agree(&still, &moved)) {
        fail("With each call from another thread the export came to something else: an instance "
             "belongs to no thread.");
    }
}

void test_exporter_newer_host(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    export_plan_t plan = {.tasks = sample_tasks(), .batch_tasks = 2};
    export_outcome_t now = run_export(table, plan);
    plan.tables_extra = 64;
    export_outcome_t later = run_export(table, plan);
    if (!outcomes_agree(&now, &later)) {
        fail("With the longer structures of a newer host the export came to something else: "
             "compare `size` with >=, never with ==.");
    }
}

void test_exporter_small_error(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    // A host that gives a shorter error structure than these headers have; only a plugin that fails
    // can write into it, so sinks fail.
    export_plan_t plan = {.tasks = sample_tasks(), .batch_tasks = 2};
    plan.error_size = (uint32_t)offsetof(postil_error_t, pointer);
    run_export(table, plan);
    task_list_t sample = sample_tasks();
    for (int i = 0; i < 10; i++) {
        plan.tasks = tasks_mutated(sample);
        run_export(table, plan);
    }
}

void test_exporter_slope(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    enum { WARM = 50, ROUNDS = 200, BYTES_A_ROUND = 16 };
    export_plan_t plan = {.tasks = sample_tasks(), .batch_tasks = 4};
    for (int i = 0; i < WARM; i++) {
        plan.aborts = i % 2 == 1;
        run_export(table, plan);
    }
    // What malloc has given out is exact, where the resident size depends on the machine.
    struct mallinfo2 before = mallinfo2();
    for (int i = 0; i < ROUNDS; i++) {
        plan.aborts = i % 2 == 1;
        run_export(table, plan);
    }
    struct mallinfo2 after = mallinfo2();
    double grown =
        (double)(after.uordblks + after.hblkhd) - (double)(before.uordblks + before.hblkhd);
    if (grown > ROUNDS * BYTES_A_ROUND) {
        fail("%d exports leave %.0f bytes behind, %.0f each: something is not freed in close.",
             ROUNDS, grown, grown / ROUNDS);
    }
}

void test_exporter_calls(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    int descriptors = descriptor_count();
    syscall_trap_begin();
    run_export(table, (export_plan_t){.tasks = sample_tasks(), .batch_tasks = 2});
    run_export(table, (export_plan_t){.aborts = true});
    syscall_trap_end();
    syscall_trap_report("during an export");
    if (descriptor_count() != descriptors) {
        fail("An export has left %d descriptors open.", descriptor_count() - descriptors);
    }
}
