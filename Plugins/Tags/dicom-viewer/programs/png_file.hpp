// Writes PNG files of 8 and 16 bits.
#pragma once

#include "slice.hpp"

#include <zlib.h>

#include <cstdio>

namespace dicom {

namespace detail {

inline void append_number(std::string &text, uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        text += static_cast<char>((number >> shift) & 255);
    }
}

inline void append_chunk(std::string &file, const char *kind, const std::string &body) {
    append_number(file, static_cast<uint32_t>(body.size()));
    std::string checked = kind + body;
    file += checked;
    append_number(file,
                  static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef *>(checked.data()),
                                              static_cast<uInt>(checked.size()))));
}

/// Rows after the filter "Up": neighbors above each other are alike, and their difference packs
/// well.
inline std::string filtered_rows(const Frame &frame) {
    const size_t step = frame.is_wide ? 2 : 1, length = frame.columns * frame.samples * step;
    std::string rows, above(length, '\0'), row(length, '\0');
    rows.reserve((length + 1) * frame.rows);
    for (uint32_t y = 0; y < frame.rows; y++) {
        for (size_t i = 0; i < frame.columns * frame.samples; i++) {
            const uint16_t value = frame.values[y * frame.columns * frame.samples + i];
            if (frame.is_wide) {
                row[2 * i] = static_cast<char>(value >> 8);
            }
            row[step * i + step - 1] = static_cast<char>(value & 255);
        }
        rows += '\2';
        for (size_t i = 0; i < length; i++) {
            rows += static_cast<char>(row[i] - above[i]);
        }
        std::swap(above, row);
    }
    return rows;
}

} // namespace detail

/// Throws `std::runtime_error` when the file cannot be written.
inline void write_png(const std::string &path, const Frame &frame) {
    using namespace detail;
    std::string header;
    append_number(header, frame.columns);
    append_number(header, frame.rows);
    header += static_cast<char>(frame.is_wide ? 16 : 8);
    header += static_cast<char>(frame.samples == 1 ? 0 : 2);
    header += std::string(3, '\0');
    const std::string rows = filtered_rows(frame);
    uLongf count = compressBound(rows.size());
    std::string packed(count, '\0');
    if (compress2(reinterpret_cast<Bytef *>(packed.data()), &count,
                  reinterpret_cast<const Bytef *>(rows.data()), rows.size(), 6) != Z_OK) {
        throw std::runtime_error(path + ": the pixels cannot be packed");
    }
    packed.resize(count);
    std::string file = "\x89PNG\r\n\x1a\n";
    append_chunk(file, "IHDR", header);
    append_chunk(file, "IDAT", packed);
    append_chunk(file, "IEND", "");
    std::FILE *out = std::fopen(path.c_str(), "wb");
    bool is_written = out && std::fwrite(file.data(), 1, file.size(), out) == file.size();
    if ((out && std::fclose(out) != 0) || !is_written) {
        throw std::runtime_error(path + " cannot be written");
    }
}

} // namespace dicom
