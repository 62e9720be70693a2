// Names of files in an export, made of texts that people and addresses chose.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace postil {

/// Reads one code point of UTF-8 text and moves `at` behind it. Bytes that are not UTF-8 give
/// U+FFFD one by one.
inline char32_t next_code_point(std::string_view text, size_t *at) {
    auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned char first = byte(*at);
    size_t length = first < 0x80   ? 1
                    : first < 0xC2 ? 0
                    : first < 0xE0 ? 2
                    : first < 0xF0 ? 3
                    : first < 0xF5 ? 4
                                   : 0;
    char32_t point = length == 1   ? first
                     : length == 2 ? first & 0x1F
                     : length == 3 ? first & 0x0F
                                   : first & 0x07;
    bool is_sound = length > 0 && *at + length <= text.size();
    for (size_t i = 1; is_sound && i < length; i++) {
        is_sound = (byte(*at + i) & 0xC0) == 0x80;
        point = point << 6 | (byte(*at + i) & 0x3F);
    }
    is_sound = is_sound &&
               !(length == 3 && (point < 0x800 || (point >= 0xD800 && point < 0xE000))) &&
               !(length == 4 && (point < 0x10000 || point > 0x10FFFF));
    if (!is_sound) {
        *at += 1;
        return 0xFFFD;
    }
    *at += length;
    return point;
}

/// Control and format characters (general categories Cc and Cf): a name that shows one thing and is
/// another has no place on a disk.
inline bool is_invisible(char32_t c) {
    static constexpr struct {
        char32_t first, last;
    } ranges[] = {{0x00, 0x1F},       {0x7F, 0x9F},       {0xAD, 0xAD},       {0x600, 0x605},
                  {0x61C, 0x61C},     {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x890, 0x891},
                  {0x8E2, 0x8E2},     {0x180E, 0x180E},   {0x200B, 0x200B},   {0x200E, 0x200F},
                  {0x2028, 0x202E},   {0x2060, 0x206F},   {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFD},
                  {0x110BD, 0x110BD}, {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3},
                  {0x1D173, 0x1D17A}, {0xE0001, 0xE007F}};
    for (auto range : ranges) {
        if (c >= range.first && c <= range.last) {
            return true;
        }
    }
    return false;
}

/// One part of a path: no separators, nothing invisible, never dots alone, at most `limit` bytes.
inline std::string safe_name(std::string_view text, size_t limit = 255, char instead = '_') {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        size_t start = at;
        char32_t c = next_code_point(text, &at);
        if (c == U'/' || c == U'\\' || is_invisible(c)) {
            out += instead;
        } else {
            out += text.substr(start, at - start);
        }
    }
    if (out.size() > limit) {
        size_t keep = limit;
        while (keep > 0 && (static_cast<unsigned char>(out[keep]) & 0xC0) == 0x80) {
            keep--;
        }
        out.resize(keep);
    }
    if (out.find_first_not_of('.') == std::string::npos) {
        out.insert(0, 1, instead);
    }
    return out;
}

} // namespace postil
