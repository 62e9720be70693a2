// Text that has to wait until the end of an export.
#pragma once

#include "sink_file.hpp"

#include <list>
#include <string>

namespace postil {

/// Holds text in blocks: one string that grows would need three times its size for a moment.
class HeldText {
public:
    /// Where to append; a new block once the last one is full.
    std::string &text() {
        if (blocks_.empty() || blocks_.back().size() >= block_bytes) {
            blocks_.emplace_back().reserve(block_bytes + block_bytes / 16);
        }
        return blocks_.back();
    }

    /// Appends everything to a file and lets it go.
    void move_to(SinkFile &file, postil_error_t *error) {
        while (!blocks_.empty()) {
            file.text() += blocks_.front();
            blocks_.pop_front();
            file.flush_if_large(error);
        }
    }

private:
    static constexpr size_t block_bytes = 64 * 1024;

    std::list<std::string> blocks_;
};

} // namespace postil
