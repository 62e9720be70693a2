#include "scoring.h"
#include "guarded_error.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct run {
    const postil_metric_t *table;
    stream_t stream;
    bool is_open;
    uint64_t questions;
    postil_metric_parts_t parts;
} run_t;

static uint32_t intern(void *context, postil_bytes_t name) {
    run_t *run = context;
    if (!run->is_open) {
        fail("A name was interned after `open` had returned.");
        return POSTIL_KEY_NONE;
    }
    return name.count > 0 && !name.bytes
               ? (uint32_t)POSTIL_KEY_NONE
               : postil_key_table_intern(run->stream.keys, name.bytes, name.count);
}

static bool is_in_range(const postil_metric_t *table, double score) {
    return score >= table->minimum && score <= table->maximum;
}

static void take_part(void *context, uint64_t pair, postil_bytes_t label, double score,
                      double weight) {
    const run_t *run = context;
    if (pair >= run->questions) {
        fail("A part was reported for question %llu; there are %llu.", (unsigned long long)pair,
             (unsigned long long)run->questions);
    }
    if (label.count == 0 || label.count > PARTS_MAX) {
        fail("A part has a label of %llu bytes; 1 to %d are allowed.",
             (unsigned long long)label.count, PARTS_MAX);
    }
    if (!isfinite(score) || !is_in_range(run->table, score) || !isfinite(weight) || weight <= 0) {
        fail("A part has the score %g and the weight %g: the score lies in the metric's range, the "
             "weight is above 0.",
             score, weight);
    }
}

/// Roots of a batch: for each question the task and the answers.
static sealed_batch_t roots(run_t *run, const pair_t *pairs, size_t count, bool is_exchanged) {
    task_t *tasks = calloc(count * 3 + 1, sizeof *tasks);
    if (!tasks) {
        give_up("Memory ran out.");
    }
    static const postil_bytes_t nothing = {(const uint8_t *)"{}", 2};
    for (size_t i = 0; i < count; i++) {
        const postil_bytes_t texts[3] = {pairs[i].task,
                                         is_exchanged ? pairs[i].second : pairs[i].first,
                                         is_exchanged ? pairs[i].first : pairs[i].second};
        for (size_t j = 0; j < 3; j++) {
            postil_bytes_t text = texts[j].count > 0 ? texts[j] : nothing;
            tasks[i * 3 + j] = (task_t){.json = text.bytes, .count = text.count};
        }
    }
    enum { TREES = 2 };
    sealed_batch_t batch = batch_of_tasks(&run->stream, tasks, count * 3, TREES);
    free(tasks);
    return batch;
}

static void check_score(const postil_metric_t *table, double score, size_t number) {
    if (isinf(score)) {
        fail("The score of case %zu is infinite.", number);
    } else if (!isnan(score) && !is_in_range(table, score)) {
        fail("The score of case %zu is %g, outside of the range %g to %g.", number, score,
             table->minimum, table->maximum);
    }
}

static void note_call(scores_t *scores, const char *function, double begun,
                      const guarded_error_t *error, postil_status_t status) {
    left();
    double milliseconds = thread_milliseconds() - begun;
    if (milliseconds > scores->longest_call_ms) {
        scores->longest_call_ms = milliseconds;
    }
    guarded_error_check(error, function, status, POSTIL_OK, false);
    if (status != POSTIL_OK && scores->status == POSTIL_OK) {
        scores->status = status;
        snprintf(scores->message, sizeof scores->message, "%.255s", error->error.message);
    }
}

static void score_single(run_t *run, void *instance, const pair_t *pair, score_plan_t plan,
                         double *score, scores_t *scores) {
    sealed_batch_t batch = roots(run, pair, 1, plan.is_exchanged);
    bool is_pair = run->table->subject == POSTIL_METRIC_PAIR;
    run->questions = 1;
    postil_metric_call_t call = {
        .size = sizeof call,
        .task = postil_batch_value(&batch.batch, 0),
        .first = postil_batch_value(&batch.batch, 1),
        .second =
            is_pair ? postil_batch_value(&batch.batch, 2) : postil_value_make(&batch.batch, NULL),
        .parts = plan.wants_no_parts ? NULL : &run->parts,
    };
    guarded_error_t error = guarded_error_make(0);
    double begun = thread_milliseconds();
    entering("metric.score", 0);
    postil_status_t status = run->table->score(instance, &call, score, &error.error);
    note_call(scores, "metric.score", begun, &error, status);
    if (plan.takes_back) {
        batch_make_inaccessible(&batch);
    } else {
        batch_free(&batch);
    }
}

static void score_batch(run_t *run, void *instance, pair_list_t list, score_plan_t plan,
                        double *values, scores_t *scores) {
    sealed_batch_t batch = roots(run, list.pairs, list.count, plan.is_exchanged);
    bool is_pair = run->table->subject == POSTIL_METRIC_PAIR;
    uint32_t columns[3][QUESTIONS_MAX];
    for (uint32_t i = 0; i < list.count; i++) {
        for (uint32_t j = 0; j < 3; j++) {
            columns[j][i] = i * 3 + j;
        }
    }
    run->questions = list.count;
    postil_metric_batch_t questions = {
        .size = sizeof questions,
        .roots_borrowed = &batch.batch,
        .count = list.count,
        .tasks_borrowed = columns[0],
        .first_borrowed = columns[1],
        .second_borrowed = is_pair ? columns[2] : NULL,
        .scores = values,
        .parts = plan.wants_no_parts ? NULL : &run->parts,
    };
    guarded_error_t error = guarded_error_make(0);
    double begun = thread_milliseconds();
    entering("metric.score_batch", 0);
    postil_status_t status = run->table->score_batch(instance, &questions, &error.error);
    note_call(scores, "metric.score_batch", begun, &error, status);
    if (plan.takes_back) {
        batch_make_inaccessible(&batch);
    } else {
        batch_free(&batch);
    }
}

static void ask(run_t *run, void *instance, pair_list_t list, score_plan_t plan, scores_t *scores) {
    // A score that is never written shows.
    enum { UNWRITTEN = 0x7F };
    memset(scores->values, UNWRITTEN, sizeof scores->values);
    if (plan.is_batch) {
        score_batch(run, instance, list, plan, scores->values, scores);
    } else {
        for (size_t i = 0; i < list.count; i++) {
            size_t index = plan.is_reversed ? list.count - 1 - i : i;
            score_single(run, instance, &list.pairs[index], plan, &scores->values[index], scores);
        }
    }
    if (scores->status != POSTIL_OK) {
        return;
    }
    for (size_t i = 0; i < list.count; i++) {
        check_score(run->table, scores->values[i], i + 1);
    }
}

scores_t score_pairs(const postil_metric_t *table, pair_list_t list, score_plan_t plan) {
    scores_t scores = {0};
    run_t run = {.table = table, .stream = stream_make()};
    run.parts = (postil_metric_parts_t){sizeof run.parts, 0, &run, take_part};
    postil_keys_t keys = {sizeof keys, 0, &run, intern};
    sealed_batch_t context = batch_of_json(&run.stream, request.context);
    static uint32_t never;
    postil_metric_open_t arguments = {
        .size = sizeof arguments,
        .name = postil_text(request.name),
        .context_borrowed = &context.batch,
        .keys = &keys,
        .cancel = plan.cancel ? plan.cancel : &never,
    };
    void *instance = NULL;
    guarded_error_t error = guarded_error_make(0);
    double begun = thread_milliseconds();
    run.is_open = true;
    entering("metric.open", 0);
    postil_status_t status = table->open(&arguments, &instance, &error.error);
    run.is_open = false;
    note_call(&scores, "metric.open", begun, &error, status);
    batch_make_inaccessible(&context);
    memset(&arguments, 0xDB, sizeof arguments);
    if (status == POSTIL_OK) {
        ask(&run, instance, list, plan, &scores);
        entering("metric.close", 0);
        table->close(instance);
        left();
    }
    batch_free(&context);
    stream_free(&run.stream);
    return scores;
}

static postil_bytes_t member(task_t task, const char *name) {
    postil_json_document_t *document = NULL;
    postil_json_error_t error;
    if (postil_json_document_make(task.json, task.count, &document, &error) != POSTIL_JSON_OK) {
        give_up("A question of the check is not JSON.");
    }
    // Never freed: questions point into it.
    const uint8_t *text = postil_json_document_text(document);
    const postil_json_item_t *items = postil_json_document_items(document);
    size_t length = strlen(name);
    uint32_t at = 1;
    for (uint32_t i = 0; text[items[0].start] == '{' && i < items[0].count; i++) {
        const postil_json_item_t *value = &items[items[at].next];
        if (items[at].end - items[at].start == length + 2 &&
            memcmp(text + items[at].start + 1, name, length) == 0) {
            return (postil_bytes_t){text + value->start, value->end - value->start};
        }
        at = value->next;
    }
    return (postil_bytes_t){NULL, 0};
}

static pair_list_t pairs_of(task_list_t list, bool has_expectations) {
    size_t count = list.count < QUESTIONS_MAX ? list.count : QUESTIONS_MAX;
    pair_list_t pairs = {calloc(count + 1, sizeof(pair_t)), count};
    for (size_t i = 0; i < count; i++) {
        pair_t *pair = &pairs.pairs[i];
        pair->task = member(list.tasks[i], "task");
        pair->first = member(list.tasks[i], "first");
        pair->second = member(list.tasks[i], "second");
        postil_bytes_t score = member(list.tasks[i], "score");
        pair->has_expectation = has_expectations && score.count > 0;
        postil_json_number_t number = postil_json_number_parse(score.bytes, score.count);
        pair->expected = number.kind == POSTIL_KIND_MISSING ? NAN : number.nearest;
    }
    return pairs;
}

pair_list_t sample_pairs(void) {
    return pairs_of(tasks_parse(request.cases), true);
}

pair_list_t pairs_mutated(void) {
    return pairs_of(tasks_mutated(tasks_parse(request.cases)), false);
}

bool scores_agree(const scores_t *a, const scores_t *b, size_t count) {
    if (a->status != b->status) {
        return false;
    }
    for (size_t i = 0; a->status == POSTIL_OK && i < count; i++) {
        bool are_both_nan = isnan(a->values[i]) && isnan(b->values[i]);
        if (!are_both_nan && memcmp(&a->values[i], &b->values[i], sizeof(double)) != 0) {
            return false;
        }
    }
    return true;
}

const postil_metric_t *load_metric(void) {
    const postil_metric_t *table = load_capability();
    if (!table) {
        return NULL;
    }
    bool is_whole = table->size >= sizeof *table && table->open && table->score && table->close;
    if (!is_whole || table->subject < POSTIL_METRIC_PAIR || table->subject > POSTIL_METRIC_ANSWER) {
        fail("The metric's table is incomplete: `size`, `subject`, open, score and close are "
             "needed.");
        return NULL;
    }
    return table;
}
