// Text that grows in memory: numbers in their shortest form, JSON strings.
#pragma once

#include <postil/plugin.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postil {

inline std::string_view view(postil_bytes_t bytes) {
    return {reinterpret_cast<const char *>(bytes.bytes), static_cast<size_t>(bytes.count)};
}

inline void append_number(std::string &text, int64_t value) {
    char digits[24];
    auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    text.append(digits, end);
}

/// Appends the shortest text that reads back as the same double; whole ones keep a `.0`, so that
/// a reader sees a float. `null` for what JSON cannot write.
inline void append_number(std::string &text, double value) {
    if (!std::isfinite(value)) {
        text += "null";
        return;
    }
    char digits[32];
    auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    std::string_view written(digits, static_cast<size_t>(end - digits));
    text += written;
    if (written.find_first_of(".e") == std::string_view::npos) {
        text += ".0";
    }
}

inline void append_json_string(std::string &text, std::string_view value) {
    static const char hex[] = "0123456789abcdef";
    text += '"';
    for (char character : value) {
        auto byte = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            text += '\\';
            text += character;
        } else if (character == '\n') {
            text += "\\n";
        } else if (byte < 0x20) {
            text += "\\u00";
            text += hex[byte >> 4];
            text += hex[byte & 15];
        } else {
            text += character;
        }
    }
    text += '"';
}

inline void append_json_strings(std::string &text, const std::vector<std::string> &values) {
    const char *separator = "[";
    for (const std::string &value : values) {
        text += separator;
        append_json_string(text, value);
        separator = ",";
    }
    text += values.empty() ? "[]" : "]";
}

/// The text on one line, for formats that have nothing for a line's end inside a name.
inline std::string safe_line(std::string_view value) {
    std::string line(value);
    for (char &character : line) {
        character = character == '\n' || character == '\r' ? ' ' : character;
    }
    return line;
}

/// Text for an XML document, also inside an attribute. What XML 1.0 has no spelling for becomes
/// U+FFFD.
inline void append_xml(std::string &text, std::string_view value) {
    for (char character : value) {
        auto byte = static_cast<unsigned char>(character);
        switch (character) {
        case '&':
            text += "&amp;";
            break;
        case '<':
            text += "&lt;";
            break;
        case '>':
            text += "&gt;";
            break;
        case '"':
            text += "&quot;";
            break;
        case '\n':
            text += "&#10;";
            break;
        case '\r':
            text += "&#13;";
            break;
        case '\t':
            text += "&#9;";
            break;
        default:
            if (byte < 0x20) {
                text += "\xEF\xBF\xBD";
            } else {
                text += character;
            }
        }
    }
}

} // namespace postil
