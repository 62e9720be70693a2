// Masks as Label Studio's run-length encoding of RGBA pixels; see brush_mask.hpp for the form.
#pragma once

#include "brush_mask.hpp"
#include "text_writer.hpp"

#include <string>
#include <vector>

namespace postil {

/// A JSON list of bytes. All four channels of a pixel are its alpha, as the editor has them.
inline std::string brush_rle(const BrushMask &mask) {
    std::vector<uint8_t> bytes;
    uint64_t place = 0;
    auto put = [&](uint64_t value, unsigned count) {
        for (unsigned i = count; i > 0; i--, place++) {
            if (place % 8 == 0) {
                bytes.push_back(0);
            }
            bytes.back() =
                static_cast<uint8_t>(bytes.back() | ((value >> (i - 1)) & 1) << (7 - place % 8));
        }
    };
    static constexpr unsigned sizes[] = {3, 4, 8, 16};
    put(mask.alpha.size() * 4, 32);
    put(7, 5);
    for (unsigned size : sizes) {
        put(size - 1, 4);
    }
    for (size_t at = 0; at < mask.alpha.size();) {
        size_t end = at;
        while (end < mask.alpha.size() && mask.alpha[end] == mask.alpha[at]) {
            end++;
        }
        for (uint64_t left = (end - at) * 4; left > 0;) {
            uint64_t count = left < 65536 ? left : 65536;
            unsigned index = count <= 8 ? 0 : count <= 16 ? 1 : count <= 256 ? 2 : 3;
            put(1, 1);
            put(index, 2);
            put(count - 1, sizes[index]);
            put(mask.alpha[at], 8);
            left -= count;
        }
        at = end;
    }
    std::string json = "[";
    for (size_t i = 0; i < bytes.size(); i++) {
        json += i == 0 ? "" : ",";
        append_number(json, static_cast<int64_t>(bytes[i]));
    }
    return json + "]";
}

} // namespace postil
