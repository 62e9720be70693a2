// The task of a series, as JSON.
#pragma once

#include "slice.hpp"
#include "text_writer.hpp"

namespace dicom {

namespace detail {

inline void append_pair(std::string &text, const char *name,
                        const std::optional<std::array<double, 2>> &pair) {
    if (!pair) {
        return;
    }
    text += std::string(", \"") + name + "\": [";
    postil::append_number(text, (*pair)[0]);
    text += ", ";
    postil::append_number(text, (*pair)[1]);
    text += "]";
}

} // namespace detail

/// Texts of DICOM files may be in any encoding; what is not ASCII is left out.
inline std::string plain(const std::string &text) {
    std::string kept;
    for (char one : text) {
        if (one >= ' ' && one < 127) {
            kept += one;
        }
    }
    return kept;
}

inline std::string task_text(const Slice &first, const std::vector<std::string> &addresses) {
    std::string text = "{\"data\": {\"dicom\": {\"title\": ";
    std::string title = plain(first.modality);
    if (!first.title.empty()) {
        title += (title.empty() ? "" : " ") + plain(first.title);
    }
    postil::append_json_string(text, title);
    text += ", \"modality\": ";
    postil::append_json_string(text, plain(first.modality));
    text += ", \"series\": ";
    postil::append_json_string(text, plain(first.series_uid));
    text += ", \"rows\": " + std::to_string(first.rows) +
            ", \"columns\": " + std::to_string(first.columns);
    detail::append_pair(text, "spacing", first.spacing);
    detail::append_pair(text, "window", first.window);
    text += std::string(", \"inverted\": ") + (first.is_inverted ? "true" : "false");
    text += ", \"slope\": ";
    postil::append_number(text, first.slope);
    text += ", \"intercept\": ";
    postil::append_number(text, first.intercept);
    text += ", \"offset\": " + std::to_string(first.offset());
    text += std::string(", \"unit\": ") + (first.modality == "CT" ? "\"HU\"" : "\"\"");
    text += ", \"frames\": [";
    for (size_t i = 0; i < addresses.size(); i++) {
        text += i > 0 ? ", " : "";
        postil::append_json_string(text, addresses[i]);
    }
    return text + "]}}}";
}

} // namespace dicom
