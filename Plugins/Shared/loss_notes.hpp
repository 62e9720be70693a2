// What a format could not hold, counted while tasks go by and reported at the end.
#pragma once

#include <postil/exporter.h>

#include <cstring>
#include <vector>

namespace postil {

class LossNotes {
public:
    explicit LossNotes(const postil_losses_t *losses) : losses_(losses) {}

    /// Counts a loss. `code` and `message` are literals: they are kept as pointers.
    void note(const char *code, const char *message, int64_t task, uint64_t count = 1) {
        if (count == 0) {
            return;
        }
        for (Entry &entry : entries_) {
            if (entry.code == code || std::strcmp(entry.code, code) == 0) {
                entry.count += count;
                return;
            }
        }
        entries_.push_back({code, message, task, count});
    }

    void report() const {
        for (const Entry &entry : entries_) {
            postil_report_loss(losses_, entry.task, entry.count, entry.code, entry.message);
        }
    }

private:
    struct Entry {
        const char *code, *message;
        int64_t task;
        uint64_t count;
    };

    const postil_losses_t *losses_;
    std::vector<Entry> entries_;
};

} // namespace postil
