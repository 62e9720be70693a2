// A mask as a file: NumPy's array format, or PNG.
#pragma once

#include "brush_mask.hpp"
#include "failure.hpp"

#include <string>
#include <zlib.h>

namespace brush {

/// NPY 1.0 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): height by
/// width bytes.
inline std::string npy(const postil::BrushMask &mask) {
    std::string header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" +
                         std::to_string(mask.height) + ", " + std::to_string(mask.width) + "), }";
    static constexpr size_t front = 10; // Magic, version, length of the header.
    header.append(63 - (front + header.size()) % 64, ' ');
    header += '\n';
    std::string file("\x93NUMPY\x01\x00", 8);
    file += static_cast<char>(header.size() & 0xFF);
    file += static_cast<char>(header.size() >> 8);
    file += header;
    file.append(reinterpret_cast<const char *>(mask.alpha.data()), mask.alpha.size());
    return file;
}

/// Appends a PNG chunk with its length and checksum.
inline void append_chunk(std::string &file, const char *type, const std::string &content) {
    auto append_number = [&](uint32_t number) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            file += static_cast<char>(number >> shift);
        }
    };
    std::string checked = type + content;
    append_number(static_cast<uint32_t>(content.size()));
    file += checked;
    append_number(static_cast<uint32_t>(
        crc32_z(0, reinterpret_cast<const unsigned char *>(checked.data()), checked.size())));
}

/// PNG, 8 bits gray, without filters: masks are runs, which deflate packs well as they are.
inline std::string png(const postil::BrushMask &mask) {
    std::string rows;
    rows.reserve(mask.alpha.size() + mask.height);
    for (uint32_t y = 0; y < mask.height; y++) {
        rows += '\0';
        rows.append(reinterpret_cast<const char *>(mask.alpha.data()) +
                        static_cast<size_t>(y) * mask.width,
                    mask.width);
    }
    uLongf count = compressBound(rows.size());
    std::string packed(count, '\0');
    if (compress2(reinterpret_cast<unsigned char *>(&packed[0]), &count,
                  reinterpret_cast<const unsigned char *>(rows.data()), rows.size(), 6) != Z_OK) {
        throw postil::Failure(POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
    }
    packed.resize(count);
    std::string head;
    for (uint32_t number : {mask.width, mask.height}) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            head += static_cast<char>(number >> shift);
        }
    }
    head.append("\x08\x00\x00\x00\x00", 5); // 8 bits, gray, deflate, no interlacing.
    std::string file("\x89PNG\r\n\x1A\n", 8);
    append_chunk(file, "IHDR", head);
    append_chunk(file, "IDAT", packed);
    append_chunk(file, "IEND", "");
    return file;
}

} // namespace brush
