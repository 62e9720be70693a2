// The results of one annotation that answer a control of the labeling config.
#pragma once

#include "controls.hpp"
#include "items.hpp"
#include "loss_notes.hpp"

#include <string_view>
#include <vector>

namespace postil {

struct Result {
    postil_value_t result, value;
    std::string_view from_name;
    const Control *control; ///< NULL for chat messages and for results of an empty config.
    std::string_view type;  ///< The control's tag, else the type of the result.
};

/// Reads results in the order of Label Studio's converter: by control, controls in the order in
/// which they first occur. Relations and answers to controls that the config no longer has are
/// left out and counted.
class Results {
public:
    Results(const postil_keys_t *keys, const Controls &controls, LossNotes &losses)
        : result_(postil_key(keys, "result")), value_(postil_key(keys, "value")),
          from_name_(postil_key(keys, "from_name")), type_(postil_key(keys, "type")),
          controls_(controls), losses_(losses) {}

    /// Valid until the next call.
    const std::vector<Result> &read(postil_value_t annotation, int64_t task) {
        found_.clear();
        groups_.clear();
        postil_walk_t walk = postil_children(postil_object_get(annotation, result_));
        postil_value_t result;
        while (postil_walk_element(&walk, &result)) {
            take(result, task);
        }
        if (groups_.size() > 1) {
            std::stable_sort(found_.begin(), found_.end(), [&](const Result &a, const Result &b) {
                return group(a.from_name) < group(b.from_name);
            });
        }
        return found_;
    }

private:
    void take(postil_value_t result, int64_t task) {
        std::string_view from_name = view(postil_value_text(postil_object_get(result, from_name_)));
        std::string_view type = view(postil_value_text(postil_object_get(result, type_)));
        if (from_name.empty()) {
            losses_.note("relation_dropped", "Relations between regions were left out.", task);
            return;
        }
        const Control *control = controls_.find(from_name);
        bool is_kept = control || controls_.list().empty() || type == "chatmessage";
        if (!is_kept) {
            losses_.note("control_unknown",
                         "Answers to controls that the config no longer has were left out.", task);
            return;
        }
        if (group(from_name) == groups_.size()) {
            groups_.push_back(from_name);
        }
        found_.push_back({result, postil_object_get(result, value_), from_name, control,
                          control ? std::string_view(control->type) : type});
    }

    size_t group(std::string_view from_name) const {
        for (size_t i = 0; i < groups_.size(); i++) {
            if (groups_[i] == from_name) {
                return i;
            }
        }
        return groups_.size();
    }

    uint32_t result_, value_, from_name_, type_;
    const Controls &controls_;
    LossNotes &losses_;
    std::vector<Result> found_;
    std::vector<std::string_view> groups_;
};

} // namespace postil
