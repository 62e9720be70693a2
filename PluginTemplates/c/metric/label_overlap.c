// label-overlap: the labels that two answers share, among those that either has.
//
// A metric is a pure function of its settings and of what it is asked about: nothing is kept
// between two questions.
#include <postil/metric.h>

#include <math.h>
#include <stdlib.h>

/// The names of members that are looked for, as numbers.
typedef struct overlap {
    uint32_t result, type, value;
} overlap_t;

/// Labels of one answer. Each is borrowed from the batch.
typedef struct labels {
    postil_bytes_t *items;
    size_t count;
    size_t capacity;
} labels_t;

static bool add(labels_t *labels, postil_bytes_t label) {
    if (labels->count == labels->capacity) {
        size_t capacity = labels->capacity ? labels->capacity * 2 : 16;
        postil_bytes_t *items = realloc(labels->items, capacity * sizeof *items);
        if (!items) {
            return false;
        }
        labels->items = items;
        labels->capacity = capacity;
    }
    labels->items[labels->count++] = label;
    return true;
}

static int compare(postil_bytes_t a, postil_bytes_t b) {
    uint64_t common = a.count < b.count ? a.count : b.count;
    int order = common > 0 ? memcmp(a.bytes, b.bytes, (size_t)common) : 0;
    return order != 0 ? order : (a.count > b.count) - (a.count < b.count);
}

static int by_bytes(const void *a, const void *b) {
    return compare(*(const postil_bytes_t *)a, *(const postil_bytes_t *)b);
}

/// Sorts the labels and leaves each once.
static void make_set(labels_t *labels) {
    if (labels->count == 0) {
        return;
    }
    qsort(labels->items, labels->count, sizeof *labels->items, by_bytes);
    size_t kept = 1;
    for (size_t i = 1; i < labels->count; i++) {
        if (compare(labels->items[i], labels->items[kept - 1]) != 0) {
            labels->items[kept++] = labels->items[i];
        }
    }
    labels->count = kept;
}

/// The labels of all results: the texts in `value.<type>`. What is malformed is left out.
static bool collect(const overlap_t *overlap, postil_value_t answer, labels_t *labels) {
    postil_walk_t results = postil_children(postil_object_get(answer, overlap->result));
    postil_value_t result, label;
    while (postil_walk_element(&results, &result)) {
        postil_bytes_t type = postil_value_text(postil_object_get(result, overlap->type));
        postil_value_t value = postil_object_get(result, overlap->value);
        postil_walk_t texts = postil_children(postil_object_find(value, type));
        while (postil_walk_element(&texts, &label)) {
            bool is_label = postil_value_is(label, POSTIL_KIND_STRING) && label.node->length > 0;
            if (is_label && !add(labels, postil_value_text(label))) {
                return false;
            }
        }
    }
    make_set(labels);
    return true;
}

/// Walks both sets, which are sorted, and reports each label as a part of the score.
static double score_sets(const postil_metric_call_t *call, const labels_t *a, const labels_t *b) {
    size_t shared = 0, all = 0, i = 0, j = 0;
    while (i < a->count || j < b->count) {
        int order = i == a->count ? 1 : j == b->count ? -1 : compare(a->items[i], b->items[j]);
        postil_bytes_t label = order <= 0 ? a->items[i] : b->items[j];
        enum { LABEL_MAX = 256 };
        if (label.count <= LABEL_MAX) {
            postil_metric_part(call, label, order == 0 ? 1 : 0, 1);
        }
        shared += order == 0 ? 1 : 0;
        all++;
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
    // Nothing was said by either: there is nothing to agree about.
    return all == 0 ? (double)NAN : (double)shared / (double)all;
}

static postil_status_t score(void *instance, const postil_metric_call_t *call, double *result,
                             postil_error_t *error) {
    const overlap_t *overlap = instance;
    labels_t first = {NULL, 0, 0}, second = {NULL, 0, 0};
    bool is_complete =
        collect(overlap, call->first, &first) && collect(overlap, call->second, &second);
    if (is_complete) {
        *result = score_sets(call, &first, &second);
    }
    free(first.items);
    free(second.items);
    return is_complete ? (postil_status_t)POSTIL_OK
                       : postil_fail(error, POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
}

static postil_status_t open_overlap(const postil_metric_open_t *arguments, void **instance,
                                    postil_error_t *error) {
    overlap_t *overlap = calloc(1, sizeof *overlap);
    if (!overlap) {
        return postil_fail(error, POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
    }
    overlap->result = postil_key(arguments->keys, "result");
    overlap->type = postil_key(arguments->keys, "type");
    overlap->value = postil_key(arguments->keys, "value");
    *instance = overlap;
    return POSTIL_OK;
}

static void close_overlap(void *instance) {
    free(instance);
}

// What the manifest says under `metrics`; the host compares.
static const postil_metric_t metric = {
    .size = sizeof metric,
    .subject = POSTIL_METRIC_PAIR,
    .flags = POSTIL_METRIC_SYMMETRIC,
    .minimum = 0,
    .maximum = 1,
    .open = open_overlap,
    .score = score,
    .close = close_overlap,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_metric = postil_bytes_are(id, POSTIL_CAPABILITY_METRIC);
    return is_metric && postil_bytes_are(name, "label-overlap") ? &metric : NULL;
}

// The same as in manifest.json; the host compares.
static const char plugin_id[] = "org.example.label-overlap";
static const char plugin_version[] = "0.1.0";

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)plugin_id, sizeof plugin_id - 1},
    .version = {(const uint8_t *)plugin_version, sizeof plugin_version - 1},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= plugin.abi_minimum ? &plugin : NULL;
}
