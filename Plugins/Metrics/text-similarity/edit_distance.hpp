// The edit distance of two sequences.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace postil {

/// How many symbols must be inserted, deleted or replaced to make one sequence of the other.
///
/// G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic
/// programming", J. ACM 46 (1999), in blocks of 64 rows as H. Hyyrö describes. `is_cancelled` is
/// asked once a column; the answer then means nothing.
template <class IsCancelled>
uint64_t edit_distance(std::vector<uint32_t> rows, std::vector<uint32_t> columns,
                       IsCancelled is_cancelled) {
    if (rows.size() > columns.size()) {
        std::swap(rows, columns);
    }
    if (rows.empty()) {
        return columns.size();
    }
    const size_t blocks = (rows.size() + 63) / 64;
    std::unordered_map<uint32_t, std::vector<uint64_t>> places;
    for (size_t row = 0; row < rows.size(); row++) {
        std::vector<uint64_t> &bits = places[rows[row]];
        bits.resize(blocks);
        bits[row / 64] |= uint64_t{1} << (row % 64);
    }
    const std::vector<uint64_t> nowhere(blocks);
    // Whether the distance grows or falls from one row to the next in the present column.
    std::vector<uint64_t> grows(blocks, ~uint64_t{0}), falls(blocks);
    const uint64_t last = uint64_t{1} << ((rows.size() - 1) % 64);
    uint64_t distance = rows.size();
    for (uint32_t symbol : columns) {
        if (is_cancelled()) {
            break;
        }
        auto found = places.find(symbol);
        const std::vector<uint64_t> &equal = found == places.end() ? nowhere : found->second;
        int carry = 1;
        for (size_t block = 0; block < blocks; block++) {
            uint64_t up = grows[block], down = falls[block], same = equal[block];
            uint64_t vertical = same | down;
            same |= carry < 0 ? 1 : 0;
            uint64_t diagonal = (((same & up) + up) ^ up) | same;
            uint64_t right_up = down | ~(diagonal | up), right_down = up & diagonal;
            uint64_t top = block + 1 == blocks ? last : uint64_t{1} << 63;
            int carry_out = (right_up & top) ? 1 : (right_down & top) ? -1 : 0;
            right_up = (right_up << 1) | (carry > 0 ? 1 : 0);
            right_down = (right_down << 1) | (carry < 0 ? 1 : 0);
            grows[block] = right_down | ~(vertical | right_up);
            falls[block] = right_up & vertical;
            carry = carry_out;
        }
        distance = carry > 0 ? distance + 1 : carry < 0 ? distance - 1 : distance;
    }
    return distance;
}

} // namespace postil
