/// Exporters: the table and the order of calls.
#include "exporting.h"
#include "tests.h"

enum { REOPENINGS = 10000 };

void test_exporter_table(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    static const char *const words[] = {"", "text", "tree", "both"};
    if (table->reserved != 0) {
        fail("`reserved` of the exporter table is not zero.");
    }
    if (request.reads && strcmp(words[table->reads], request.reads) != 0) {
        fail("The table says that it reads `%s`, the manifest says `%s`.", words[table->reads],
             request.reads);
    }
}

void test_exporter_empty(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    export_outcome_t outcome = run_export(table, (export_plan_t){0});
    if (outcome.status != POSTIL_OK) {
        fail("An export without tasks has to work: %s", outcome_text(&outcome));
    }
}

void test_exporter_abort(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    run_export(table, (export_plan_t){.aborts = true});
    run_export(table, (export_plan_t){.tasks = sample_tasks(), .batch_tasks = 1, .aborts = true});
}

void test_exporter_reopen(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    int threads = thread_count();
    int descriptors = descriptor_count();
    for (int i = 0; i < REOPENINGS; i++) {
        export_outcome_t outcome = run_export(table, (export_plan_t){.aborts = true});
        if (outcome.status != POSTIL_OK) {
            fail("Opening %d failed: %s", i + 1, outcome_text(&outcome));
            return;
        }
    }
    if (descriptor_count() != descriptors) {
        fail("%d times open and close leave %d descriptors open.", REOPENINGS,
             descriptor_count() - descriptors);
    }
    if (thread_count() != threads) {
        fail("%d times open and close leave %d threads.", REOPENINGS, thread_count() - threads);
    }
}

/// Runs a whole second export in the middle of the first one.
typedef struct interruption {
    const postil_exporter_t *table;
    task_list_t tasks;
    size_t next;
    export_outcome_t inner;
} interruption_t;

static bool interrupt(void *context, stream_t *stream, uint32_t reads, sealed_batch_t *batch) {
    interruption_t *interruption = context;
    if (interruption->next == 1) {
        interruption->inner = run_export(
            interruption->table, (export_plan_t){.tasks = interruption->tasks, .batch_tasks = 1});
    }
    if (interruption->next >= interruption->tasks.count) {
        return false;
    }
    *batch = batch_of_tasks(stream, &interruption->tasks.tasks[interruption->next++], 1, reads);
    return true;
}

void test_exporter_side_by_side(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    interruption_t interruption = {.table = table, .tasks = sample_tasks()};
    export_outcome_t alone =
        run_export(table, (export_plan_t){.tasks = interruption.tasks, .batch_tasks = 1});
    export_outcome_t outer =
        run_export(table, (export_plan_t){.next = interrupt, .next_context = &interruption});
    if (!outcomes_agree(&alone, &outer) || !outcomes_agree(&alone, &interruption.inner)) {
        fail("Two exports that are open at the same time disturb each other: state belongs into "
             "the instance, not into globals.");
    }
}
