#include "Failure.hpp"

#include <algorithm>
#include <cstring>

namespace postil {

int32_t report(const Failure &failure, const uint8_t *text, uint64_t count,
               postil_json_error_t *error) noexcept {
    if (error && failure) {
        *error = postil_json_error_t{};
        error->code = failure.code;
        error->root = failure.root;
        error->offset = failure.offset;
        postil_bytes_t pointer = {reinterpret_cast<const uint8_t *>(failure.pointer.data()),
                                  failure.pointer.size()};
        postil_text_copy(error->pointer, sizeof error->pointer, pointer);
        if (text) {
            postil_json_place(text, count, failure.offset, &error->line, &error->column);
        }
    }
    return failure.code;
}

} // namespace postil

void postil_json_place(const uint8_t *bytes, uint64_t count, uint64_t offset, uint64_t *line,
                       uint64_t *column) {
    const uint8_t *end = bytes + std::min(offset, count);
    const uint8_t *start = bytes;
    *line = 1;
    while (start < end) {
        const void *found = std::memchr(start, '\n', static_cast<size_t>(end - start));
        if (!found) {
            break;
        }
        start = static_cast<const uint8_t *>(found) + 1;
        ++*line;
    }
    *column = static_cast<uint64_t>(end - start) + 1;
}
