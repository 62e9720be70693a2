// A file of an export, written through the host's sinks in large pieces.
#pragma once

#include "failure.hpp"

#include <postil/exporter.h>

#include <string>
#include <string_view>

namespace postil {

/// Gathers small writes: crossing to the host is cheap only from 16 KiB on.
class SinkFile {
public:
    explicit SinkFile(const postil_sinks_t *sinks) : sinks_(sinks) {}

    void open(std::string_view name, std::string_view media_type, postil_error_t *error) {
        check(sinks_->sink_open(sinks_->context, bytes(name), bytes(media_type), &sink_, error));
    }

    bool is_open() const { return sink_ != 0; }

    /// Where to append text; call `flush_if_large` from time to time.
    std::string &text() { return text_; }

    void flush_if_large(postil_error_t *error) {
        if (text_.size() >= large) {
            flush(error);
        }
    }

    void close(postil_error_t *error) {
        flush(error);
        check(sinks_->sink_close(sinks_->context, sink_, error));
        sink_ = 0;
    }

private:
    static constexpr size_t large = 256 * 1024;

    static postil_bytes_t bytes(std::string_view text) {
        return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
    }

    static void check(postil_status_t status) {
        if (status != POSTIL_OK) {
            throw Failure(status);
        }
    }

    void flush(postil_error_t *error) {
        if (!text_.empty()) {
            check(postil_sink_write(sinks_, sink_, text_.data(), text_.size(), error));
            text_.clear();
        }
    }

    const postil_sinks_t *sinks_;
    uint64_t sink_ = 0;
    std::string text_;
};

} // namespace postil
