// Lines of a file from a place on, with a bounded piece of it in memory.
#pragma once

#include "import_files.hpp"

#include <string>

namespace json_labels {

class LineReader {
public:
    /// Lines of more bytes than this are refused.
    static constexpr size_t most_bytes = 256u << 20;

    LineReader(const postil::ImportFiles &files, uint64_t index) : files_(files), index_(index) {}

    /// Reads the line that begins at `*offset` and moves that behind it. False at the end.
    bool next(uint64_t *offset, std::string *line) {
        line->clear();
        for (;;) {
            if (*offset < begin_ || *offset >= begin_ + piece_.size()) {
                piece_.resize(piece_bytes);
                piece_.resize(files_.read_at(index_, *offset, &piece_[0], piece_.size()));
                begin_ = *offset;
                if (piece_.empty()) {
                    files_.release(index_);
                    return !line->empty();
                }
            }
            size_t from = static_cast<size_t>(*offset - begin_);
            size_t end = piece_.find('\n', from);
            bool is_whole = end != std::string::npos;
            size_t count = (is_whole ? end : piece_.size()) - from;
            if (line->size() + count > most_bytes) {
                throw postil::Failure(POSTIL_ERROR_TOO_LARGE, "line_too_long",
                                      std::string(files_.name(index_)) +
                                          ": a line has more than 256 MiB.");
            }
            line->append(piece_, from, count);
            *offset += count + (is_whole ? 1 : 0);
            if (is_whole) {
                return true;
            }
        }
    }

private:
    static constexpr size_t piece_bytes = 1u << 20;

    const postil::ImportFiles &files_;
    uint64_t index_;
    std::string piece_;
    uint64_t begin_ = 0;
};

} // namespace json_labels
