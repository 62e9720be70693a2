#define _GNU_SOURCE 1

#include "broken.h"

#include <math.h>
#include <postil/metric.h>
#include <stdlib.h>
#include <unistd.h>

static uint64_t questions;
static double shared;
static postil_bytes_t kept;

static postil_status_t open_base(const postil_metric_open_t *arguments, void **result,
                                 postil_error_t *error) {
    (void)arguments;
    (void)error;
    if (breaks("metric.memory.slope")) {
        leak();
    }
    *result = NULL;
    return POSTIL_OK;
}

static double results_of(postil_value_t answer) {
    return postil_value_count(postil_object_named(answer, "result"));
}

static postil_status_t score(void *instance, const postil_metric_call_t *call, double *result,
                             postil_error_t *error) {
    (void)instance;
    double first = results_of(call->first), second = results_of(call->second);
    if (breaks("metric.sandbox.calls")) {
        read_passwords();
    }
    if (breaks("metric.memory.sanitizers")) {
        overflow();
    }
    if (breaks("metric.data.given-back")) {
        if (kept.count > 0 && kept.bytes[0] == 0) {
            abort();
        }
        kept = postil_value_text(postil_object_named(call->first, "kind"));
    }
    if (breaks("metric.data.fuzz") &&
        !postil_value_is(postil_object_named(call->first, "result"), POSTIL_KIND_ARRAY)) {
        return postil_fail(error, POSTIL_ERROR_INVALID_DATA, "no_result", "There is no result.");
    }
    if (first == 0 && second == 0) {
        *result = (double)NAN;
        return POSTIL_OK;
    }
    *result = fmin(first, second) / fmax(first, second);
    if (breaks("metric.data.sample")) {
        *result = 1 - *result;
    }
    if (breaks("metric.data.pure")) {
        *result = 1.0 / (double)++questions;
    }
    if (breaks("metric.data.symmetric")) {
        *result = first / (first + second);
    }
    if (breaks("metric.threads.instances")) {
        shared = *result;
        usleep(300);
        *result = shared;
    }
    return POSTIL_OK;
}

static postil_status_t score_batch(void *instance, const postil_metric_batch_t *batch,
                                   postil_error_t *error) {
    if (breaks("metric.time.cancel")) {
        be_busy();
    }
    postil_status_t status = postil_metric_score_each(score, instance, batch, NULL, error);
    if (breaks("metric.data.batch") && batch->count > 0) {
        batch->scores[batch->count - 1] /= 2;
    }
    return status;
}

static void close_base(void *instance) {
    (void)instance;
}

static const postil_metric_t table = {
    .size = sizeof table,
    .subject = POSTIL_METRIC_PAIR,
#ifndef WITH_RESERVED
    .flags = POSTIL_METRIC_SYMMETRIC,
#endif
    .minimum = 0,
    .maximum = 1,
    .open = open_base,
    .score = score,
    .score_batch = score_batch,
    .close = close_base,
};

const void *base_metric = &table;
