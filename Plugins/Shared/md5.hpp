// MD5 (RFC 1321), for names that must equal those of Label Studio's converter. Not for security.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace postil {

class MD5 {
public:
    /// The first `digits` hexadecimal digits of the digest.
    static std::string hex(std::string_view text, size_t digits) {
        static const char alphabet[] = "0123456789abcdef";
        std::array<uint8_t, 16> digest = of(text);
        std::string out;
        for (size_t i = 0; i < digits && i < 32; i++) {
            uint8_t byte = digest[i / 2];
            out += alphabet[i % 2 == 0 ? byte >> 4 : byte & 15];
        }
        return out;
    }

private:
    static std::array<uint8_t, 16> of(std::string_view text) {
        uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        std::string padded(text);
        padded += static_cast<char>(0x80);
        padded.append((120 - padded.size() % 64) % 64, '\0');
        uint64_t bits = static_cast<uint64_t>(text.size()) * 8;
        for (int shift = 0; shift < 64; shift += 8) {
            padded += static_cast<char>(bits >> shift);
        }
        for (size_t at = 0; at < padded.size(); at += 64) {
            block(state, reinterpret_cast<const uint8_t *>(padded.data()) + at);
        }
        std::array<uint8_t, 16> digest;
        for (size_t i = 0; i < 16; i++) {
            digest[i] = static_cast<uint8_t>(state[i / 4] >> (8 * (i % 4)));
        }
        return digest;
    }

    static void block(uint32_t state[4], const uint8_t *bytes) {
        static const int shifts[4][4] = {
            {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
        static const std::array<uint32_t, 64> sines = make_sines();
        uint32_t words[16];
        for (int i = 0; i < 16; i++) {
            const uint8_t *word = bytes + 4 * i;
            words[i] = static_cast<uint32_t>(word[0]) | static_cast<uint32_t>(word[1]) << 8 |
                       static_cast<uint32_t>(word[2]) << 16 | static_cast<uint32_t>(word[3]) << 24;
        }
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        for (int i = 0; i < 64; i++) {
            uint32_t mixed;
            int word;
            switch (i / 16) {
            case 0:
                mixed = (b & c) | (~b & d), word = i;
                break;
            case 1:
                mixed = (d & b) | (~d & c), word = (5 * i + 1) % 16;
                break;
            case 2:
                mixed = b ^ c ^ d, word = (3 * i + 5) % 16;
                break;
            default:
                mixed = c ^ (b | ~d), word = (7 * i) % 16;
                break;
            }
            uint32_t sum = a + mixed + sines[static_cast<size_t>(i)] + words[word];
            int shift = shifts[i / 16][i % 4];
            a = d, d = c, c = b;
            b += (sum << shift) | (sum >> (32 - shift));
        }
        state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    }

    static std::array<uint32_t, 64> make_sines() {
        std::array<uint32_t, 64> table;
        for (size_t i = 0; i < 64; i++) {
            table[i] = static_cast<uint32_t>(
                std::floor(std::fabs(std::sin(double(i) + 1)) * 4294967296.0));
        }
        return table;
    }
};

} // namespace postil
