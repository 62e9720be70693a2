#include "world_file.h"

#include <math.h>
#include <stdlib.h>

enum { NUMBER_TEXT_MAX = 63, COLUMNS_MAX = 32 };

/// Reads a number that fills its text, spaces around it aside.
static bool read_double(postil_bytes_t text, double *number) {
    char copy[NUMBER_TEXT_MAX + 1];
    if (text.count == 0 || text.count > NUMBER_TEXT_MAX) {
        return false;
    }
    memcpy(copy, text.bytes, (size_t)text.count);
    copy[text.count] = '\0';
    char *end;
    *number = strtod(copy, &end);
    end += strspn(end, " \t\r");
    return end != copy && *end == '\0' && isfinite(*number);
}

/// Takes the next line off `rest`, without its end.
static bool next_line(postil_bytes_t *rest, postil_bytes_t *line) {
    if (rest->count == 0) {
        return false;
    }
    const uint8_t *end = memchr(rest->bytes, '\n', (size_t)rest->count);
    line->bytes = rest->bytes;
    line->count = end ? (uint64_t)(end - rest->bytes) : rest->count;
    uint64_t taken = line->count + (end ? 1 : 0);
    rest->bytes += taken;
    rest->count -= taken;
    if (line->count > 0 && line->bytes[line->count - 1] == '\r') {
        line->count--;
    }
    return true;
}

static bool is_on_earth(const footprint_t *footprint) {
    for (uint32_t i = 0; i < footprint->count; i++) {
        if (!(fabs(footprint->corners[i][0]) <= 540 && fabs(footprint->corners[i][1]) <= 90)) {
            return false;
        }
    }
    return true;
}

bool world_file_read(postil_bytes_t file, image_size_t size, footprint_t *footprint) {
    // A, D, B, E, C, F: x = A·column + B·row + C, y = D·column + E·row + F.
    double numbers[6];
    postil_bytes_t line;
    for (int i = 0; i < 6; i++) {
        if (!next_line(&file, &line) || !read_double(line, &numbers[i])) {
            return false;
        }
    }
    // C and F are about the center of the first pixel; the image begins half a pixel before it.
    double right = size.width - 0.5, bottom = size.height - 0.5;
    double corners[3][2] = {{-0.5, -0.5}, {right, -0.5}, {right, bottom}};
    footprint->count = 3;
    for (int i = 0; i < 3; i++) {
        double column = corners[i][0], row = corners[i][1];
        footprint->corners[i][0] = numbers[0] * column + numbers[2] * row + numbers[4];
        footprint->corners[i][1] = numbers[1] * column + numbers[3] * row + numbers[5];
    }
    return is_on_earth(footprint);
}

/// Splits a line at commas, semicolons or tabs; quotes around a cell are taken off.
static uint32_t split(postil_bytes_t line, postil_bytes_t cells[COLUMNS_MAX]) {
    uint32_t count = 0;
    uint64_t start = 0;
    bool is_quoted = false;
    for (uint64_t i = 0; i <= line.count && count < COLUMNS_MAX; i++) {
        uint8_t byte = i < line.count ? line.bytes[i] : ',';
        is_quoted ^= i < line.count && byte == '"';
        if ((byte == ',' || byte == ';' || byte == '\t') && (!is_quoted || i == line.count)) {
            postil_bytes_t cell = {line.bytes + start, i - start};
            while (cell.count > 0 && (cell.bytes[0] == ' ' || cell.bytes[0] == '"')) {
                cell.bytes++;
                cell.count--;
            }
            while (cell.count > 0 &&
                   (cell.bytes[cell.count - 1] == ' ' || cell.bytes[cell.count - 1] == '"')) {
                cell.count--;
            }
            cells[count++] = cell;
            start = i + 1;
        }
    }
    return count;
}

/// Which of the eight numbers a column holds: corner * 2, plus 1 for the latitude; -1 for none.
static int column_role(postil_bytes_t name) {
    static const char *const corners[4][5] = {{"ul", "tl", "nw", "upper_left", "top_left"},
                                              {"ur", "tr", "ne", "upper_right", "top_right"},
                                              {"lr", "br", "se", "lower_right", "bottom_right"},
                                              {"ll", "bl", "sw", "lower_left", "bottom_left"}};
    static const char *const axes[2][3] = {{"lon", "longitude", "x"}, {"lat", "latitude", "y"}};
    for (int corner = 0; corner < 4; corner++) {
        for (int spelling = 0; spelling < 5; spelling++) {
            for (int axis = 0; axis < 6; axis++) {
                const char *first = corners[corner][spelling], *second = axes[axis / 3][axis % 3];
                size_t length = strlen(first);
                postil_bytes_t rest = {name.bytes + length + 1, name.count - length - 1};
                if (name.count > length + 1 && memcmp(name.bytes, first, length) == 0 &&
                    name.bytes[length] == '_' && postil_bytes_are(rest, second)) {
                    return corner * 2 + axis / 3;
                }
            }
        }
    }
    return -1;
}

bool footprint_table_find(postil_bytes_t table, postil_bytes_t image_name, footprint_t *footprint) {
    static const uint8_t byte_order_mark[] = {0xEF, 0xBB, 0xBF};
    if (table.count >= 3 && memcmp(table.bytes, byte_order_mark, 3) == 0) {
        table.bytes += 3;
        table.count -= 3;
    }
    uint32_t places[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    postil_bytes_t line, cells[COLUMNS_MAX];
    while (next_line(&table, &line)) {
        uint32_t count = split(line, cells);
        bool is_header = false;
        for (uint32_t i = 1; i < count; i++) {
            int role = column_role(cells[i]);
            is_header |= role >= 0;
            if (role >= 0) {
                places[role] = i;
            }
        }
        if (is_header || count < 9 || !postil_bytes_equal(cells[0], image_name)) {
            continue;
        }
        footprint->count = 4;
        for (int i = 0; i < 8; i++) {
            if (places[i] >= count ||
                !read_double(cells[places[i]], &footprint->corners[i / 2][i % 2])) {
                return false;
            }
        }
        return is_on_earth(footprint);
    }
    return false;
}
