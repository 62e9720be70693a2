// Texts by code points, as spans count them.
#pragma once

#include "safe_name.hpp"

#include <string>
#include <string_view>

namespace text {

/// Code points of UTF-8 text.
inline std::u32string code_points(std::string_view utf8) {
    std::u32string points;
    points.reserve(utf8.size());
    for (size_t at = 0; at < utf8.size();) {
        points += postil::next_code_point(utf8, &at);
    }
    return points;
}

inline void append_utf8(std::string &out, const std::u32string &points, size_t start, size_t end) {
    for (size_t i = start; i < end; i++) {
        char32_t c = points[i];
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c < 0x800) {
            out += static_cast<char>(0xC0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            out += static_cast<char>(0xE0 | c >> 12);
            out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            out += static_cast<char>(0x80 | (c & 0x3F));
        } else {
            out += static_cast<char>(0xF0 | c >> 18);
            out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
            out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            out += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
}

} // namespace text
