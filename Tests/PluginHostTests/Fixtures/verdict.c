// A metric of pairs with a switch for each way to break the contract. Two answers are compared by
// how many results they have: 1 less the difference by the larger count.
#include <math.h>
#include <postil/metric.h>
#include <stdlib.h>

#ifndef METRIC_SUBJECT
#define METRIC_SUBJECT POSTIL_METRIC_PAIR
#endif
#ifndef METRIC_FLAGS
#define METRIC_FLAGS POSTIL_METRIC_SYMMETRIC
#endif
#ifndef METRIC_MAXIMUM
#define METRIC_MAXIMUM 1
#endif

struct verdict {
    uint32_t result;
    double factor;
};

static postil_status_t open_metric(const postil_metric_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    struct verdict *verdict = calloc(1, sizeof *verdict);
    verdict->result = postil_key(arguments->keys, "result");
    verdict->factor = 1;
    postil_value_double(postil_object_named(settings, "factor"), &verdict->factor);
    if (verdict->factor < 0) {
        free(verdict);
        return postil_fail(error, POSTIL_ERROR_INVALID_SETTINGS, "factor_negative",
                           "The factor is negative.");
    }
    *instance = verdict;
    return POSTIL_OK;
}

static postil_status_t score(void *instance, const postil_metric_call_t *call, double *score,
                             postil_error_t *error) {
    struct verdict *verdict = instance;
    double first = postil_value_count(postil_object_get(call->first, verdict->result));
    double second = call->second.node
                        ? postil_value_count(postil_object_get(call->second, verdict->result))
                        : 0;
#ifdef METRIC_HANGS
    for (volatile int forever = 1; forever;) {
    }
#endif
#ifdef METRIC_FAILS
    int64_t task = 0;
    postil_value_int64(postil_object_named(call->task, "id"), &task);
    postil_fail(error, POSTIL_ERROR_INVALID_DATA, "no_image", "The task has no image.");
    postil_error_locate(error, task, "/data/image");
    return POSTIL_ERROR_INVALID_DATA;
#endif
    (void)error;
    double larger = fmax(first, second);
    *score = larger == 0 ? NAN : verdict->factor * (1 - fabs(first - second) / larger);
    postil_metric_part(call, postil_text("count"), larger == 0 ? 1 : *score, 1);
#ifdef METRIC_BAD_PART
    postil_metric_part(call, postil_text("count"), 0.5, -1);
#endif
    return POSTIL_OK;
}

#ifdef METRIC_BATCH
static postil_status_t score_batch(void *instance, const postil_metric_batch_t *batch,
                                   postil_error_t *error) {
    return postil_metric_score_each(score, instance, batch, NULL, error);
}
#else
#define score_batch NULL
#endif

static void close_metric(void *instance) {
    free(instance);
}

static const postil_metric_t table = {
    sizeof table,   METRIC_SUBJECT, METRIC_FLAGS, 0,           0,
    METRIC_MAXIMUM, open_metric,    score,        score_batch, close_metric,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_ours =
        postil_bytes_are(id, POSTIL_CAPABILITY_METRIC) && postil_bytes_are(name, "verdict");
    return is_ours ? &table : NULL;
}

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    static const postil_plugin_t plugin = {
        sizeof plugin,
        POSTIL_ABI_VERSION,
        POSTIL_ABI_VERSION,
        0,
        {(const uint8_t *)"org.example.verdict", 19},
        {(const uint8_t *)"1.0.0", 5},
        get_capability,
    };
    (void)host;
    return &plugin;
}
