// Files that tasks refer to, copied from the host into an export.
#pragma once

#include "failure.hpp"
#include "image_size.h"
#include "sink_file.hpp"

#include <postil/exporter.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <unistd.h>

namespace postil {

/// One file of a task, open for reading as long as this lives. The host decides what it gives:
/// uploads and files below its media roots always, remote ones when it fetches them.
class MediaFile {
public:
    explicit MediaFile(const postil_media_t *media) : media_(media) {}
    MediaFile(const MediaFile &) = delete;
    MediaFile &operator=(const MediaFile &) = delete;
    ~MediaFile() { close(); }

    /// False when the host does not give it.
    bool open(std::string_view reference) {
        close();
        if (!media_ || !media_->media_open) {
            return false;
        }
        postil_error_t ignored = {};
        ignored.size = sizeof ignored;
        postil_bytes_t name = {reinterpret_cast<const uint8_t *>(reference.data()),
                               reference.size()};
        is_open_ = media_->media_open(media_->context, name, &descriptor_, &byte_count_,
                                      &ignored) == POSTIL_OK;
        return is_open_;
    }

    bool is_open() const { return is_open_; }
    uint64_t byte_count() const { return byte_count_; }

    /// Reads up to `count` bytes from a place; fewer at the end of the file.
    std::string read(uint64_t offset, size_t count) const {
        std::string bytes(count, '\0');
        size_t filled = 0;
        while (is_open_ && filled < count) {
            ssize_t got = pread(descriptor_, &bytes[filled], count - filled,
                                static_cast<off_t>(offset + filled));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got <= 0) {
                break;
            }
            filled += static_cast<size_t>(got);
        }
        bytes.resize(filled);
        return bytes;
    }

    /// Size and channels from the head of an image. False when it does not say.
    bool read_image_size(image_size_t *size) const {
        static constexpr size_t head_bytes = 64 * 1024;
        static constexpr size_t whole_bytes = 64 * 1024 * 1024;
        std::string head = read(0, head_bytes);
        if (is_size(head, size)) {
            return true;
        }
        // TIFF may keep its directory at the end, JPEG a large preview at the start.
        return byte_count_ > head.size() && byte_count_ <= whole_bytes &&
               is_size(read(0, static_cast<size_t>(byte_count_)), size);
    }

    void copy(const postil_sinks_t *sinks, std::string_view name, postil_error_t *error) const {
        static constexpr size_t piece_bytes = 256 * 1024;
        SinkFile file(sinks);
        file.open(name, "", error);
        for (uint64_t at = 0; at < byte_count_;) {
            std::string piece = read(at, piece_bytes);
            if (piece.empty()) {
                throw Failure(POSTIL_ERROR_IO, "media_unreadable",
                              "The file for " + std::string(name) + " became shorter.");
            }
            at += piece.size();
            file.text() = std::move(piece);
            file.flush_if_large(error);
        }
        file.close(error);
    }

    void close() {
        if (is_open_) {
            media_->media_close(media_->context, descriptor_);
            is_open_ = false;
        }
    }

private:
    static bool is_size(const std::string &bytes, image_size_t *size) {
        return image_size_read({reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()},
                               size);
    }

    const postil_media_t *media_;
    int32_t descriptor_ = -1;
    uint64_t byte_count_ = 0;
    bool is_open_ = false;
};

} // namespace postil
