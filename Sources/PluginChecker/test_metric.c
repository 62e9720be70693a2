/// Metrics.
#define _GNU_SOURCE 1

#include "scoring.h"
#include "syscall_trap.h"
#include "tests.h"
#include "together.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void test_metric_table(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    if (table->reserved != 0) {
        fail("`reserved` of the metric's table is not zero.");
    }
    if (isnan(table->minimum) || isnan(table->maximum) || table->minimum >= table->maximum) {
        fail("The range %g to %g is none.", table->minimum, table->maximum);
    }
    // `reads` carries what the manifest says: subject, symmetric, better, range.
    char said[256];
    snprintf(said, sizeof said, "%s %s %s %.17g %.17g",
             table->subject == POSTIL_METRIC_PAIR ? "pair" : "answer",
             table->flags & POSTIL_METRIC_SYMMETRIC ? "symmetric" : "directed",
             table->flags & POSTIL_METRIC_LOWER_IS_BETTER ? "lower" : "higher", table->minimum,
             table->maximum);
    if (request.reads && strcmp(said, request.reads) != 0) {
        fail("The table says `%s`, the manifest says `%s`.", said, request.reads);
    }
}

void test_metric_sample(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    pair_list_t list = sample_pairs();
    scores_t scores = score_pairs(table, list, (score_plan_t){0});
    if (scores.status != POSTIL_OK) {
        fail("The sample cannot be scored (status %d): %s", scores.status, scores.message);
        return;
    }
    for (size_t i = 0; i < list.count; i++) {
        double expected = list.pairs[i].expected, score = scores.values[i];
        if (!list.pairs[i].has_expectation || (isnan(expected) && isnan(score))) {
            continue;
        }
        if (!(fabs(expected - score) <= 1e-9 * fmax(1, fabs(expected)))) {
            fail("The score of case %zu is %.17g; the sample says %.17g.", i + 1, score, expected);
        }
    }
    note("%zu cases", list.count);
}

void test_metric_pure(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    pair_list_t list = sample_pairs();
    scores_t first = score_pairs(table, list, (score_plan_t){0});
    scores_t again = score_pairs(table, list, (score_plan_t){.is_reversed = true});
    scores_t bare = score_pairs(table, list, (score_plan_t){.wants_no_parts = true});
    if (!scores_agree(&first, &again, list.count)) {
        fail("Asked in another order, on another instance, the scores differ: a metric is a pure "
             "function.");
    }
    if (!scores_agree(&first, &bare, list.count)) {
        fail("Without a table of parts the scores differ.");
    }
}

void test_metric_batch(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    if (!table->score_batch) {
        skip("The metric has no score_batch.");
        return;
    }
    pair_list_t list = sample_pairs();
    scores_t single = score_pairs(table, list, (score_plan_t){0});
    scores_t batch = score_pairs(table, list, (score_plan_t){.is_batch = true});
    if (!scores_agree(&single, &batch, list.count)) {
        fail("In a batch the scores differ from those one by one, which are the same bit for bit.");
    }
    score_pairs(table, (pair_list_t){list.pairs, 0}, (score_plan_t){.is_batch = true});
}

void test_metric_symmetric(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    if (table->subject != POSTIL_METRIC_PAIR || !(table->flags & POSTIL_METRIC_SYMMETRIC)) {
        skip("The metric does not say that it is symmetric.");
        return;
    }
    for (int round = 0; round < 20; round++) {
        pair_list_t list = round == 0 ? sample_pairs() : pairs_mutated();
        scores_t straight = score_pairs(table, list, (score_plan_t){0});
        scores_t exchanged = score_pairs(table, list, (score_plan_t){.is_exchanged = true});
        if (!scores_agree(&straight, &exchanged, list.count)) {
            fail("With the two answers exchanged the scores differ; the metric says that it is "
                 "symmetric.");
            return;
        }
    }
}

void test_metric_given_back(void) {
    const postil_metric_t *table = load_metric();
    if (table) {
        // A pointer that was kept beyond the call is now a segmentation fault.
        score_pairs(table, sample_pairs(), (score_plan_t){.takes_back = true});
    }
}

void test_metric_fuzz(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    enum { ROUNDS = 60 };
    for (int round = 0; round < ROUNDS; round++) {
        pair_list_t list = pairs_mutated();
        bool is_batch = table->score_batch && round % 2 == 1;
        scores_t scores = score_pairs(table, list, (score_plan_t){.is_batch = is_batch});
        if (scores.status != POSTIL_OK) {
            fail("A malformed answer is refused (status %d: %s); it is left out instead.",
                 scores.status, scores.message);
            return;
        }
    }
}

void test_metric_cancel(void) {
    const postil_metric_t *table = load_metric();
    if (!table || !table->score_batch) {
        return;
    }
    enum { MILLISECONDS = 250 };
    static uint32_t cancel = 1;
    scores_t scores =
        score_pairs(table, sample_pairs(), (score_plan_t){.is_batch = true, .cancel = &cancel});
    if (scores.longest_call_ms > MILLISECONDS) {
        fail("The cancel word was set and a call went on for %.0f ms of processor time; %d are "
             "allowed.",
             scores.longest_call_ms, MILLISECONDS);
    }
    if (scores.status != POSTIL_OK && scores.status != POSTIL_ERROR_CANCELLED) {
        fail("A cancelled batch came to status %d; POSTIL_ERROR_CANCELLED is %d.", scores.status,
             POSTIL_ERROR_CANCELLED);
    }
}

typedef struct parallel {
    const postil_metric_t *table;
    pair_list_t list;
    const scores_t *expected;
} parallel_t;

static bool score_often(void *part) {
    const parallel_t *parallel = part;
    bool differs = false;
    for (int i = 0; i < 20; i++) {
        scores_t scores = score_pairs(parallel->table, parallel->list, (score_plan_t){0});
        differs |= !scores_agree(parallel->expected, &scores, parallel->list.count);
    }
    return differs;
}

void test_metric_threads(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    pair_list_t list = sample_pairs();
    scores_t alone = score_pairs(table, list, (score_plan_t){0});
    parallel_t parallel[THREADS];
    for (int i = 0; i < THREADS; i++) {
        parallel[i] = (parallel_t){table, list, &alone};
    }
    if (any_together(score_often, parallel, sizeof parallel[0])) {
        fail("%d instances on %d threads gave other scores than one alone.", THREADS, THREADS);
    }
}

void test_metric_slope(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    enum { WARM = 20, ROUNDS = 200, BYTES_A_ROUND = 16 };
    pair_list_t list = sample_pairs();
    struct mallinfo2 before = {0};
    for (int round = 0; round < WARM + ROUNDS; round++) {
        if (round == WARM) {
            before = mallinfo2();
        }
        score_pairs(table, list, (score_plan_t){.is_batch = table->score_batch && round % 2 == 0});
    }
    struct mallinfo2 after = mallinfo2();
    double grown =
        (double)(after.uordblks + after.hblkhd) - (double)(before.uordblks + before.hblkhd);
    if (grown > ROUNDS * BYTES_A_ROUND) {
        fail("%d rounds of questions leave %.0f bytes behind.", ROUNDS, grown);
    }
}

void test_metric_calls(void) {
    const postil_metric_t *table = load_metric();
    if (!table) {
        return;
    }
    pair_list_t list = sample_pairs();
    syscall_trap_begin();
    score_pairs(table, list, (score_plan_t){0});
    syscall_trap_end();
    syscall_trap_report("while answers were scored");
}
