/// Width and height of an image, read from the head of its file without decoding it.
#ifndef IMAGE_SIZE_H
#define IMAGE_SIZE_H

#include <postil/plugin.h>

/// Pixels, as stored: an orientation that a reader should apply is not.
typedef struct image_size {
    uint32_t width;
    uint32_t height;
} image_size_t;

/// Reads PNG, JPEG, GIF, WebP and TIFF. False for everything else and for damaged heads.
bool image_size_read(postil_bytes_t file, image_size_t *size);

#endif
