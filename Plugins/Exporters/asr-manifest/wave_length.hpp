// The length of a WAV file, from its header alone.
#pragma once

#include "media_file.hpp"

#include <string>

namespace wave {

inline uint32_t number(const std::string &bytes, size_t at, size_t count) {
    uint32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        value |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    }
    return value;
}

/// RIFF: chunks of a name, a length and contents. The `fmt ` chunk has the bytes of a frame and
/// frames a second, the `data` chunk the frames.
inline bool length(const postil::MediaFile &file, double *seconds) {
    std::string head = file.read(0, 12);
    if (head.size() < 12 || head.compare(0, 4, "RIFF") != 0 || head.compare(8, 4, "WAVE") != 0) {
        return false;
    }
    uint32_t rate = 0, frame_bytes = 0;
    for (uint64_t at = 12; at + 8 <= file.byte_count();) {
        std::string chunk = file.read(at, 24);
        if (chunk.size() < 8) {
            return false;
        }
        uint64_t count = number(chunk, 4, 4);
        if (chunk.compare(0, 4, "fmt ") == 0 && chunk.size() >= 24) {
            rate = number(chunk, 12, 4);
            frame_bytes = number(chunk, 20, 2);
        } else if (chunk.compare(0, 4, "data") == 0) {
            if (rate == 0 || frame_bytes == 0) {
                return false;
            }
            *seconds = static_cast<double>(count / frame_bytes) / rate;
            return true;
        }
        at += 8 + count + count % 2;
    }
    return false;
}

} // namespace wave
