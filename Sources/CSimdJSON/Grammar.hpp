// The grammar of JSON over the tokens of a text.
#pragma once

#include "Number.hpp"
#include "Structure.hpp"

#include <array>
#include <cstring>

namespace postil {

/// Walks a text and tells a `Sink` what it meets, in document order:
///
///     bool begin(uint32_t start, bool is_object);
///     bool end(uint32_t start, uint32_t end, bool is_object);
///     bool name(uint32_t start, uint32_t end);      // with its quotes
///     bool string(uint32_t start, uint32_t end);    // with its quotes
///     bool number(const NumberText &text, uint32_t start, uint32_t end);
///     bool literal(uint32_t start, char first);     // 'n', 't' or 'f'
///
/// A sink that returns false has set `code` to say why; the walk adds the place.
template <class Sink> class Grammar {
public:
    Grammar(const Structure &structure, Sink &sink, uint32_t depth)
        : structure_(structure), text_(structure.text()), tokens_(structure.tokens()),
          token_count_(structure.token_count()), sink_(sink), open_above_(depth) {}

    /// Walks the whole text, which is exactly one value.
    Failure walk() {
        if (!value()) {
            return failure();
        }
        while (depth_ > 0) {
            if (!next_child()) {
                return failure();
            }
        }
        if (at_ < token_count_) {
            fail(POSTIL_JSON_TRAILING_TEXT);
            return failure();
        }
        return Failure();
    }

private:
    struct Frame {
        uint32_t start; // of the bracket
        uint32_t count; // children begun
        uint32_t name;  // of the last member, 0 if none
        uint32_t name_end;
        bool is_object;
    };

    const Structure &structure_;
    const uint8_t *text_;
    const uint32_t *tokens_;
    uint32_t token_count_;
    Sink &sink_;
    uint32_t open_above_; // containers of the tree that this text becomes a part of
    uint32_t at_ = 0;     // index of the next token
    uint32_t depth_ = 0;
    std::array<Frame, POSTIL_VALUE_DEPTH_MAX> frames_;
    int32_t code_ = POSTIL_JSON_OK;
    uint64_t offset_ = 0;

    uint32_t here() const { return tokens_[at_]; }
    uint8_t byte() const { return text_[here()]; }

    bool fail(int32_t code, uint64_t offset) {
        code_ = code;
        offset_ = offset;
        return false;
    }
    bool fail(int32_t code) { return fail(code, here()); }

    /// The token is not what must stand here.
    bool unexpected() {
        bool ended = at_ >= token_count_;
        return fail(ended ? POSTIL_JSON_TRUNCATED : POSTIL_JSON_SYNTAX);
    }

    bool told(bool accepted, uint32_t start) { return accepted || fail(sink_.code, start); }

    /// Goes on after a value or a bracket inside the innermost container.
    bool next_child() {
        Frame &frame = frames_[depth_ - 1];
        uint8_t close = frame.is_object ? '}' : ']';
        if (byte() == close && at_ < token_count_) {
            uint32_t end = here() + 1;
            at_++;
            depth_--;
            return told(sink_.end(frame.start, end, frame.is_object), frame.start);
        }
        if (frame.count > 0) {
            if (byte() != ',') {
                return unexpected();
            }
            at_++;
        }
        frame.count++;
        if (frame.is_object && !member_name(frame)) {
            return false;
        }
        return value();
    }

    bool member_name(Frame &frame) {
        if (byte() != '"') {
            return unexpected();
        }
        uint32_t start = here();
        uint32_t end;
        at_++;
        if (!string_end(start, &end)) {
            return false;
        }
        frame.name = start;
        frame.name_end = end;
        if (!told(sink_.name(start, end), start)) {
            return false;
        }
        if (byte() != ':') {
            return unexpected();
        }
        at_++;
        return true;
    }

    bool value() {
        uint32_t start = here();
        switch (byte()) {
        case '{':
            return open(start, true);
        case '[':
            return open(start, false);
        case '"': {
            uint32_t end;
            at_++;
            return string_end(start, &end) && told(sink_.string(start, end), start);
        }
        case 'n':
            return literal(start, "null", 4);
        case 't':
            return literal(start, "true", 4);
        case 'f':
            return literal(start, "false", 5);
        default:
            return number(start);
        }
    }

    bool open(uint32_t start, bool is_object) {
        if (depth_ + open_above_ >= POSTIL_VALUE_DEPTH_MAX) {
            return fail(POSTIL_JSON_TOO_DEEP);
        }
        frames_[depth_++] = Frame{start, 0, 0, 0, is_object};
        at_++;
        return told(sink_.begin(start, is_object), start);
    }

    /// A string ends before the next token, white space aside.
    bool string_end(uint32_t start, uint32_t *end) {
        uint32_t last = here();
        while (last > start + 1 && is_space(text_[last - 1])) {
            last--;
        }
        *end = last;
        return (last > start + 1 && text_[last - 1] == '"') || fail(POSTIL_JSON_SYNTAX, start);
    }

    bool literal(uint32_t start, const char *word, uint32_t length) {
        const uint8_t *end = text_ + start + length;
        if (std::memcmp(text_ + start, word, length) != 0 || !is_boundary(end)) {
            bool cut = start + length > structure_.count() &&
                       std::memcmp(text_ + start, word, structure_.count() - start) == 0;
            return fail(cut ? POSTIL_JSON_TRUNCATED : POSTIL_JSON_SYNTAX,
                        cut ? structure_.count() : start);
        }
        at_++;
        return told(sink_.literal(start, word[0]), start);
    }

    bool number(uint32_t start) {
        uint8_t first = text_[start];
        if (first != '-' && static_cast<uint8_t>(first - '0') > 9) {
            return unexpected();
        }
        const uint8_t *limit = text_ + structure_.count();
        NumberText number = scan_number(text_ + start, limit);
        if (!number.end || !is_boundary(number.end)) {
            bool cut = is_number_start(text_ + start, limit);
            return fail(cut ? POSTIL_JSON_TRUNCATED : POSTIL_JSON_NUMBER,
                        cut ? structure_.count() : start);
        }
        at_++;
        auto end = static_cast<uint32_t>(number.end - text_);
        return told(sink_.number(number, start, end), start);
    }

    /// True if only digits, signs, points and exponents reach to the end of the text.
    static bool is_number_start(const uint8_t *at, const uint8_t *limit) {
        uint8_t last = limit[-1];
        if (last != '-' && last != '+' && last != '.' && last != 'e' && last != 'E') {
            return false;
        }
        uint8_t completed[64];
        size_t count = static_cast<size_t>(limit - at);
        if (count + 2 > sizeof completed) {
            return false;
        }
        std::memcpy(completed, at, count);
        completed[count] = '0';
        return scan_number(completed, completed + count + 1).end == completed + count + 1;
    }

    static bool is_space(uint8_t byte) {
        return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
    }

    /// A number or literal ends before white space, punctuation or the end of the text. Everything
    /// else that stands directly behind it, a quote as well, is no token of its own to simdjson: it
    /// must be seen here, or it would be skipped.
    bool is_boundary(const uint8_t *at) const {
        uint8_t byte = *at;
        return is_space(byte) || byte == ',' || byte == ']' || byte == '}' || byte == ':' ||
               byte == '[' || byte == '{' || at == text_ + structure_.count();
    }

    Failure failure() const {
        Failure result(code_, offset_);
        for (uint32_t i = 0; i < depth_; i++) {
            const Frame &frame = frames_[i];
            if (frame.count == 0 || (frame.is_object && frame.name_end == 0)) {
                break;
            }
            result.pointer += '/';
            if (frame.is_object) {
                append_name(result.pointer, frame);
            } else {
                result.pointer += std::to_string(frame.count - 1);
            }
        }
        return result;
    }

    /// A name in a JSON pointer has `~` and `/` escaped (RFC 6901).
    void append_name(std::string &pointer, const Frame &frame) const {
        uint64_t inside = frame.name_end - frame.name - 2;
        std::string name(static_cast<size_t>(inside), '\0');
        name.resize(postil_json_unescape(text_ + frame.name + 1, inside,
                                         reinterpret_cast<uint8_t *>(name.data())));
        for (char byte : name) {
            if (byte == '~') {
                pointer += "~0";
            } else if (byte == '/') {
                pointer += "~1";
            } else {
                pointer += byte;
            }
        }
    }
};

} // namespace postil
