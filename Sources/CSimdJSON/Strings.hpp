// The inside of JSON strings.
#pragma once

#include <cstddef>
#include <cstdint>

namespace postil {

/// Checks every escape of a text whose structure is known to be sound. Returns the offset of the
/// first bad one, or `count`.
uint64_t first_bad_escape(const uint8_t *text, uint64_t count) noexcept;

/// The offset of the first byte that does not belong to valid UTF-8, or `count`.
uint64_t first_bad_utf8(const uint8_t *text, uint64_t count) noexcept;

/// The offset of the first unescaped control character inside a string, or `count`.
uint64_t first_control_character(const uint8_t *text, uint64_t count) noexcept;

} // namespace postil
