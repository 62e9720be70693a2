// Names of classes: classes.txt, a name a line, or `names` of a data.yaml.
#pragma once

#include "import_files.hpp"

#include <string>
#include <vector>

namespace text_labels {

/// What stands between blanks.
inline std::string_view trimmed(std::string_view text) {
    size_t first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos
               ? ""
               : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// What stands between blanks and quotes.
inline std::string plain(std::string_view text) {
    text = trimmed(text);
    bool is_quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                     text.back() == text.front();
    return std::string(is_quoted ? text.substr(1, text.size() - 2) : text);
}

inline std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (size_t at = 0; at < text.size();) {
        size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// `names: [a, b]`, or below `names:` lines `- a` or `0: a`. Nothing else of YAML is understood.
inline std::vector<std::string> names_of_yaml(std::string_view text) {
    std::vector<std::string> names;
    bool is_inside = false;
    for (std::string_view line : lines_of(text)) {
        bool is_indented = !line.empty() && (line[0] == ' ' || line[0] == '\t' || line[0] == '-');
        if (is_inside && is_indented) {
            size_t dash = line.find_first_not_of(" \t");
            size_t colon = line.find(':');
            bool is_listed = dash != std::string_view::npos && line[dash] == '-';
            if (is_listed || colon != std::string_view::npos) {
                names.push_back(plain(line.substr((is_listed ? dash : colon) + 1)));
            }
            continue;
        }
        is_inside = line.substr(0, 6) == "names:";
        size_t open = line.find('['), close = line.rfind(']');
        if (is_inside && open != std::string_view::npos && close != std::string_view::npos) {
            std::string_view list = line.substr(open + 1, close - open - 1);
            for (size_t at = 0; at <= list.size();) {
                size_t comma = std::min(list.find(',', at), list.size());
                std::string name = plain(list.substr(at, comma - at));
                if (!name.empty()) {
                    names.push_back(name);
                }
                at = comma + 1;
            }
        }
    }
    return names;
}

/// Lines of classes.txt come as they are: a name may begin or end with blanks, or be in quotes.
inline std::vector<std::string> read_class_names(const postil::ImportFiles &files) {
    static constexpr uint64_t most_bytes = 16ull << 20;
    for (uint64_t file : files.ending("classes.txt")) {
        std::vector<std::string> names;
        std::string text = files.read(file, most_bytes);
        for (std::string_view line : lines_of(text)) {
            bool ends_with_return = !line.empty() && line.back() == '\r';
            names.emplace_back(line.substr(0, line.size() - ends_with_return));
        }
        return names;
    }
    for (const char *end : {"data.yaml", "dataset.yaml", "data.yml"}) {
        for (uint64_t file : files.ending(end)) {
            return names_of_yaml(files.read(file, most_bytes));
        }
    }
    throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                          "There is no classes.txt and no data.yaml with the names of the "
                          "classes.");
}

} // namespace text_labels
