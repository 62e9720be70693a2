// What of other tools' files no task can hold, told to the host task by task.
#pragma once

#include "text_writer.hpp"

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace postil {

class ImportLosses {
public:
    /// Counts a loss. `code` and `message` are literals: they are kept as pointers.
    void note(const char *code, const char *message, uint64_t count = 1) {
        if (count == 0) {
            return;
        }
        for (Entry &entry : entries_) {
            if (std::strcmp(entry.code, code) == 0) {
                entry.count += count;
                return;
            }
        }
        entries_.push_back({code, message, count});
    }

    /// Appends the losses since the last call as a member `losses` of a task, behind its other
    /// members. A host that does not know that member passes over it.
    void append(std::string &json) {
        const char *separator = ",\"losses\":[";
        for (const Entry &entry : entries_) {
            json += separator;
            json += "{\"code\":";
            append_json_string(json, entry.code);
            json += ",\"message\":";
            append_json_string(json, entry.message);
            json += ",\"count\":";
            append_number(json, static_cast<int64_t>(entry.count));
            json += '}';
            separator = ",";
        }
        json += entries_.empty() ? "" : "]";
        entries_.clear();
    }

private:
    struct Entry {
        const char *code, *message;
        uint64_t count;
    };

    std::vector<Entry> entries_;
};

} // namespace postil
