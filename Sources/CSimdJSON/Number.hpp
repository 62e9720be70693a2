// JSON numbers.
#pragma once

#include "CSimdJSON.h"

namespace postil {

/// A JSON number as its characters were met.
struct NumberText {
    const uint8_t *start;
    const uint8_t *end;    ///< nullptr if this is no JSON number.
    uint64_t digits;       ///< All digits before the exponent, as one integer.
    int64_t digit_count;   ///< How many, leading zeros included; `digits` is exact up to 19.
    int64_t decimal_count; ///< How many of them stand behind the point.
    bool is_negative;
    bool is_whole; ///< Neither point nor exponent.
    bool has_exponent;
};

inline bool is_digit(uint8_t byte) {
    return static_cast<uint8_t>(byte - '0') < 10;
}

/// Takes digits at `at` into `text`. Returns how many there were.
inline int64_t take_digits(const uint8_t *&at, const uint8_t *end, NumberText &text) {
    const uint8_t *first = at;
    while (at < end && is_digit(*at)) {
        text.digits = text.digits * 10 + static_cast<uint64_t>(*at - '0');
        at++;
    }
    text.digit_count += at - first;
    return at - first;
}

/// Looks at the number that starts at `at`.
inline NumberText scan_number(const uint8_t *at, const uint8_t *end) noexcept {
    NumberText text = {at, nullptr, 0, 0, 0, false, true, false};
    text.is_negative = at < end && *at == '-';
    at += text.is_negative;
    bool leads_with_zero = at < end && *at == '0';
    int64_t whole = take_digits(at, end, text);
    if (whole == 0 || (leads_with_zero && whole > 1)) {
        return text;
    }
    if (at < end && *at == '.') {
        at++;
        text.is_whole = false;
        text.decimal_count = take_digits(at, end, text);
        if (text.decimal_count == 0) {
            return text;
        }
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        text.is_whole = false;
        text.has_exponent = true;
        at += at < end && (*at == '+' || *at == '-');
        const uint8_t *first = at;
        while (at < end && is_digit(*at)) {
            at++;
        }
        if (at == first) {
            return text;
        }
    }
    text.end = at;
    return text;
}

/// The value of a number. `text.end` is not nullptr.
postil_json_number_t number_value(const NumberText &text) noexcept;

} // namespace postil
