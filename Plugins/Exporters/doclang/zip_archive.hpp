// A zip archive written front to back (APPNOTE 6.3.10): names in UTF-8, one fixed date, so that the
// same content gives the same bytes.
#pragma once

#include "media_file.hpp"
#include "sink_file.hpp"

#include <string>
#include <string_view>
#include <vector>
#include <zlib.h>

namespace doclang {

class ZipArchive {
public:
    ZipArchive(const postil_sinks_t *sinks, std::string_view name, postil_error_t *error)
        : file_(sinks) {
        file_.open(name, "application/zip", error);
    }

    /// Adds a file that lies in memory, packed.
    void add(const std::string &name, std::string_view content, postil_error_t *error) {
        Entry entry = {name, 8, crc(0, content), packed(content), content.size(), offset_};
        begin(entry);
        append(packed_);
        end(entry, error);
    }

    /// Adds a file of a task as it is: images are packed already. It is read twice, since its
    /// checksum stands before it.
    void add(const std::string &name, const postil::MediaFile &media, postil_error_t *error) {
        uint32_t checksum = 0;
        read(media, name, [&](const std::string &piece) { checksum = crc(checksum, piece); });
        Entry entry = {name, 0, checksum, media.byte_count(), media.byte_count(), offset_};
        begin(entry);
        read(media, name, [&](const std::string &piece) {
            append(piece);
            file_.flush_if_large(error);
        });
        end(entry, error);
    }

    void close(postil_error_t *error) {
        uint64_t directory = offset_;
        for (const Entry &entry : entries_) {
            put(0x02014B50, 4);
            put(20, 2);
            put_description(entry);
            put(0, 2); // No comment.
            put(0, 2); // One disk.
            put(0, 2);
            put(0, 4);
            put(entry.offset, 4);
            append(entry.name);
        }
        uint64_t bytes = offset_ - directory;
        put(0x06054B50, 4);
        put(0, 4);
        put(entries_.size(), 2);
        put(entries_.size(), 2);
        put(bytes, 4);
        put(directory, 4);
        put(0, 2);
        file_.close(error);
    }

private:
    struct Entry {
        std::string name;
        uint32_t method, checksum;
        uint64_t packed_bytes, bytes, offset;
    };

    /// What 32 bits of a zip archive can count.
    static constexpr uint64_t most_bytes = 0xFFFFFFFF;

    void begin(const Entry &entry) {
        if (entries_.size() >= 0xFFFE || offset_ + entry.packed_bytes + entry.bytes > most_bytes) {
            throw postil::Failure(POSTIL_ERROR_TOO_LARGE, "archive_too_large",
                                  "A document and its pages have more than 4 GiB.");
        }
        put(0x04034B50, 4);
        put_description(entry);
        append(entry.name);
    }

    void end(const Entry &entry, postil_error_t *error) {
        entries_.push_back(entry);
        file_.flush_if_large(error);
    }

    /// What the head of a file and its entry in the directory have alike.
    void put_description(const Entry &entry) {
        static constexpr uint64_t first_of_1980 = 0x0021;
        put(20, 2);
        put(0x0800, 2); // The name is UTF-8.
        put(entry.method, 2);
        put(0, 2);
        put(first_of_1980, 2);
        put(entry.checksum, 4);
        put(entry.packed_bytes, 4);
        put(entry.bytes, 4);
        put(entry.name.size(), 2);
        put(0, 2);
    }

    void put(uint64_t value, unsigned bytes) {
        for (unsigned i = 0; i < bytes; i++) {
            file_.text() += static_cast<char>(value >> (8 * i) & 0xFF);
        }
        offset_ += bytes;
    }

    void append(std::string_view content) {
        file_.text() += content;
        offset_ += content.size();
    }

    static uint32_t crc(uint32_t before, std::string_view content) {
        return static_cast<uint32_t>(crc32_z(
            before, reinterpret_cast<const unsigned char *>(content.data()), content.size()));
    }

    /// Fills `packed_` and returns its length.
    uint64_t packed(std::string_view content) {
        static constexpr int bare = -15; // Deflate alone, without the head that zlib has.
        z_stream stream = {};
        if (deflateInit2(&stream, 6, Z_DEFLATED, bare, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw postil::Failure(POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
        }
        packed_.resize(deflateBound(&stream, content.size()));
        stream.next_in =
            reinterpret_cast<unsigned char *>(const_cast<char *>(content.data())); // Only read.
        stream.avail_in = static_cast<uInt>(content.size());
        stream.next_out = reinterpret_cast<unsigned char *>(&packed_[0]);
        stream.avail_out = static_cast<uInt>(packed_.size());
        int status = deflate(&stream, Z_FINISH);
        packed_.resize(stream.total_out);
        deflateEnd(&stream);
        if (status != Z_STREAM_END) {
            throw postil::Failure(POSTIL_ERROR_INTERNAL, "not_packed",
                                  "A document could not be packed.");
        }
        return packed_.size();
    }

    template <class Take>
    static void read(const postil::MediaFile &media, const std::string &name, Take take) {
        static constexpr size_t piece_bytes = 256 * 1024;
        for (uint64_t at = 0; at < media.byte_count();) {
            uint64_t left = media.byte_count() - at;
            std::string piece = media.read(at, left < piece_bytes ? left : piece_bytes);
            if (piece.empty()) {
                throw postil::Failure(POSTIL_ERROR_IO, "media_unreadable",
                                      "The file for " + name + " became shorter.");
            }
            at += piece.size();
            take(piece);
        }
    }

    postil::SinkFile file_;
    std::string packed_;
    std::vector<Entry> entries_;
    uint64_t offset_ = 0;
};

} // namespace doclang
