#include "Failure.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

namespace postil {
namespace {

using Write = postil_status_t (*)(void *, postil_bytes_t);

/// Gathers small pieces.
class Output {
public:
    Output(void *context, Write write) : context_(context), write_(write) {}

    void append(std::string_view text) {
        if (text.size() > buffer_.size() - used_) {
            flush();
            if (text.size() > buffer_.size()) {
                give(reinterpret_cast<const uint8_t *>(text.data()), text.size());
                return;
            }
        }
        std::memcpy(buffer_.data() + used_, text.data(), text.size());
        used_ += text.size();
    }

    void append(char byte) { append(std::string_view(&byte, 1)); }

    postil_status_t flush() {
        give(buffer_.data(), used_);
        used_ = 0;
        return status_;
    }

    bool is_well() const { return status_ == POSTIL_OK; }

private:
    void *context_;
    Write write_;
    std::array<uint8_t, 16 * 1024> buffer_;
    size_t used_ = 0;
    postil_status_t status_ = POSTIL_OK;

    void give(const uint8_t *bytes, uint64_t count) {
        if (is_well() && count > 0) {
            status_ = write_(context_, postil_bytes_t{bytes, count});
        }
    }
};

/// Writes JSON text of values.
class Renderer {
public:
    Renderer(uint32_t options, Output &output) : options_(options), output_(output) {}

    void value(postil_value_t value) {
        switch (postil_value_kind(value)) {
        case POSTIL_KIND_BOOL:
            output_.append(value.node->payload ? "true" : "false");
            break;
        case POSTIL_KIND_I64:
            integer(static_cast<int64_t>(value.node->payload));
            break;
        case POSTIL_KIND_U64:
            integer(value.node->payload);
            break;
        case POSTIL_KIND_F64:
            number(from_bits(value.node->payload));
            break;
        case POSTIL_KIND_NUMBER_TEXT:
            output_.append(view(postil_value_number_text(value)));
            break;
        case POSTIL_KIND_STRING:
            string(view(postil_value_text(value)));
            break;
        case POSTIL_KIND_BYTES:
            base64(postil_value_bytes(value));
            break;
        case POSTIL_KIND_ARRAY:
            array(value);
            break;
        case POSTIL_KIND_OBJECT:
            object(value);
            break;
        case POSTIL_KIND_F64_ARRAY:
        case POSTIL_KIND_I64_ARRAY:
        case POSTIL_KIND_POINT_ARRAY:
            packed(value);
            break;
        default:
            output_.append("null"); // null itself, and kinds that are newer than this host
            break;
        }
    }

private:
    uint32_t options_;
    Output &output_;
    uint32_t depth_ = 0;

    static std::string_view view(postil_bytes_t bytes) {
        return {reinterpret_cast<const char *>(bytes.bytes), bytes.count};
    }

    static double from_bits(uint64_t bits) {
        double value;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }

    void new_line() {
        if (options_ & POSTIL_JSON_INDENTED) {
            output_.append('\n');
            for (uint32_t i = 0; i < depth_; i++) {
                output_.append("  ");
            }
        }
    }

    template <class Items> void bracketed(char open, char close, bool is_empty, Items items) {
        output_.append(open);
        if (!is_empty) {
            depth_++;
            items();
            depth_--;
            new_line();
        }
        output_.append(close);
    }

    void separate(bool is_first) {
        if (!is_first) {
            output_.append(',');
        }
        new_line();
    }

    void array(postil_value_t array) {
        bracketed('[', ']', array.node->length == 0, [&] {
            postil_walk_t walk = postil_children(array);
            postil_value_t element;
            for (bool first = true; output_.is_well() && postil_walk_element(&walk, &element);
                 first = false) {
                separate(first);
                value(element);
            }
        });
    }

    void object(postil_value_t object) {
        bracketed('{', '}', object.node->length == 0, [&] {
            postil_walk_t walk = postil_children(object);
            postil_member_t member;
            for (bool first = true; output_.is_well() && postil_walk_member(&walk, &member);
                 first = false) {
                separate(first);
                string(view(member.name));
                output_.append(options_ & POSTIL_JSON_INDENTED ? ": " : ":");
                value(member.value);
            }
        });
    }

    void packed(postil_value_t array) {
        const double *doubles = postil_value_packed(array);
        const int64_t *integers = postil_value_packed_int64(array);
        bool points = array.node->kind == POSTIL_KIND_POINT_ARRAY;
        output_.append('[');
        for (uint32_t i = 0; i < array.node->length && output_.is_well(); i++) {
            if (i > 0) {
                output_.append(',');
            }
            if (points) {
                output_.append('[');
                number(doubles[2 * i]);
                output_.append(',');
                number(doubles[2 * i + 1]);
                output_.append(']');
            } else if (integers) {
                integer(integers[i]);
            } else {
                number(doubles[i]);
            }
        }
        output_.append(']');
    }

    template <class Integer> void integer(Integer value) {
        char text[24];
        auto end = std::to_chars(text, text + sizeof text, value).ptr;
        output_.append(std::string_view(text, static_cast<size_t>(end - text)));
    }

    /// The fewest digits that read back the same, laid out as Python does: plain from 1e-4 up to
    /// 1e16, and with a point, so that a double stays one.
    void number(double value) {
        if (!std::isfinite(value)) {
            output_.append("null");
            return;
        }
        char text[32];
        auto end =
            std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
        std::string_view all(text, static_cast<size_t>(end - text));
        size_t mark = all.find('e');
        int exponent = 0;
        std::from_chars(text + mark + (all[mark + 1] == '+' ? 2 : 1), end, exponent);
        if (exponent < -4 || exponent >= 16) {
            output_.append(all);
            return;
        }
        bool negative = text[0] == '-';
        char digits[24];
        int count = 0;
        for (size_t i = negative; i < mark; i++) {
            if (text[i] != '.') {
                digits[count++] = text[i];
            }
        }
        plain(negative, std::string_view(digits, static_cast<size_t>(count)), exponent);
    }

    void plain(bool negative, std::string_view digits, int exponent) {
        constexpr std::string_view zeros = "0000000000000000";
        if (negative) {
            output_.append('-');
        }
        if (exponent < 0) {
            output_.append("0.");
            output_.append(zeros.substr(0, static_cast<size_t>(-exponent - 1)));
            output_.append(digits);
            return;
        }
        size_t whole = static_cast<size_t>(exponent) + 1;
        output_.append(digits.substr(0, whole));
        if (digits.size() <= whole) {
            output_.append(zeros.substr(0, whole - digits.size()));
            output_.append(".0");
        } else {
            output_.append('.');
            output_.append(digits.substr(whole));
        }
    }

    void string(std::string_view text) {
        output_.append('"');
        size_t clean = 0;
        for (size_t i = 0; i < text.size();) {
            auto byte = static_cast<uint8_t>(text[i]);
            bool plain = byte >= 0x20 && byte != '"' && byte != '\\' &&
                         (byte < 0x80 || !(options_ & POSTIL_JSON_ASCII));
            if (plain) {
                i++;
                continue;
            }
            output_.append(text.substr(clean, i - clean));
            i += escape(text.substr(i));
            clean = i;
        }
        output_.append(text.substr(clean));
        output_.append('"');
    }

    /// Writes the first character as an escape. Returns its length in UTF-8.
    size_t escape(std::string_view text) {
        switch (text[0]) {
        case '"':
            output_.append("\\\"");
            return 1;
        case '\\':
            output_.append("\\\\");
            return 1;
        case '\n':
            output_.append("\\n");
            return 1;
        case '\r':
            output_.append("\\r");
            return 1;
        case '\t':
            output_.append("\\t");
            return 1;
        default:
            break;
        }
        auto first = static_cast<uint8_t>(text[0]);
        size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        uint32_t scalar = length == 1 ? first : first & (0x7Fu >> length);
        for (size_t i = 1; i < length; i++) {
            scalar = (scalar << 6) | (static_cast<uint8_t>(text[i]) & 0x3F);
        }
        if (scalar < 0x10000) {
            unit(scalar);
        } else {
            unit(0xD800 + ((scalar - 0x10000) >> 10));
            unit(0xDC00 + ((scalar - 0x10000) & 0x3FF));
        }
        return length;
    }

    void unit(uint32_t code) {
        constexpr char hex[] = "0123456789abcdef";
        char text[6] = {'\\',
                        'u',
                        hex[(code >> 12) & 15],
                        hex[(code >> 8) & 15],
                        hex[(code >> 4) & 15],
                        hex[code & 15]};
        output_.append(std::string_view(text, sizeof text));
    }

    void base64(postil_bytes_t bytes) {
        constexpr char alphabet[] =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        output_.append('"');
        for (uint64_t i = 0; i < bytes.count; i += 3) {
            uint64_t left = std::min<uint64_t>(bytes.count - i, 3);
            uint32_t word = uint32_t(bytes.bytes[i]) << 16;
            word |= left > 1 ? uint32_t(bytes.bytes[i + 1]) << 8 : 0;
            word |= left > 2 ? uint32_t(bytes.bytes[i + 2]) : 0;
            char text[4] = {alphabet[(word >> 18) & 63], alphabet[(word >> 12) & 63],
                            left > 1 ? alphabet[(word >> 6) & 63] : '=',
                            left > 2 ? alphabet[word & 63] : '='};
            output_.append(std::string_view(text, sizeof text));
        }
        output_.append('"');
    }
};

} // namespace
} // namespace postil

postil_status_t postil_tree_render(const postil_bytes_t *names, uint32_t name_count,
                                   const postil_node_t *node, uint32_t options, void *write_context,
                                   postil_status_t (*write)(void *write_context,
                                                            postil_bytes_t piece_borrowed)) {
    postil_batch_t batch{};
    batch.size = sizeof batch;
    batch.key_names_borrowed = names;
    batch.key_count = name_count;
    postil::Output output(write_context, write);
    postil::Renderer(options, output).value(postil_value_make(&batch, node));
    return output.flush();
}
