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

/// Looks at the number that starts at `at`.
NumberText scan_number(const uint8_t *at, const uint8_t *end) noexcept;

/// The value of a number. `text.end` is not nullptr.
postil_json_number_t number_value(const NumberText &text) noexcept;

} // namespace postil
