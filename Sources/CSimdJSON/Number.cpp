#include "Number.hpp"

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace postil {
namespace {

postil_json_number_t made(uint32_t kind, uint64_t payload, double nearest) {
    return postil_json_number_t{kind, 0, payload, nearest};
}

postil_json_number_t made(double value) {
    uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return made(POSTIL_KIND_F64, bits, value);
}

/// A number outside of the doubles: infinite if its first digit stands before the point.
double beyond(const uint8_t *at, const uint8_t *end) {
    bool negative = *at == '-';
    int64_t magnitude = 0;
    bool seen_point = false, seen_nonzero = false;
    for (at += negative; at < end && *at != 'e' && *at != 'E'; at++) {
        if (*at == '.') {
            seen_point = true;
        } else {
            seen_nonzero = seen_nonzero || *at != '0';
            if (!seen_point && seen_nonzero) {
                magnitude++;
            } else if (seen_point && !seen_nonzero) {
                magnitude--;
            }
        }
    }
    int64_t exponent = 0;
    if (at < end) {
        const char *digits = reinterpret_cast<const char *>(at) + 1;
        digits += *digits == '+';
        auto parsed = std::from_chars(digits, reinterpret_cast<const char *>(end), exponent);
        if (parsed.ec != std::errc()) {
            exponent = *digits == '-' ? std::numeric_limits<int32_t>::min()
                                      : std::numeric_limits<int32_t>::max();
        }
    }
    double size = magnitude + exponent > 0 ? std::numeric_limits<double>::infinity() : 0.0;
    return negative ? -size : size;
}

constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

} // namespace

postil_json_number_t number_value(const NumberText &text) noexcept {
    const char *first = reinterpret_cast<const char *>(text.start);
    const char *last = reinterpret_cast<const char *>(text.end);
    bool is_minus_zero = text.is_negative && text.digits == 0 && text.digit_count <= 19;
    if (text.is_whole && text.digit_count <= 18 && !is_minus_zero) {
        auto size = static_cast<int64_t>(text.digits);
        int64_t integer = text.is_negative ? -size : size;
        return made(POSTIL_KIND_I64, static_cast<uint64_t>(integer), static_cast<double>(integer));
    }
    if (text.is_whole && !is_minus_zero) {
        int64_t integer;
        if (std::from_chars(first, last, integer).ec == std::errc()) {
            return made(POSTIL_KIND_I64, static_cast<uint64_t>(integer),
                        static_cast<double>(integer));
        }
        uint64_t large;
        if (!text.is_negative && std::from_chars(first, last, large).ec == std::errc()) {
            return made(POSTIL_KIND_U64, large, static_cast<double>(large));
        }
    }
    // Both operands are exact doubles here, so that one division rounds correctly.
    if (!text.has_exponent && text.digit_count <= 19 && text.decimal_count <= 22 &&
        text.digits <= (uint64_t(1) << 53)) {
        double size = static_cast<double>(text.digits) / powers_of_ten[text.decimal_count];
        return made(text.is_negative ? -size : size);
    }
    double value;
    bool fits = std::from_chars(first, last, value).ec == std::errc() && std::isfinite(value);
    if (!fits) {
        value = beyond(text.start, text.end);
    }
    return fits && !text.is_whole ? made(value) : made(POSTIL_KIND_NUMBER_TEXT, 0, value);
}

} // namespace postil

postil_json_number_t postil_json_number_parse(const uint8_t *bytes, uint64_t count) {
    postil::NumberText text = postil::scan_number(bytes, bytes + count);
    return text.end == bytes + count ? postil::number_value(text) : postil_json_number_t{};
}
