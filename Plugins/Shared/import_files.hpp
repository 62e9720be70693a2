// The files of an import: finding them by name, reading them, referring to them.
#pragma once

#include "failure.hpp"
#include "image_size.h"
#include "text_writer.hpp"

#include <postil/import_source.h>

#include <cerrno>
#include <map>
#include <string>
#include <string_view>
#include <unistd.h>

namespace postil {

class ImportFiles {
public:
    explicit ImportFiles(const postil_inputs_t *inputs)
        : inputs_(inputs), count_(inputs->count(inputs->context)) {
        for (uint64_t i = 0; i < count_; i++) {
            if (inputs_->kind(inputs_->context, i) != POSTIL_INPUT_FILE) {
                continue;
            }
            std::string_view whole = name(i);
            auto added = by_last_part_.emplace(last_part(whole), i);
            if (!added.second) {
                added.first->second = ambiguous;
            }
            by_name_.emplace(whole, i);
        }
    }

    static constexpr uint64_t none = UINT64_MAX;

    uint64_t count() const { return count_; }

    bool is_file(uint64_t index) const {
        return inputs_->kind(inputs_->context, index) == POSTIL_INPUT_FILE;
    }

    std::string_view name(uint64_t index) const {
        return view(inputs_->name(inputs_->context, index));
    }

    std::string_view reference(uint64_t index) const {
        return view(inputs_->reference(inputs_->context, index));
    }

    /// The file of exactly this name; `none` when there is none.
    uint64_t find(std::string_view name) const {
        auto known = by_name_.find(name);
        return known == by_name_.end() ? none : known->second;
    }

    /// The file that another one means by a name: beside it, in `images/` beside it, from the root,
    /// or the only one with that last part.
    uint64_t find_near(std::string_view from, std::string_view wanted) const {
        std::string folder(from.substr(0, from.find_last_of('/') + 1));
        for (const std::string &place :
             {folder, folder + "images/", std::string(), std::string("images/")}) {
            uint64_t found = find(place + std::string(wanted));
            if (found != none) {
                return found;
            }
        }
        auto known = by_last_part_.find(last_part(wanted));
        bool is_found = known != by_last_part_.end() && known->second != ambiguous;
        return is_found ? known->second : none;
    }

    /// Files whose last part ends in a text, in the order of their names.
    std::vector<uint64_t> ending(std::string_view end) const {
        std::vector<uint64_t> found;
        for (const auto &entry : by_name_) {
            if (ends_with(entry.first, end)) {
                found.push_back(entry.second);
            }
        }
        return found;
    }

    /// All bytes of a file, and `padding` zero bytes behind them.
    std::string read(uint64_t index, uint64_t limit, size_t padding = 0) const {
        uint64_t bytes = inputs_->byte_count(inputs_->context, index);
        if (bytes > limit) {
            throw Failure(POSTIL_ERROR_TOO_LARGE, "file_too_large",
                          std::string(name(index)) + " has more than " + std::to_string(limit) +
                              " bytes; split it.");
        }
        std::string text(static_cast<size_t>(bytes), '\0');
        text.reserve(text.size() + padding);
        size_t filled = read_at(index, 0, &text[0], text.size());
        text.resize(filled);
        inputs_->release(inputs_->context, index);
        return text;
    }

    /// Reads up to `count` bytes from a place; fewer at the end of the file.
    size_t read_at(uint64_t index, uint64_t offset, char *target, size_t count) const {
        int32_t descriptor;
        postil_error_t error = {};
        error.size = sizeof error;
        if (inputs_->descriptor(inputs_->context, index, &descriptor, &error) != POSTIL_OK) {
            throw Failure(POSTIL_ERROR_IO, "input_unreadable",
                          std::string(name(index)) + " cannot be read.");
        }
        size_t filled = 0;
        while (filled < count) {
            ssize_t got = pread(descriptor, target + filled, count - filled,
                                static_cast<off_t>(offset + filled));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got <= 0) {
                break;
            }
            filled += static_cast<size_t>(got);
        }
        return filled;
    }

    void release(uint64_t index) const { inputs_->release(inputs_->context, index); }

    /// Size of an image from the head of its file. False when it does not say.
    bool read_image_size(uint64_t index, image_size_t *size) const {
        std::string head(64 * 1024, '\0');
        size_t count = read_at(index, 0, &head[0], head.size());
        release(index);
        return image_size_read({reinterpret_cast<const uint8_t *>(head.data()), count}, size);
    }

    static std::string_view last_part(std::string_view name) {
        return name.substr(name.find_last_of('/') + 1);
    }

    static bool ends_with(std::string_view text, std::string_view end) {
        return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
    }

private:
    static constexpr uint64_t ambiguous = UINT64_MAX - 1;

    const postil_inputs_t *inputs_;
    uint64_t count_;
    std::map<std::string_view, uint64_t> by_name_, by_last_part_;
};

} // namespace postil
