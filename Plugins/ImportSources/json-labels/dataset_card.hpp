// What the card of a data set says of its columns: the names behind numbers of classes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace json_labels {

/// Reads the `dataset_info` in a card's head, as `datasets` writes it:
///
///     - name: label
///       dtype:
///         class_label:
///           names:
///             '0': negative
///
/// Nothing else of YAML is understood, and nothing else of the card is read.
class DatasetCard {
public:
    explicit DatasetCard(std::string_view text) {
        size_t names_indent = 0;
        bool is_inside = false;
        for (size_t at = 0; at < text.size();) {
            size_t end = std::min(text.find('\n', at), text.size());
            std::string_view line = text.substr(at, end - at);
            at = end + 1;
            size_t indent = line.find_first_not_of(' ');
            if (indent == std::string_view::npos) {
                continue;
            }
            if (is_inside && indent > names_indent) {
                add(line.substr(indent));
                continue;
            }
            is_inside = false;
            std::string_view name = behind(line.substr(indent), "- name:");
            if (!name.empty()) {
                column_ = plain(name);
            } else if (plain(line) == "names:") {
                is_inside = true;
                names_indent = indent;
            }
        }
    }

    /// The name of a class by its number, or NULL.
    const std::string *name(std::string_view column, int64_t number) const {
        auto known = names_.find({std::string(column), number});
        return known == names_.end() ? nullptr : &known->second;
    }

private:
    void add(std::string_view line) {
        size_t colon = line.find(':');
        std::string number = plain(line.substr(0, colon));
        bool is_number = !number.empty() && number.size() <= 9 &&
                         number.find_first_not_of("0123456789") == std::string::npos;
        if (is_number && colon != std::string_view::npos) {
            names_[{column_, std::stoll(number)}] = plain(line.substr(colon + 1));
        }
    }

    /// What follows a word at the start of a line; empty for other lines.
    static std::string_view behind(std::string_view line, std::string_view word) {
        return line.substr(0, word.size()) == word ? line.substr(word.size()) : "";
    }

    /// Without blanks and quotes around it.
    static std::string plain(std::string_view text) {
        size_t first = text.find_first_not_of(" \r");
        if (first == std::string_view::npos) {
            return "";
        }
        text = text.substr(first, text.find_last_not_of(" \r") - first + 1);
        bool is_quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                         text.back() == text.front();
        return std::string(is_quoted ? text.substr(1, text.size() - 2) : text);
    }

    std::map<std::pair<std::string, int64_t>, std::string> names_;
    std::string column_;
};

} // namespace json_labels
