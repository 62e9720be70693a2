/// Width and height of an image, read from the head of its file without decoding it.
#ifndef IMAGE_SIZE_H
#define IMAGE_SIZE_H

#include <postil/plugin.h>

/// Pixels, as stored: an orientation that a reader should apply is not.
typedef struct image_size {
    uint32_t width;
    uint32_t height;
    uint32_t channels; ///< Of PNG, JPEG and GIF (a palette counts as one); 0 when not known.
} image_size_t;

/// A file's bytes with the order in which it writes numbers.
typedef struct image_reader {
    postil_bytes_t file;
    bool is_big_endian;
} image_reader_t;

/// Reads `count` bytes (1...4) as a number. False beyond the end.
static inline bool image_read_number(image_reader_t reader, uint64_t offset, unsigned count,
                                     uint32_t *number) {
    if (offset > reader.file.count || reader.file.count - offset < count) {
        return false;
    }
    const uint8_t *bytes = reader.file.bytes + offset;
    *number = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned place = reader.is_big_endian ? count - 1 - i : i;
        *number |= (uint32_t)bytes[i] << (8 * place);
    }
    return true;
}

static inline bool image_starts_with(postil_bytes_t file, uint64_t offset, const char *text,
                                     size_t count) {
    return offset <= file.count && file.count - offset >= count &&
           memcmp(file.bytes + offset, text, count) == 0;
}

static inline bool image_size_is_sensible(const image_size_t *size) {
    return size->width > 0 && size->height > 0;
}

/// PNG 1.2, section 11.2.2: IHDR is the first chunk.
static inline bool image_read_png(postil_bytes_t file, image_size_t *size) {
    image_reader_t reader = {file, true};
    static const uint32_t channels[] = {1, 0, 3, 1, 2, 0, 4}; // By color type; 3 is a palette.
    uint32_t color = 0;
    if (image_read_number(reader, 25, 1, &color) && color < sizeof channels / sizeof channels[0]) {
        size->channels = channels[color];
    }
    return image_starts_with(file, 12, "IHDR", 4) &&
           image_read_number(reader, 16, 4, &size->width) &&
           image_read_number(reader, 20, 4, &size->height);
}

/// GIF 89a, section 18: the logical screen.
static inline bool image_read_gif(postil_bytes_t file, image_size_t *size) {
    image_reader_t reader = {file, false};
    size->channels = 1;
    return image_read_number(reader, 6, 2, &size->width) &&
           image_read_number(reader, 8, 2, &size->height);
}

/// ITU T.81, B.2.2: segments up to the frame header, of which there are several kinds.
static inline bool image_read_jpeg(postil_bytes_t file, image_size_t *size) {
    image_reader_t reader = {file, true};
    uint64_t at = 2;
    for (;;) {
        uint32_t mark, marker, length;
        if (!image_read_number(reader, at, 1, &mark) || mark != 0xFF ||
            !image_read_number(reader, at + 1, 1, &marker)) {
            return false;
        }
        if (marker == 0xFF) { // Fill bytes may stand before a marker.
            at++;
            continue;
        }
        if (marker == 0xD9 || marker == 0xDA) { // The end, or a scan before any frame.
            return false;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) { // Markers without a segment.
            at += 2;
            continue;
        }
        bool is_frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame) {
            if (!image_read_number(reader, at + 9, 1, &size->channels)) {
                size->channels = 0;
            }
            return image_read_number(reader, at + 5, 2, &size->height) &&
                   image_read_number(reader, at + 7, 2, &size->width);
        }
        if (!image_read_number(reader, at + 2, 2, &length) || length < 2) {
            return false;
        }
        at += 2 + length;
    }
}

/// RFC 9649, section 2.5-2.7: the first chunk says which of three forms it is.
static inline bool image_read_webp(postil_bytes_t file, image_size_t *size) {
    image_reader_t reader = {file, false};
    uint32_t bits;
    if (image_starts_with(file, 12, "VP8X", 4)) {
        if (!image_read_number(reader, 24, 3, &size->width) ||
            !image_read_number(reader, 27, 3, &size->height)) {
            return false;
        }
        size->width += 1;
        size->height += 1;
        return true;
    }
    if (image_starts_with(file, 12, "VP8L", 4)) {
        if (!image_starts_with(file, 20, "\x2F", 1) || !image_read_number(reader, 21, 4, &bits)) {
            return false;
        }
        size->width = (bits & 0x3FFF) + 1;
        size->height = ((bits >> 14) & 0x3FFF) + 1;
        return true;
    }
    if (image_starts_with(file, 12, "VP8 ", 4) && image_starts_with(file, 23, "\x9D\x01\x2A", 3) &&
        image_read_number(reader, 26, 2, &size->width) &&
        image_read_number(reader, 28, 2, &size->height)) {
        size->width &= 0x3FFF; // The upper two bits are a scale for display.
        size->height &= 0x3FFF;
        return true;
    }
    return false;
}

/// TIFF 6.0, section 2: entries 256 and 257 of the first directory, SHORT or LONG.
static inline bool image_read_tiff(postil_bytes_t file, bool is_big_endian, image_size_t *size) {
    image_reader_t reader = {file, is_big_endian};
    uint32_t directory, count;
    if (!image_read_number(reader, 4, 4, &directory) ||
        !image_read_number(reader, directory, 2, &count)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint64_t entry = (uint64_t)directory + 2 + 12 * (uint64_t)i;
        uint32_t tag, type;
        if (!image_read_number(reader, entry, 2, &tag) ||
            !image_read_number(reader, entry + 2, 2, &type)) {
            return false;
        }
        if (tag == 256 || tag == 257) {
            uint32_t *target = tag == 256 ? &size->width : &size->height;
            if ((type != 3 && type != 4) ||
                !image_read_number(reader, entry + 8, type == 3 ? 2 : 4, target)) {
                return false;
            }
        }
    }
    return true;
}

/// Reads PNG, JPEG, GIF, WebP and TIFF. False for everything else and for damaged heads.
static inline bool image_size_read(postil_bytes_t file, image_size_t *size) {
    bool is_read = false;
    memset(size, 0, sizeof *size);
    if (image_starts_with(file, 0, "\x89PNG\r\n\x1A\n", 8)) {
        is_read = image_read_png(file, size);
    } else if (image_starts_with(file, 0, "GIF8", 4)) {
        is_read = image_read_gif(file, size);
    } else if (image_starts_with(file, 0, "\xFF\xD8", 2)) {
        is_read = image_read_jpeg(file, size);
    } else if (image_starts_with(file, 0, "RIFF", 4) && image_starts_with(file, 8, "WEBP", 4)) {
        is_read = image_read_webp(file, size);
    } else if (image_starts_with(file, 0, "II*\0", 4)) {
        is_read = image_read_tiff(file, false, size);
    } else if (image_starts_with(file, 0, "MM\0*", 4)) {
        is_read = image_read_tiff(file, true, size);
    }
    return is_read && image_size_is_sensible(size);
}

#endif
