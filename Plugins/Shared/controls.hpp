// The controls of the labeling config, as exporters and import sources see them.
#pragma once

#include "text_writer.hpp"

#include <postil/value.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace postil {

/// One control: where its answers come from and what it is called.
struct Control {
    std::string name;
    std::string type; ///< The tag as the config writes it: "RectangleLabels".
    std::string object_name;
    std::string object_type; ///< Of its first object: "Image"; empty when there is none.
    std::string data_key;    ///< The data field of that object, without `$`.
    std::vector<std::string> labels;
    /// Literal parts of a Repeater's name between the places that count up; empty for others.
    std::vector<std::string> pattern;

    bool has_label(std::string_view label) const {
        for (const std::string &known : labels) {
            if (known == label) {
                return true;
            }
        }
        return false;
    }
};

class Controls {
public:
    /// Reads `parsed_label_config` of the context that `open` gets.
    explicit Controls(postil_value_t context) {
        postil_walk_t walk = postil_children(postil_object_named(context, "parsed_label_config"));
        postil_member_t member;
        while (postil_walk_member(&walk, &member)) {
            list_.push_back(read(member));
        }
        for (const Control &control : list_) {
            places_.emplace(control.name, places_.size());
        }
    }

    const std::vector<Control> &list() const { return list_; }

    /// The control that a result's `from_name` means, also one that a Repeater repeats.
    const Control *find(std::string_view from_name) const {
        auto known = places_.find(from_name);
        if (known != places_.end()) {
            return &list_[known->second];
        }
        const Control *best = nullptr;
        for (const Control &control : list_) {
            bool is_longer = !best || control.name.size() > best->name.size();
            if (!control.pattern.empty() && is_longer && matches(control.pattern, from_name)) {
                best = &control;
            }
        }
        return best;
    }

    /// The data field of the first object of a type; of any object when `type` is empty.
    std::string data_key(std::string_view type, const char *otherwise) const {
        for (const Control &control : list_) {
            if (!control.data_key.empty() && (type.empty() || control.object_type == type)) {
                return control.data_key;
            }
        }
        return otherwise;
    }

private:
    static Control read(const postil_member_t &member) {
        Control control;
        control.name = view(member.name);
        control.type = text(member.value, "type");
        control.object_name = view(
            postil_value_text(postil_array_at(postil_object_named(member.value, "to_name"), 0)));
        postil_value_t input = postil_array_at(postil_object_named(member.value, "inputs"), 0);
        control.object_type = text(input, "type");
        control.data_key = text(input, "value");
        if (control.data_key.empty()) {
            control.data_key = text(input, "valueList");
        }
        postil_walk_t labels = postil_children(postil_object_named(member.value, "labels"));
        postil_value_t label;
        while (postil_walk_element(&labels, &label)) {
            control.labels.emplace_back(view(postil_value_text(label)));
        }
        read_pattern(control, postil_object_named(member.value, "regex"));
        return control;
    }

    static void read_pattern(Control &control, postil_value_t flags) {
        std::vector<std::string> parts = {control.name};
        postil_walk_t walk = postil_children(flags);
        postil_member_t flag;
        while (postil_walk_member(&walk, &flag)) {
            std::string_view name = view(flag.name);
            std::vector<std::string> cut;
            for (const std::string &part : parts) {
                size_t from = 0, at;
                while (!name.empty() && (at = part.find(name, from)) != std::string::npos) {
                    cut.push_back(part.substr(from, at - from));
                    from = at + name.size();
                }
                cut.push_back(part.substr(from));
            }
            parts = cut;
        }
        if (parts.size() > 1) {
            control.pattern = parts;
        }
    }

    static bool matches(const std::vector<std::string> &parts, std::string_view name) {
        if (name.substr(0, parts.front().size()) != parts.front()) {
            return false;
        }
        size_t at = parts.front().size();
        for (size_t i = 1; i < parts.size(); i++) {
            size_t found = name.find(parts[i], at);
            if (found == std::string_view::npos) {
                return false;
            }
            at = found + parts[i].size();
        }
        return true;
    }

    static std::string text(postil_value_t object, const char *name) {
        return std::string(view(postil_value_text(postil_object_named(object, name))));
    }

    std::vector<Control> list_;
    std::map<std::string, size_t, std::less<>> places_;
};

} // namespace postil
