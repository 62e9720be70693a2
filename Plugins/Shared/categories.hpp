// The categories of an export: the labels of the labeling config and their numbers.
#pragma once

#include "controls.hpp"
#include "text_writer.hpp"

#include <postil/exporter.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace postil {

/// Labels and their numbers, by the rule of Label Studio's converter: labels with an integer
/// `category` attribute first, in the order of the config and with that number; then the rest by
/// name, with the smallest free numbers from 0.
class Categories {
public:
    struct Category {
        int64_t id;
        std::string name;
    };

    explicit Categories(postil_value_t context) {
        std::set<std::string> rest;
        postil_walk_t controls =
            postil_children(postil_object_named(context, "parsed_label_config"));
        postil_member_t control;
        while (postil_walk_member(&controls, &control)) {
            postil_value_t attributes = postil_object_named(control.value, "labels_attrs");
            postil_walk_t labels = postil_children(postil_object_named(control.value, "labels"));
            postil_value_t label;
            while (postil_walk_element(&labels, &label)) {
                std::string name(view(postil_value_text(label)));
                int64_t number;
                if (explicit_number(attributes, name, &number)) {
                    add(number, name);
                } else {
                    rest.insert(name);
                }
            }
        }
        int64_t next = 0;
        for (const std::string &name : rest) {
            while (used_.count(next)) {
                next++;
            }
            add(next, name);
        }
    }

    const std::vector<Category> &list() const { return list_; }

    /// The place of a label in `list`. A label that the config does not know is added at the end.
    size_t place(std::string_view label) {
        auto known = places_.find(label);
        if (known != places_.end()) {
            return known->second;
        }
        int64_t number = static_cast<int64_t>(list_.size());
        while (used_.count(number)) {
            number++;
        }
        add(number, std::string(label));
        return list_.size() - 1;
    }

    /// Takes a label out; numbers of the others stay.
    void remove(const std::string &label) {
        auto known = places_.find(label);
        if (known == places_.end()) {
            return;
        }
        used_.erase(list_[known->second].id);
        list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(known->second));
        places_.clear();
        for (size_t i = 0; i < list_.size(); i++) {
            places_.emplace(list_[i].name, i);
        }
    }

    /// Keeps the labels of controls of one type alone, numbered in the order of the config.
    void keep_labels_of(const Controls &controls, std::string_view type) {
        list_.clear();
        places_.clear();
        used_.clear();
        for (const Control &control : controls.list()) {
            if (control.type == type) {
                for (const std::string &label : control.labels) {
                    add(static_cast<int64_t>(list_.size()), label);
                }
            }
        }
    }

    /// One more than the largest number; it is then taken.
    int64_t next_number() {
        int64_t number = used_.empty() ? 0 : *used_.rbegin() + 1;
        used_.insert(number);
        return number;
    }

private:
    static bool explicit_number(postil_value_t attributes, const std::string &label,
                                int64_t *number) {
        postil_value_t of_label = postil_object_find(
            attributes, {reinterpret_cast<const uint8_t *>(label.data()), label.size()});
        std::string text(view(postil_value_text(postil_object_named(of_label, "category"))));
        char *end = nullptr;
        *number = std::strtoll(text.c_str(), &end, 10);
        return !text.empty() && *end == '\0';
    }

    void add(int64_t number, const std::string &name) {
        if (places_.emplace(name, list_.size()).second) {
            used_.insert(number);
            list_.push_back({number, name});
        }
    }

    std::vector<Category> list_;
    std::map<std::string, size_t, std::less<>> places_;
    std::set<int64_t> used_;
};

} // namespace postil
