// The part of a mask that is painted, and its run lengths.
#pragma once

#include "brush_mask.hpp"

#include <string>
#include <vector>

namespace postil {

/// The smallest box around the painted pixels; empty when nothing is painted.
struct MaskBox {
    uint32_t left = 0, top = 0, width = 0, height = 0;
    bool has_shades = false; ///< Some pixels are neither 0 nor 255.

    static MaskBox of(const BrushMask &mask) {
        MaskBox box;
        uint32_t right = 0, bottom = 0;
        bool is_first = true;
        for (uint32_t y = 0; y < mask.height; y++) {
            for (uint32_t x = 0; x < mask.width; x++) {
                uint8_t alpha = mask.alpha[static_cast<size_t>(y) * mask.width + x];
                if (alpha == 0) {
                    continue;
                }
                box.has_shades = box.has_shades || alpha != 255;
                box.left = is_first || x < box.left ? x : box.left;
                box.top = is_first ? y : box.top;
                right = is_first || x > right ? x : right;
                bottom = y;
                is_first = false;
            }
        }
        box.width = is_first ? 0 : right - box.left + 1;
        box.height = is_first ? 0 : bottom - box.top + 1;
        return box;
    }
};

/// Lengths of runs, background first. By rows inside the box, or by columns of the whole mask.
inline std::vector<uint32_t> runs_by_rows(const BrushMask &mask, const MaskBox &box) {
    std::vector<uint32_t> runs = {0};
    bool is_painted = false;
    for (uint32_t y = box.top; y < box.top + box.height; y++) {
        for (uint32_t x = box.left; x < box.left + box.width; x++) {
            bool is_here = mask.alpha[static_cast<size_t>(y) * mask.width + x] != 0;
            if (is_here != is_painted) {
                runs.push_back(0);
                is_painted = is_here;
            }
            runs.back()++;
        }
    }
    return runs;
}

inline std::vector<uint32_t> runs_by_columns(const BrushMask &mask) {
    std::vector<uint32_t> runs = {0};
    bool is_painted = false;
    for (uint32_t x = 0; x < mask.width; x++) {
        for (uint32_t y = 0; y < mask.height; y++) {
            bool is_here = mask.alpha[static_cast<size_t>(y) * mask.width + x] != 0;
            if (is_here != is_painted) {
                runs.push_back(0);
                is_painted = is_here;
            }
            runs.back()++;
        }
    }
    return runs;
}

/// COCO's text for run lengths: differences to the run before the last one, in groups of five bits
/// with a sign, each group a printable character. Source: pycocotools, maskApi.c.
inline std::string coco_rle_text(const std::vector<uint32_t> &runs) {
    std::string text;
    for (size_t i = 0; i < runs.size(); i++) {
        int64_t value = runs[i];
        if (i > 2) {
            value -= runs[i - 2];
        }
        for (bool has_more = true; has_more;) {
            int64_t group = value & 0x1F;
            value >>= 5;
            has_more = (group & 0x10) ? value != -1 : value != 0;
            text += static_cast<char>((has_more ? group | 0x20 : group) + 48);
        }
    }
    return text;
}

} // namespace postil
