/// Exporters: what tasks may look like.
#include "exporting.h"
#include "synthetic.h"
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>

void test_exporter_sample(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    export_outcome_t outcome = run_export(table, (export_plan_t){.tasks = sample_tasks()});
    if (outcome.status == POSTIL_OK) {
        note("%s", outcome_text(&outcome));
    } else if (request.is_sample_own) {
        fail("The plugin's own sample cannot be exported: %s", outcome_text(&outcome));
    } else {
        note("The checker's sample cannot be exported, which is allowed: %s",
             outcome_text(&outcome));
    }
}

void test_exporter_repeats(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    export_plan_t plan = {.tasks = sample_tasks(), .batch_tasks = 16};
    export_outcome_t first = run_export(table, plan);
    for (int i = 0; i < 3; i++) {
        export_outcome_t again = run_export(table, plan);
        if (!outcomes_agree(&first, &again)) {
            fail("The same tasks gave %llu bytes, then %llu bytes or other ones: an export depends "
                 "on nothing but its tasks and settings.",
                 (unsigned long long)first.bytes, (unsigned long long)again.bytes);
            return;
        }
    }
}

void test_exporter_batch_sizes(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    export_plan_t plan = {.tasks = sample_tasks()};
    export_outcome_t whole = run_export(table, plan);
    static const size_t sizes[] = {1, 2, 7, 64};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        plan.batch_tasks = sizes[i];
        export_outcome_t cut = run_export(table, plan);
        if (!outcomes_agree(&whole, &cut)) {
            fail("With %zu tasks in a batch the files differ from those of a single batch.",
                 sizes[i]);
        }
    }
}

void test_exporter_given_back(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    // A pointer that was kept beyond `consume` is now a segmentation fault.
    run_export(table,
               (export_plan_t){.tasks = sample_tasks(), .batch_tasks = 1, .takes_back = true});
}

static bool next_synthetic(void *context, stream_t *stream, uint32_t reads, sealed_batch_t *batch) {
    uint32_t *next = context;
    (void)reads;
    return synthetic_batch((*next)++, stream, batch);
}

void test_exporter_every_kind(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    if (!(table->reads & POSTIL_READS_TREE)) {
        skip("The exporter reads no trees.");
        return;
    }
    uint32_t next = 0;
    run_export(table, (export_plan_t){.next = next_synthetic, .next_context = &next});
}

/// Tasks that are whole in themselves and unlike what an author thinks of first.
static const char odd_tasks[] =
    "[{\"id\":1},"
    "{\"id\":2,\"data\":null,\"annotations\":null},"
    "{\"id\":3,\"data\":{},\"annotations\":[]},"
    "{\"id\":4,\"data\":[],\"annotations\":{}},"
    "{\"id\":5,\"data\":{\"image\":null},\"annotations\":[null,7,\"x\",[],{}]},"
    "{\"id\":6,\"data\":{\"image\":7},\"annotations\":[{\"id\":1,\"result\":null}]},"
    "{\"id\":7,\"data\":{\"image\":\"\"},\"annotations\":[{\"id\":1,\"result\":[null,1,\"x\",{}]}]}"
    ","
    "{\"id\":8,\"annotations\":[{\"id\":1,\"was_cancelled\":true,\"result\":[]}]},"
    "{\"id\":9,\"annotations\":[{\"id\":1,\"result\":[{\"id\":\"a\",\"from_name\":null,\"type\":7,"
    "\"value\":[]}]}]},"
    "{\"id\":10,\"annotations\":[{\"id\":1,\"result\":[{\"type\":\"relation\",\"from_id\":\"a\","
    "\"to_id\":\"nowhere\",\"direction\":\"right\"}]}]},"
    "{\"id\":11,\"data\":{\"image\":\"../../../../../etc/passwd\"},\"annotations\":[{\"id\":1,"
    "\"result\":[{\"id\":\"r\",\"from_name\":\"label\",\"to_name\":\"image\",\"type\":"
    "\"rectanglelabels\",\"original_width\":0,\"original_height\":-1,\"value\":{\"x\":1e308,\"y\":"
    "-1e308,\"width\":-5,\"height\":9223372036854775808,\"rotation\":1e999,\"rectanglelabels\":"
    "[\"\",\"\\u0000\",\"../evil\"]}}]}]},"
    "{\"id\":12,\"data\":{\"\":1,\"\\u0000\":2},\"id\":12},"
    "{\"id\":-9223372036854775808,\"data\":{\"text\":\"\\ud83d\\ude00\"}},"
    "{\"id\":9223372036854775807,\"data\":{\"n\":123456789012345678901234567890}},"
    "{}]";

void test_exporter_odd_tasks(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    task_list_t tasks = tasks_parse(postil_text(odd_tasks));
    for (size_t i = 0; i < tasks.count; i++) {
        // Each alone: one that is refused must not hide the next.
        run_export(table, (export_plan_t){.tasks = {&tasks.tasks[i], 1}});
    }
    run_export(table, (export_plan_t){.tasks = tasks, .batch_tasks = 4});
}

void test_exporter_deep(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    // The task and its data are two levels; the ABI allows 128.
    enum { DEPTH = 120 };
    static const char head[] = "[{\"id\":1,\"data\":{\"deep\":";
    static const char tail[] = "},\"annotations\":[]}]";
    char text[sizeof head + sizeof tail + 2 * DEPTH];
    char *at = text + sprintf(text, "%s", head);
    memset(at, '[', DEPTH);
    memset(at + DEPTH, ']', DEPTH);
    strcpy(at + 2 * DEPTH, tail);
    run_export(table, (export_plan_t){.tasks = tasks_parse(postil_text(text))});
}

void test_exporter_fuzz(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    enum { ROUNDS = 60 };
    task_list_t sample = sample_tasks();
    for (int i = 0; i < ROUNDS; i++) {
        task_list_t tasks = tasks_mutated(sample);
        run_export(table, (export_plan_t){.tasks = tasks, .batch_tasks = 1 + random_below(8)});
    }
}

/// The sample over and over, with ids of its own.
typedef struct repetition {
    task_list_t tasks;
    uint64_t left;
    int64_t next_id;
} repetition_t;

static bool next_repeated(void *context, stream_t *stream, uint32_t reads, sealed_batch_t *batch) {
    repetition_t *repetition = context;
    if (repetition->left == 0) {
        return false;
    }
    enum { BATCH_TASKS = 512 };
    size_t count = repetition->left < BATCH_TASKS ? (size_t)repetition->left : BATCH_TASKS;
    task_t tasks[BATCH_TASKS];
    for (size_t i = 0; i < count; i++) {
        tasks[i] = repetition->tasks.tasks[i % repetition->tasks.count];
        tasks[i].id = repetition->next_id++;
    }
    *batch = batch_of_tasks(stream, tasks, count, reads);
    repetition->left -= count;
    return true;
}

void test_exporter_many(void) {
    const postil_exporter_t *table = load_exporter();
    task_list_t sample = sample_tasks();
    if (!table || sample.count == 0) {
        return;
    }
    enum { TASKS = 1000000 };
    repetition_t repetition = {sample, TASKS, 1};
    export_outcome_t outcome =
        run_export(table, (export_plan_t){.next = next_repeated, .next_context = &repetition});
    if (outcome.status == POSTIL_ERROR_NO_MEMORY) {
        fail("%d tasks do not fit into memory: %s", TASKS, outcome_text(&outcome));
    }
    note("%s", outcome_text(&outcome));
}

void test_exporter_huge(void) {
    const postil_exporter_t *table = load_exporter();
    if (!table) {
        return;
    }
    enum { BYTES = 200 * 1000 * 1000 };
    static const char head[] = "[{\"id\":1,\"annotations\":[],\"data\":{\"text\":\"";
    static const char tail[] = "\"}}]";
    size_t count = sizeof head - 1 + BYTES + sizeof tail - 1;
    char *text = malloc(count);
    if (!text) {
        give_up("Memory ran out.");
    }
    memcpy(text, head, sizeof head - 1);
    memset(text + sizeof head - 1, 'x', BYTES);
    memcpy(text + count - (sizeof tail - 1), tail, sizeof tail - 1);
    postil_bytes_t json = {(const uint8_t *)text, count};
    export_outcome_t outcome = run_export(table, (export_plan_t){.tasks = tasks_parse(json)});
    note("%s", outcome_text(&outcome));
    free(text);
}
