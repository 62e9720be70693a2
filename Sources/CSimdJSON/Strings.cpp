#include "Strings.hpp"
#include "CSimdJSON.h"

#include <cstring>

namespace postil {
namespace {

/// Four hex digits as a number, or -1.
int32_t hex4(const uint8_t *at, const uint8_t *end) {
    if (end - at < 4) {
        return -1;
    }
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        uint8_t byte = at[i];
        int32_t digit = byte >= '0' && byte <= '9'   ? byte - '0'
                        : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                        : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                                     : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

bool is_high_surrogate(int32_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(int32_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// Decodes the escape at `at` (a backslash). Returns its length in bytes, 0 if it is bad.
size_t decode(const uint8_t *at, const uint8_t *end, uint32_t *scalar) {
    if (end - at < 2) {
        return 0;
    }
    switch (at[1]) {
    case '"':
    case '\\':
    case '/':
        *scalar = at[1];
        return 2;
    case 'b':
        *scalar = '\b';
        return 2;
    case 'f':
        *scalar = '\f';
        return 2;
    case 'n':
        *scalar = '\n';
        return 2;
    case 'r':
        *scalar = '\r';
        return 2;
    case 't':
        *scalar = '\t';
        return 2;
    case 'u':
        break;
    default:
        return 0;
    }
    int32_t unit = hex4(at + 2, end);
    if (unit < 0 || is_low_surrogate(unit)) {
        return 0;
    }
    if (!is_high_surrogate(unit)) {
        *scalar = static_cast<uint32_t>(unit);
        return 6;
    }
    int32_t low = end - at >= 12 && at[6] == '\\' && at[7] == 'u' ? hex4(at + 8, end) : -1;
    if (!is_low_surrogate(low)) {
        return 0;
    }
    *scalar = 0x10000 + (static_cast<uint32_t>(unit - 0xD800) << 10) +
              static_cast<uint32_t>(low - 0xDC00);
    return 12;
}

uint8_t *encode(uint32_t scalar, uint8_t *to) {
    if (scalar < 0x80) {
        *to++ = static_cast<uint8_t>(scalar);
    } else if (scalar < 0x800) {
        *to++ = static_cast<uint8_t>(0xC0 | (scalar >> 6));
        *to++ = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
    } else if (scalar < 0x10000) {
        *to++ = static_cast<uint8_t>(0xE0 | (scalar >> 12));
        *to++ = static_cast<uint8_t>(0x80 | ((scalar >> 6) & 0x3F));
        *to++ = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
    } else {
        *to++ = static_cast<uint8_t>(0xF0 | (scalar >> 18));
        *to++ = static_cast<uint8_t>(0x80 | ((scalar >> 12) & 0x3F));
        *to++ = static_cast<uint8_t>(0x80 | ((scalar >> 6) & 0x3F));
        *to++ = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
    }
    return to;
}

/// The length of the UTF-8 sequence at `at` (Unicode 15, table 3-7), 0 if it is ill-formed.
size_t utf8_length(const uint8_t *at, const uint8_t *end) {
    uint8_t first = at[0];
    if (first < 0x80) {
        return 1;
    }
    size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || static_cast<size_t>(end - at) < length) {
        return 0;
    }
    uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

} // namespace

uint64_t first_bad_escape(const uint8_t *text, uint64_t count) noexcept {
    const uint8_t *end = text + count;
    const uint8_t *at = text;
    while (at < end) {
        const void *found = std::memchr(at, '\\', static_cast<size_t>(end - at));
        if (!found) {
            break;
        }
        at = static_cast<const uint8_t *>(found);
        uint32_t scalar;
        size_t length = decode(at, end, &scalar);
        if (length == 0) {
            return static_cast<uint64_t>(at - text);
        }
        at += length;
    }
    return count;
}

uint64_t first_bad_utf8(const uint8_t *text, uint64_t count) noexcept {
    const uint8_t *end = text + count;
    for (const uint8_t *at = text; at < end;) {
        size_t length = utf8_length(at, end);
        if (length == 0) {
            return static_cast<uint64_t>(at - text);
        }
        at += length;
    }
    return count;
}

uint64_t first_control_character(const uint8_t *text, uint64_t count) noexcept {
    bool in_string = false;
    for (uint64_t i = 0; i < count; i++) {
        if (in_string && text[i] < 0x20) {
            return i;
        }
        if (in_string && text[i] == '\\' && i + 1 < count && text[i + 1] >= 0x20) {
            i++;
        } else if (text[i] == '"') {
            in_string = !in_string;
        }
    }
    return count;
}

} // namespace postil

uint64_t postil_json_unescape(const uint8_t *bytes, uint64_t count, uint8_t *target) {
    const uint8_t *at = bytes;
    const uint8_t *end = bytes + count;
    uint8_t *to = target;
    while (at < end) {
        const void *found = std::memchr(at, '\\', static_cast<size_t>(end - at));
        const uint8_t *stop = found ? static_cast<const uint8_t *>(found) : end;
        std::memcpy(to, at, static_cast<size_t>(stop - at));
        to += stop - at;
        at = stop;
        if (at < end) {
            uint32_t scalar;
            size_t length = postil::decode(at, end, &scalar);
            if (length == 0) {
                break;
            }
            to = postil::encode(scalar, to);
            at += length;
        }
    }
    return static_cast<uint64_t>(to - target);
}
