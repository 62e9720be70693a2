/// Footprints of images: from a world file beside the image, or from a table for a whole folder.
#ifndef WORLD_FILE_H
#define WORLD_FILE_H

#include "image_size.h"

enum { FOOTPRINT_CORNERS_MAX = 4 };

/// Corners as longitude and latitude in degrees, clockwise from the image's top left one. Three
/// corners (top left, top right, bottom right) say that the image is a parallelogram.
typedef struct footprint {
    double corners[FOOTPRINT_CORNERS_MAX][2];
    uint32_t count;
} footprint_t;

/// Reads a world file of an image of this size: six numbers, one a line, for the affine map from
/// the centers of pixels to WGS84. False when it is not one or the places are not on the Earth.
bool world_file_read(postil_bytes_t file, image_size_t size, footprint_t *footprint);

/// Finds the row of an image in `footprints.csv` and reads its corners.
///
/// The first column is the image's name, relative to the table. Then come four corners, each
/// longitude and latitude. A header may name the columns, in any order: `ul_lon`, `ul_lat`, `ur_…`,
/// `lr_…`, `ll_…` (or `top_left_lon`, `tl_lon`, `nw_lon`); without such names the corners are
/// clockwise from the top left one.
bool footprint_table_find(postil_bytes_t table, postil_bytes_t image_name, footprint_t *footprint);

#endif
