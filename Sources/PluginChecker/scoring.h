/// Questions to a metric, one by one and in batches.
#ifndef POSTIL_CHECKER_SCORING_H
#define POSTIL_CHECKER_SCORING_H

#include "plugin.h"
#include "tasks.h"

#include <postil/metric.h>

enum { QUESTIONS_MAX = 512, PARTS_MAX = 256 };

/// One question of a sample: JSON texts, and the score that the author expects.
typedef struct pair {
    postil_bytes_t task;
    postil_bytes_t first;
    postil_bytes_t second;
    bool has_expectation;
    double expected; ///< Not-a-number where the sample says null: nothing to say.
} pair_t;

typedef struct pair_list {
    pair_t *pairs;
    size_t count;
} pair_list_t;

/// The request's questions.
pair_list_t sample_pairs(void);

/// The same with answers changed at random and without expectations.
pair_list_t pairs_mutated(void);

typedef struct scores {
    postil_status_t status;
    char message[256];
    double values[QUESTIONS_MAX];
    double longest_call_ms;
} scores_t;

const postil_metric_t *load_metric(void);

typedef struct score_plan {
    bool is_batch;       ///< By `score_batch`, else one by one.
    bool is_exchanged;   ///< The two answers of each pair change places.
    bool is_reversed;    ///< The last question first.
    bool wants_no_parts; ///< The host gives no table of parts.
    bool takes_back;     ///< Values become inaccessible after each call.
    uint32_t *cancel;
} score_plan_t;

/// Asks all questions on one new instance. Breaches of the contract fail the test.
scores_t score_pairs(const postil_metric_t *table, pair_list_t list, score_plan_t plan);

/// True if both have the same scores, bit for bit, or both failed alike.
bool scores_agree(const scores_t *a, const scores_t *b, size_t count);

#endif
