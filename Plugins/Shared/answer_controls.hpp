// The results of two answers by the control that they come from, so that like is compared with
// like.
#pragma once

#include "text_writer.hpp"

#include <postil/metric.h>

#include <map>
#include <string>
#include <vector>

namespace postil {

/// Keys that every reader of answers needs.
struct AnswerKeys {
    explicit AnswerKeys(const postil_keys_t *keys)
        : result(postil_key(keys, "result")), from_name(postil_key(keys, "from_name")),
          to_name(postil_key(keys, "to_name")), item_index(postil_key(keys, "item_index")),
          type(postil_key(keys, "type")), value(postil_key(keys, "value")) {}

    uint32_t result, from_name, to_name, item_index, type, value;
};

/// What the two answers say by one control about one object.
struct ControlAnswers {
    std::vector<postil_value_t> first, second;
};

/// Both answers by control, in the order of the controls' names: that order does not depend on
/// which answer is the first one.
class AnswerControls {
public:
    /// Only results of the control `control` count; of every control when it is empty.
    AnswerControls(const postil_metric_open_t &arguments)
        : keys_(arguments.keys),
          control_(view(postil_value_text(postil_object_named(
              postil_object_named(postil_batch_value(arguments.context_borrowed, 0), "settings"),
              "control")))) {}

    /// Sorts the results for which `counts(type, value)` is true.
    template <class Counts>
    const std::map<std::string, ControlAnswers> &read(const postil_metric_call_t &call,
                                                      Counts counts) {
        controls_.clear();
        add(call.first, &ControlAnswers::first, counts);
        add(call.second, &ControlAnswers::second, counts);
        return controls_;
    }

    const AnswerKeys &keys() const { return keys_; }

private:
    template <class Counts>
    void add(postil_value_t answer, std::vector<postil_value_t> ControlAnswers::*side,
             Counts counts) {
        postil_walk_t walk = postil_children(postil_object_get(answer, keys_.result));
        postil_value_t result;
        while (postil_walk_element(&walk, &result)) {
            std::string_view from = text(result, keys_.from_name);
            if (!control_.empty() && from != control_) {
                continue;
            }
            if (!counts(text(result, keys_.type), postil_object_get(result, keys_.value))) {
                continue;
            }
            (controls_[name(result, from)].*side).push_back(result);
        }
    }

    /// The control, and what it is about when one control is about several things.
    std::string name(postil_value_t result, std::string_view from) const {
        std::string name(from);
        name += '\n';
        name += text(result, keys_.to_name);
        int64_t index;
        if (postil_value_int64(postil_object_get(result, keys_.item_index), &index)) {
            name += '\n';
            append_number(name, index);
        }
        return name;
    }

    static std::string_view text(postil_value_t object, uint32_t key) {
        return view(postil_value_text(postil_object_get(object, key)));
    }

    AnswerKeys keys_;
    std::string control_;
    std::map<std::string, ControlAnswers> controls_;
};

/// The mean of scores, which are added in the order in which they come.
class Mean {
public:
    void add(double score) {
        sum_ += score;
        count_ += 1;
    }

    bool is_empty() const { return count_ == 0; }
    double value() const { return sum_ / count_; }

private:
    double sum_ = 0, count_ = 0;
};

/// Reports a part; labels that are empty or too long for the interface are left out.
inline void report_part(const postil_metric_call_t &call, std::string_view label, double score,
                        double weight) {
    if (!label.empty() && label.size() <= 256) {
        postil_metric_part(&call, {reinterpret_cast<const uint8_t *>(label.data()), label.size()},
                           score, weight);
    }
}

/// The setting of a name, or a missing value.
inline postil_value_t setting(const postil_metric_open_t &arguments, const char *name) {
    postil_value_t context = postil_batch_value(arguments.context_borrowed, 0);
    return postil_object_named(postil_object_named(context, "settings"), name);
}

inline double number_setting(const postil_metric_open_t &arguments, const char *name,
                             double otherwise) {
    double value = otherwise;
    postil_value_double(setting(arguments, name), &value);
    return value;
}

inline bool flag_setting(const postil_metric_open_t &arguments, const char *name) {
    bool value = false;
    postil_value_bool(setting(arguments, name), &value);
    return value;
}

} // namespace postil
