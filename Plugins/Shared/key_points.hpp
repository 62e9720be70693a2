// The order of the labels of key points, which trained models go by.
#pragma once

#include "text_writer.hpp"

#include <postil/value.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace postil {

/// Labels of `<KeyPointLabels>`, by their integer attribute `model_index`.
///
/// When no label has one, the order is that of the config. Otherwise labels without one, and those
/// whose number is taken, have no place.
class KeyPointOrder {
public:
    explicit KeyPointOrder(postil_value_t context) {
        postil_walk_t walk = postil_children(postil_object_named(context, "parsed_label_config"));
        postil_member_t control;
        while (postil_walk_member(&walk, &control)) {
            if (view(postil_value_text(postil_object_named(control.value, "type"))) ==
                "KeyPointLabels") {
                is_used_ = true;
                read(control.value);
            }
        }
        std::map<int64_t, std::string> numbered;
        for (const auto &[name, number] : numbers_) {
            numbered.emplace(number, name);
        }
        for (const auto &entry : numbered) {
            order_.push_back(entry.second);
        }
        if (order_.empty()) {
            order_ = labels_;
        }
    }

    /// The config has `<KeyPointLabels>`.
    bool is_used() const { return is_used_; }

    /// Every label, in the order of the config.
    const std::vector<std::string> &labels() const { return labels_; }

    const std::vector<std::string> &order() const { return order_; }

    /// The place of a label in the order; -1 when it has none.
    int place(std::string_view label) const {
        for (size_t i = 0; i < order_.size(); i++) {
            if (order_[i] == label) {
                return static_cast<int>(i);
            }
        }
        return -1;
    }

    bool is_label(std::string_view label) const {
        return std::find(labels_.begin(), labels_.end(), label) != labels_.end();
    }

private:
    void read(postil_value_t control) {
        postil_value_t attributes = postil_object_named(control, "labels_attrs");
        postil_walk_t labels = postil_children(postil_object_named(control, "labels"));
        postil_value_t label;
        while (postil_walk_element(&labels, &label)) {
            std::string name(view(postil_value_text(label)));
            if (!is_label(name)) {
                labels_.push_back(name);
            }
            std::string text(view(postil_value_text(postil_object_named(
                postil_object_find(attributes, postil_value_text(label)), "model_index"))));
            char *end = nullptr;
            int64_t number = std::strtoll(text.c_str(), &end, 10);
            if (!text.empty() && *end == '\0') {
                numbers_.emplace_back(name, number);
            }
        }
    }

    bool is_used_ = false;
    std::vector<std::string> labels_, order_;
    std::vector<std::pair<std::string, int64_t>> numbers_;
};

} // namespace postil
