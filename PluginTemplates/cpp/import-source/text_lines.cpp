// text-lines: each line of each text file becomes a task.
//
// The host calls `open`, then `next` until it says that nothing is left, with `checkpoint` in
// between, then `close`. Files are seen by name and content; there are no paths.
#include "guard.hpp"

#include <postil/import_source.h>

#include <string>

namespace {

/// A task's texts are UTF-8, and files come from everywhere. RFC 3629, section 4.
bool is_utf8(std::string_view text) {
    for (size_t i = 0; i < text.size();) {
        auto byte = [&](size_t index) { return static_cast<uint8_t>(text[index]); };
        uint8_t first = byte(i);
        size_t more = first < 0x80 ? 0 : first < 0xC2 ? 4 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        if (more == 4 || first > 0xF4 || more >= text.size() - i) {
            return false;
        }
        for (size_t j = 1; j <= more; j++) {
            uint8_t low = j > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            uint8_t high = j > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            if (byte(i + j) < low || byte(i + j) > high) {
                return false;
            }
        }
        i += more + 1;
    }
    return true;
}

bool has_ending(std::string_view text, std::string_view ending) {
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

/// One import that is under way, and where it stands.
class Lines {
public:
    explicit Lines(const postil_import_open_t &arguments)
        : inputs_(arguments.inputs), cancel_(arguments.cancel) {
        postil_value_t earlier = postil_batch_value(arguments.checkpoint_borrowed, 0);
        input_ = number(earlier, "input");
        offset_ = number(earlier, "offset");
        line_ = number(earlier, "line");
    }

    Lines(const Lines &) = delete;
    Lines &operator=(const Lines &) = delete;
    ~Lines() { leave_file(); }

    postil_status_t next(postil_builder_t *builder, postil_error_t *error) {
        while (!postil_build_is_full(builder)) {
            if (postil_is_cancelled(cancel_)) {
                throw Failure{POSTIL_ERROR_CANCELLED, "cancelled", "The import was stopped."};
            }
            if (!is_mapped_) {
                postil_status_t status = enter_file(error);
                if (status != POSTIL_OK) {
                    return status;
                }
            }
            if (offset_ >= text_.size()) {
                leave_file();
                input_++;
                offset_ = line_ = 0;
                continue;
            }
            std::string_view line = take_line();
            if (!line.empty()) {
                build_task(builder, line);
            }
        }
        return POSTIL_MORE;
    }

    postil_status_t checkpoint(postil_builder_t *builder) const {
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        postil_build_key(builder, postil_text("input"));
        postil_build_uint64(builder, input_);
        postil_build_key(builder, postil_text("offset"));
        postil_build_uint64(builder, offset_);
        postil_build_key(builder, postil_text("line"));
        postil_build_uint64(builder, line_);
        postil_build_end(builder);
        return postil_build_root_end(builder);
    }

private:
    const postil_inputs_t *inputs_;
    const uint32_t *cancel_;
    uint64_t input_ = 0;    ///< Number of the file.
    uint64_t offset_ = 0;   ///< Bytes of it that are done.
    uint64_t line_ = 0;     ///< Lines of it that are done.
    std::string_view text_; ///< The file's content while `is_mapped_`.
    bool is_mapped_ = false;

    /// A number of the checkpoint; 0 if it is not there.
    static uint64_t number(postil_value_t checkpoint, const char *name) {
        int64_t value = 0;
        postil_value_int64(postil_object_named(checkpoint, name), &value);
        return value > 0 ? static_cast<uint64_t>(value) : 0;
    }

    std::string_view name() const { return view(inputs_->name(inputs_->context, input_)); }

    bool is_text_file() const {
        return inputs_->kind(inputs_->context, input_) == POSTIL_INPUT_FILE &&
               has_ending(name(), ".txt");
    }

    void leave_file() {
        if (is_mapped_) {
            inputs_->release(inputs_->context, input_);
            is_mapped_ = false;
        }
    }

    /// Opens the next text file where the import stands. POSTIL_END when there is none.
    postil_status_t enter_file(postil_error_t *error) {
        uint64_t count = inputs_->count(inputs_->context);
        while (input_ < count && !is_text_file()) {
            input_++;
        }
        if (input_ >= count) {
            return POSTIL_END;
        }
        postil_bytes_t bytes = {nullptr, 0};
        postil_status_t status = inputs_->map(inputs_->context, input_, &bytes, error);
        is_mapped_ = status == POSTIL_OK;
        text_ = view(bytes);
        return status;
    }

    std::string_view take_line() {
        std::string_view rest = text_.substr(static_cast<size_t>(offset_));
        size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        offset_ += line.size() + (end == std::string_view::npos ? 0 : 1);
        line_++;
        if (has_ending(line, "\r")) {
            line.remove_suffix(1);
        }
        return line;
    }

    void build_task(postil_builder_t *builder, std::string_view line) const {
        if (!is_utf8(line)) {
            throw Failure{POSTIL_ERROR_INVALID_DATA, "not_utf8",
                          "Line " + std::to_string(line_) + " of " + std::string(name()) +
                              " is not UTF-8. Convert the file."};
        }
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        postil_build_key(builder, postil_text("data"));
        postil_build_object(builder);
        postil_build_key(builder, postil_text("text"));
        postil_build_string(builder, bytes_of(line));
        postil_build_key(builder, postil_text("file"));
        postil_build_string(builder, bytes_of(name()));
        postil_build_key(builder, postil_text("line"));
        postil_build_uint64(builder, line_);
        postil_build_end(builder);
        postil_build_end(builder);
        // The first failure sticks, so one look at the end is enough.
        postil_status_t status = postil_build_root_end(builder);
        if (status != POSTIL_OK) {
            throw Failure{status, "line_too_long", "A line does not fit into a task."};
        }
    }
};

postil_status_t open_lines(const postil_import_open_t *arguments, void **instance,
                           postil_error_t *error) {
    return guarded(error, [&] {
        *instance = new Lines(*arguments);
        return static_cast<postil_status_t>(POSTIL_OK);
    });
}

postil_status_t next(void *instance, postil_builder_t *builder, postil_error_t *error) {
    return guarded(error, [&] { return static_cast<Lines *>(instance)->next(builder, error); });
}

postil_status_t checkpoint(void *instance, postil_builder_t *builder, postil_error_t *error) {
    return guarded(error, [&] { return static_cast<Lines *>(instance)->checkpoint(builder); });
}

void close_lines(void *instance) {
    delete static_cast<Lines *>(instance);
}

const postil_import_source_t source = {
    sizeof(postil_import_source_t), 0, open_lines, next, checkpoint, close_lines,
};

const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_source = postil_bytes_are(id, POSTIL_CAPABILITY_IMPORT_SOURCE);
    return is_source && postil_bytes_are(name, "text-lines") ? &source : nullptr;
}

// The same as in manifest.json; the host compares.
const char plugin_id[] = "org.example.text-lines";
const char plugin_version[] = "0.1.0";

const postil_plugin_t plugin = {
    sizeof(postil_plugin_t),
    POSTIL_ABI_VERSION,
    POSTIL_ABI_VERSION,
    0,
    {reinterpret_cast<const uint8_t *>(plugin_id), sizeof plugin_id - 1},
    {reinterpret_cast<const uint8_t *>(plugin_version), sizeof plugin_version - 1},
    get_capability,
};

} // namespace

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= plugin.abi_minimum ? &plugin : nullptr;
}
