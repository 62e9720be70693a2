// Calls of the capability "postil.metric/1".
#include "calls.h"

#include <stdlib.h>
#include <string.h>

static bool is_complete(call_t *call, const postil_metric_t *table) {
    if (table->open == NULL || table->score == NULL || table->close == NULL) {
        calls_refuse_table(call, "open, score and close are all needed.");
        return false;
    }
    return true;
}

static bool take_table(worker_t *worker, call_t *call, postil_bytes_t name) {
    const postil_metric_t *table =
        calls_table(worker, call, POSTIL_CAPABILITY_METRIC, name,
                    offsetof(postil_metric_t, close) + sizeof(table->close));
    if (table == NULL || !is_complete(call, table)) {
        return false;
    }
    size_t count = table->size < sizeof worker->metric ? table->size : sizeof worker->metric;
    memset(&worker->metric, 0, sizeof worker->metric);
    memcpy(&worker->metric, table, count);
    postil_wire_metric_t said = {table->subject, table->flags, table->minimum, table->maximum};
    output_add(&worker->output, POSTIL_WIRE_TABLE, 0, &said, sizeof said);
    return true;
}

static postil_status_t open_metric(worker_t *worker, call_t *call) {
    postil_bytes_t name = {call->bytes, call->byte_count};
    postil_batch_t context;
    if (!take_table(worker, call, name) || !calls_batch(worker, call, 0, 0, &context)) {
        return POSTIL_ERROR_INTERNAL;
    }
    calls_fill_keys(worker);
    postil_metric_open_t arguments = {
        .size = sizeof arguments,
        .name = name,
        .context_borrowed = &context,
        .keys = &worker->keys,
        .cancel = &worker->page->cancel,
    };
    calls_enter(worker, call);
    postil_status_t status = worker->metric.open(&arguments, &worker->instance, &call->error);
    calls_leave(worker);
    worker->is_open = status == POSTIL_OK;
    return status;
}

static void report_part(void *context, uint64_t pair, postil_bytes_t label, double score,
                        double weight) {
    // One byte more than a label may have, so that the host can refuse it.
    enum { LABEL_MAX = 257 };
    output_t *output = context;
    uint8_t record[2 * sizeof(double) + LABEL_MAX];
    size_t count = label.count < LABEL_MAX ? label.count : LABEL_MAX;
    memcpy(record, &score, sizeof score);
    memcpy(record + sizeof score, &weight, sizeof weight);
    if (count > 0) {
        memcpy(record + 2 * sizeof score, label.bytes, count);
    }
    output_add(output, POSTIL_WIRE_PART, pair, record, (uint32_t)(2 * sizeof score + count));
}

/// A column of root numbers; NULL when it is not given or is not one number for each question.
static const uint32_t *column(const worker_t *worker, const call_t *call, uint32_t index) {
    const uint8_t *bytes = slots_arena(&worker->slots, &call->start, index);
    bool is_whole =
        bytes != NULL && call->start.spans[index].length == call->header->b * sizeof(uint32_t);
    return is_whole ? (const uint32_t *)(const void *)bytes : NULL;
}

static postil_status_t score(worker_t *worker, call_t *call) {
    postil_batch_t roots;
    postil_metric_parts_t parts = {
        .size = sizeof parts,
        .context = &worker->output,
        .report = report_part,
    };
    postil_metric_batch_t batch = {
        .size = sizeof batch,
        .roots_borrowed = &roots,
        .count = call->header->b,
        .tasks_borrowed = column(worker, call, 1),
        .first_borrowed = column(worker, call, 2),
        .second_borrowed = column(worker, call, 3),
        .parts = &parts,
    };
    if (!calls_batch(worker, call, 0, 0, &roots) || batch.tasks_borrowed == NULL ||
        batch.first_borrowed == NULL) {
        return POSTIL_ERROR_INTERNAL;
    }
    batch.scores = malloc(batch.count * sizeof *batch.scores);
    if (batch.scores == NULL) {
        return POSTIL_ERROR_NO_MEMORY;
    }
    // Every bit set is not a number: what is not filled says nothing.
    memset(batch.scores, 0xFF, batch.count * sizeof *batch.scores);
    const postil_metric_t *metric = &worker->metric;
    calls_enter(worker, call);
    postil_status_t status = metric->score_batch != NULL
                                 ? metric->score_batch(worker->instance, &batch, &call->error)
                                 : postil_metric_score_each(metric->score, worker->instance, &batch,
                                                            &worker->page->cancel, &call->error);
    calls_leave(worker);
    if (status == POSTIL_OK) {
        output_stream(&worker->output, POSTIL_WIRE_NUMBERS, 0, batch.scores,
                      batch.count * sizeof *batch.scores);
    }
    free(batch.scores);
    return status;
}

postil_status_t metric_serve(worker_t *worker, call_t *call) {
    if (call->function == POSTIL_WIRE_OPEN && !worker->is_open) {
        return open_metric(worker, call);
    }
    if (!worker->is_open || worker->metric.size == 0) {
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    return call->function == POSTIL_WIRE_SCORE ? score(worker, call) : POSTIL_ERROR_UNSUPPORTED;
}
