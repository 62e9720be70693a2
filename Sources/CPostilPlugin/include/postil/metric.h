/// Metrics: how far two answers to a task agree, or how good one answer is. Capability
/// "postil.metric/1".
///
/// An answer is an annotation or a prediction. What a metric is called, what it judges, its range
/// and its settings stand in the manifest, so that it can be listed without running it; the table
/// here says the same, and the host compares the two.
///
/// A metric is a pure function of its settings and of what it is asked about: the same pair gives
/// the same score, bit for bit, alone or in a batch, in any order and on any instance.
#ifndef POSTIL_METRIC_H
#define POSTIL_METRIC_H

#include <postil/services.h>
#include <postil/value.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POSTIL_CAPABILITY_METRIC "postil.metric/1"

/// What a metric is about.
enum {
    POSTIL_METRIC_PAIR = 1,  ///< Two answers to one task: agreement.
    POSTIL_METRIC_ANSWER = 2 ///< One answer: quality.
};

/// What holds for every score of a metric; add them up.
enum {
    /// Exchanging the two answers gives the same score, bit for bit. The host then asks for each
    /// pair once. Meaningless for POSTIL_METRIC_ANSWER.
    POSTIL_METRIC_SYMMETRIC = 1,
    /// The smaller the score, the better: a distance. Without it, the larger the better.
    POSTIL_METRIC_LOWER_IS_BETTER = 2
};

/// Takes the parts that a score is made of: one label's share, one control's share. Given by the
/// host when it wants to show them.
typedef struct postil_metric_parts {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    void *context;     ///< Pass it back.

    /// Takes one part and copies it.
    ///
    /// `pair`   the `pair` of the call it belongs to.
    /// `label`  what the part is about, for people: a label, a control's name. UTF-8, 1 to 256
    ///          bytes. Parts of one pair with the same label are averaged by weight.
    /// `score`  in the range of the metric, finite.
    /// `weight` how much stands behind it, for instance how many regions; above 0, finite.
    ///
    /// The host keeps the first 256 parts of a pair. [instance] since ABI 1.0
    void (*report)(void *context, uint64_t pair, postil_bytes_t label_borrowed, double score,
                   double weight);
} postil_metric_parts_t;

/// One question. All of it is borrowed until the call returns.
typedef struct postil_metric_call {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    uint64_t pair;     ///< The number of the question in its batch; for `report`.

    /// The task: {id, data}.
    postil_value_t task;

    /// An answer: {id, kind, result}, where `kind` is "annotation" or "prediction" and `result`
    /// is the array of results as Label Studio writes it. Later hosts may add members.
    postil_value_t first;
    postil_value_t second; ///< Missing for POSTIL_METRIC_ANSWER.

    const postil_metric_parts_t *parts; ///< NULL if the host does not ask for parts.
} postil_metric_call_t;

/// Many questions: their values, and columns with one entry a question.
typedef struct postil_metric_batch {
    uint32_t size;
    uint32_t reserved; ///< Zero.

    /// Tasks and answers, a root each. A value may be asked about many times.
    const postil_batch_t *roots_borrowed;

    uint64_t count;                  ///< How many questions.
    const uint32_t *tasks_borrowed;  ///< For each the root of its task.
    const uint32_t *first_borrowed;  ///< For each the root of an answer.
    const uint32_t *second_borrowed; ///< Alike; NULL for POSTIL_METRIC_ANSWER.
    double *scores;                  ///< Room for `count` scores, to be filled.

    const postil_metric_parts_t *parts; ///< NULL if the host does not ask for parts.
} postil_metric_batch_t;

/// What `open` gets. The cancel word lives until `close`; the rest is borrowed.
typedef struct postil_metric_open {
    uint32_t size;
    uint32_t reserved;   ///< Zero.
    postil_bytes_t name; ///< The capability's name in the manifest: "box-iou".

    /// One root, an object, until `open` returns:
    ///   project              {id, title}
    ///   label_config         the XML
    ///   parsed_label_config  {control name: {type, to_name, inputs, labels, labels_attrs}}
    ///   settings             as the manifest's schema describes, defaults filled in
    const postil_batch_t *context_borrowed;

    const postil_keys_t *keys; ///< Keys of the roots of every batch. Only while `open` runs.
    const uint32_t *cancel;    ///< For `postil_is_cancelled`.
} postil_metric_open_t;

/// Judges answers. Identifier: "postil.metric/1".
///
/// `open`, then `score` and `score_batch` as the host likes, then `close`.
typedef struct postil_metric {
    uint32_t size;     ///< sizeof(postil_metric_t) as the plugin was built.
    uint32_t subject;  ///< POSTIL_METRIC_PAIR or POSTIL_METRIC_ANSWER.
    uint32_t flags;    ///< POSTIL_METRIC_SYMMETRIC, …; 0 if none.
    uint32_t reserved; ///< Zero.
    double minimum;    ///< No score is below; -INFINITY if there is no bound.
    double maximum;    ///< No score is above; INFINITY if there is no bound.

    /// Makes an instance.
    ///
    /// `instance`  set to what the other functions get; may be NULL. Belongs to the plugin.
    ///
    /// Intern keys and read the settings here. Fails with POSTIL_ERROR_INVALID_SETTINGS or
    /// POSTIL_ERROR_UNSUPPORTED and `error` filled, having freed what it took. [any] since ABI 1.0
    postil_status_t (*open)(const postil_metric_open_t *arguments_borrowed, void **instance,
                            postil_error_t *error);

    /// Answers one question.
    ///
    /// `score`  set to a number in the range, or to not-a-number when the metric has nothing to
    ///          say: neither answer holds anything that it judges.
    ///
    /// Returns POSTIL_OK, or a failure with `error` filled. Results are as people and models left
    /// them: what is malformed is left out, not refused. [instance] since ABI 1.0
    postil_status_t (*score)(void *instance, const postil_metric_call_t *call_borrowed,
                             double *score, postil_error_t *error);

    /// Answers all questions of a batch, each as `score` does. NULL: the host calls `score` for
    /// each. Worth it when something can be kept between the questions, or done on many at once.
    /// [instance] since ABI 1.0
    postil_status_t (*score_batch)(void *instance, const postil_metric_batch_t *batch_borrowed,
                                   postil_error_t *error);

    /// Frees the instance. [instance] since ABI 1.0
    void (*close)(void *instance);
} postil_metric_t;

/// The question at an index below `batch->count`.
static inline postil_metric_call_t postil_metric_call_at(const postil_metric_batch_t *batch,
                                                         uint64_t index) {
    postil_metric_call_t call;
    memset(&call, 0, sizeof call);
    call.size = sizeof call;
    call.pair = index;
    call.task = postil_batch_value(batch->roots_borrowed, batch->tasks_borrowed[index]);
    call.first = postil_batch_value(batch->roots_borrowed, batch->first_borrowed[index]);
    call.second = postil_value_make(batch->roots_borrowed, NULL);
    if (batch->second_borrowed) {
        call.second = postil_batch_value(batch->roots_borrowed, batch->second_borrowed[index]);
    }
    call.parts = batch->parts;
    return call;
}

/// Answers all questions of a batch by calling `score` for each: what a host does for a metric
/// without `score_batch`. Stops at the first failure and when `cancel` is set.
static inline postil_status_t postil_metric_score_each(
    postil_status_t (*score)(void *, const postil_metric_call_t *, double *, postil_error_t *),
    void *instance, const postil_metric_batch_t *batch, const uint32_t *cancel,
    postil_error_t *error) {
    for (uint64_t index = 0; index < batch->count; index++) {
        if (postil_is_cancelled(cancel)) {
            return postil_fail(error, POSTIL_ERROR_CANCELLED, "cancelled", "The job was stopped.");
        }
        postil_metric_call_t call = postil_metric_call_at(batch, index);
        postil_status_t status = score(instance, &call, &batch->scores[index], error);
        if (status != POSTIL_OK) {
            return status;
        }
    }
    return POSTIL_OK;
}

/// Reports one part, if the host asks for parts.
static inline void postil_metric_part(const postil_metric_call_t *call, postil_bytes_t label,
                                      double score, double weight) {
    if (call->parts) {
        call->parts->report(call->parts->context, call->pair, label, score, weight);
    }
}

#ifdef __cplusplus
}
#endif

#endif
