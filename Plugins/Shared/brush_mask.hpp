// Masks that were painted: Label Studio's run-length encoding of RGBA pixels.
//
// A stream of bits, the most significant first: how many values (32), word size less one (5), four
// sizes of counts less one (4 each); then records until there are as many values: is a run (1),
// which size (2), count less one, then one value for a run and `count` values otherwise.
// Source: https://github.com/thi-ng/umbrella, packages/rle-pack.
#pragma once

#include <postil/value.h>

#include <cstdint>
#include <string>
#include <vector>

namespace postil {

struct BrushMask {
    uint32_t width = 0, height = 0;
    std::vector<uint8_t> alpha; ///< Row by row, 0...255.
};

class BrushDecoder {
public:
    /// Masks of more pixels than this are refused: 16,384 by 16,384.
    static constexpr uint64_t most_pixels = 1ull << 28;

    /// Decodes `rle` (a list of bytes) into the alpha channel. False when it is not such a stream,
    /// or not of this size.
    static bool decode(postil_value_t rle, double width, double height, BrushMask *mask) {
        if (!(width >= 1 && height >= 1) || width * height > static_cast<double>(most_pixels)) {
            return false;
        }
        mask->width = static_cast<uint32_t>(width);
        mask->height = static_cast<uint32_t>(height);
        std::vector<uint8_t> bytes;
        return read_bytes(rle, &bytes) && BrushDecoder(bytes).run(mask);
    }

private:
    explicit BrushDecoder(const std::vector<uint8_t> &bytes) : bytes_(bytes) {}

    static bool read_bytes(postil_value_t rle, std::vector<uint8_t> *bytes) {
        if (const int64_t *packed = postil_value_packed_int64(rle)) {
            for (uint32_t i = 0; i < postil_value_count(rle); i++) {
                bytes->push_back(static_cast<uint8_t>(packed[i]));
            }
            return true;
        }
        if (!postil_value_is(rle, POSTIL_KIND_ARRAY)) {
            return false;
        }
        bytes->reserve(postil_value_count(rle));
        postil_walk_t walk = postil_children(rle);
        postil_value_t element;
        while (postil_walk_element(&walk, &element)) {
            int64_t byte;
            if (!postil_value_int64(element, &byte) || byte < 0 || byte > 255) {
                return false;
            }
            bytes->push_back(static_cast<uint8_t>(byte));
        }
        return true;
    }

    bool run(BrushMask *mask) {
        uint64_t count = bits(32);
        unsigned word = static_cast<unsigned>(bits(5)) + 1;
        unsigned sizes[4];
        for (unsigned &size : sizes) {
            size = static_cast<unsigned>(bits(4)) + 1;
        }
        uint64_t pixels = static_cast<uint64_t>(mask->width) * mask->height;
        if (count != pixels * 4 || word != 8) {
            return false;
        }
        mask->alpha.assign(pixels, 0);
        for (uint64_t at = 0; at < count;) {
            bool is_run = bits(1) != 0;
            uint64_t end = at + bits(sizes[bits(2)]) + 1;
            if (is_beyond_end_ || end > count) {
                return false;
            }
            if (is_run) {
                auto value = static_cast<uint8_t>(bits(8));
                for (at += 3 - at % 4; at < end; at += 4) {
                    mask->alpha[at / 4] = value;
                }
                at = end;
            } else {
                for (; at < end; at++) {
                    auto value = static_cast<uint8_t>(bits(8));
                    if (at % 4 == 3) {
                        mask->alpha[at / 4] = value;
                    }
                }
            }
        }
        return !is_beyond_end_;
    }

    uint64_t bits(unsigned count) {
        uint64_t value = 0;
        for (unsigned i = 0; i < count; i++, place_++) {
            if (place_ / 8 >= bytes_.size()) {
                is_beyond_end_ = true;
                return 0;
            }
            value = value << 1 | (bytes_[place_ / 8] >> (7 - place_ % 8) & 1);
        }
        return value;
    }

    const std::vector<uint8_t> &bytes_;
    uint64_t place_ = 0;
    bool is_beyond_end_ = false;
};

} // namespace postil
