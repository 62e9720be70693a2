// What the labeling config says to exporters of images: where the image is, which labels exist.
#pragma once

#include "text_writer.hpp"

#include <postil/exporter.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace postil {

/// The data key that the config's image object reads, without `$`; "image" when none is found.
inline std::string image_key(postil_value_t context) {
    postil_value_t controls = postil_object_named(context, "parsed_label_config");
    postil_walk_t walk = postil_children(controls);
    postil_member_t control;
    while (postil_walk_member(&walk, &control)) {
        postil_walk_t inputs = postil_children(postil_object_named(control.value, "inputs"));
        postil_value_t input;
        while (postil_walk_element(&inputs, &input)) {
            std::string_view type = view(postil_value_text(postil_object_named(input, "type")));
            std::string_view key = view(postil_value_text(postil_object_named(input, "value")));
            if (type == "Image" && !key.empty()) {
                return std::string(key.front() == '$' ? key.substr(1) : key);
            }
        }
    }
    return "image";
}

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
