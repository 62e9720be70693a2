// label-overlap: the labels that two answers share, among those that either has.
//
// A metric is a pure function of its settings and of what it is asked about: nothing is kept
// between two questions.
#include "guard.hpp"

#include <postil/metric.h>

#include <cmath>
#include <set>

namespace {

/// Labels of one answer. Each is borrowed from the batch.
using Labels = std::set<std::string_view>;

class Overlap {
public:
    explicit Overlap(const postil_keys_t *keys)
        : result_(postil_key(keys, "result")), type_(postil_key(keys, "type")),
          value_(postil_key(keys, "value")) {}

    double score(const postil_metric_call_t &call) const {
        const Labels first = labels(call.first), second = labels(call.second);
        size_t shared = 0, all = second.size();
        for (std::string_view label : first) {
            bool is_shared = second.count(label) > 0;
            shared += is_shared ? 1 : 0;
            all += is_shared ? 0 : 1;
            report(call, label, is_shared);
        }
        for (std::string_view label : second) {
            if (first.count(label) == 0) {
                report(call, label, false);
            }
        }
        // Nothing was said by either: there is nothing to agree about.
        return all == 0 ? std::nan("") : static_cast<double>(shared) / static_cast<double>(all);
    }

private:
    // The names of members that are looked for, as numbers.
    uint32_t result_, type_, value_;

    /// The labels of all results: the texts in `value.<type>`. What is malformed is left out.
    Labels labels(postil_value_t answer) const {
        Labels labels;
        postil_walk_t results = postil_children(postil_object_get(answer, result_));
        postil_value_t result, label;
        while (postil_walk_element(&results, &result)) {
            postil_bytes_t type = postil_value_text(postil_object_get(result, type_));
            postil_value_t value = postil_object_get(result, value_);
            postil_walk_t texts = postil_children(postil_object_find(value, type));
            while (postil_walk_element(&texts, &label)) {
                std::string_view text = view(postil_value_text(label));
                if (!text.empty()) {
                    labels.insert(text);
                }
            }
        }
        return labels;
    }

    /// Reports a label as a part of the score.
    static void report(const postil_metric_call_t &call, std::string_view label, bool is_shared) {
        constexpr size_t label_max = 256;
        if (label.size() <= label_max) {
            postil_metric_part(&call, bytes_of(label), is_shared ? 1 : 0, 1);
        }
    }
};

postil_status_t open_overlap(const postil_metric_open_t *arguments, void **instance,
                             postil_error_t *error) {
    return guarded(error, [&] {
        *instance = new Overlap(arguments->keys);
        return static_cast<postil_status_t>(POSTIL_OK);
    });
}

postil_status_t score(void *instance, const postil_metric_call_t *call, double *result,
                      postil_error_t *error) {
    return guarded(error, [&] {
        *result = static_cast<const Overlap *>(instance)->score(*call);
        return static_cast<postil_status_t>(POSTIL_OK);
    });
}

void close_overlap(void *instance) {
    delete static_cast<Overlap *>(instance);
}

// What the manifest says under `metrics`; the host compares.
const postil_metric_t metric = {
    sizeof(postil_metric_t),
    POSTIL_METRIC_PAIR,
    POSTIL_METRIC_SYMMETRIC,
    0,
    0.0, // minimum
    1.0, // maximum
    open_overlap,
    score,
    nullptr,
    close_overlap,
};

const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_metric = postil_bytes_are(id, POSTIL_CAPABILITY_METRIC);
    return is_metric && postil_bytes_are(name, "label-overlap") ? &metric : nullptr;
}

// The same as in manifest.json; the host compares.
const char plugin_id[] = "org.example.label-overlap";
const char plugin_version[] = "0.1.0";

const postil_plugin_t plugin = {
    sizeof(postil_plugin_t),
    POSTIL_ABI_VERSION,
    POSTIL_ABI_VERSION,
    0,
    {reinterpret_cast<const uint8_t *>(plugin_id), sizeof plugin_id - 1},
    {reinterpret_cast<const uint8_t *>(plugin_version), sizeof plugin_version - 1},
    get_capability,
};

} // namespace

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= plugin.abi_minimum ? &plugin : nullptr;
}
