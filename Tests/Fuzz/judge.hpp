// Whether an arena is well-formed, by the words of value_layout.h alone.
//
// Written apart from the host's check (CSimdJSON/Take.cpp), recursive where that one keeps a stack,
// and without its helpers: where the two differ, one of them is wrong.
#pragma once

#include <postil/value_layout.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace fuzz {

enum class Verdict {
    sound,
    wrong,
    open, ///< Holds a root of JSON text, which is another parser's business.
};

class Judge {
public:
    Judge(const uint8_t *bytes, uint64_t count) : bytes_(bytes), count_(count) {}

    Verdict judge() {
        postil_arena_header_t header;
        if (count_ < sizeof header) {
            return Verdict::wrong;
        }
        std::memcpy(&header, bytes_, sizeof header);
        bool is_header = header.magic == POSTIL_ARENA_MAGIC &&
                         header.layout == POSTIL_ARENA_LAYOUT && header.header_size >= 64 &&
                         header.byte_count <= count_ && header.root_size >= 88 &&
                         header.root_size % 8 == 0 && header.roots_offset >= 64;
        __uint128_t end = __uint128_t(header.root_count) * header.root_size + header.roots_offset;
        if (!is_header || end > count_) {
            return Verdict::wrong;
        }
        free_ = static_cast<uint64_t>(end);
        for (uint64_t i = 0; i < header.root_count; i++) {
            postil_root_t root;
            std::memcpy(&root, bytes_ + header.roots_offset + i * header.root_size, sizeof root);
            if ((root.node_offset != 0) == (root.text_offset != 0)) {
                return Verdict::wrong;
            }
            if (root.text_offset != 0) {
                return Verdict::open;
            }
            if (root.node_offset < free_ || root.node_offset % 8 != 0 ||
                root.node_offset > count_) {
                return Verdict::wrong;
            }
            at_ = root.node_offset;
            if (!value(count_, POSTIL_KEY_NONE, 0)) {
                return Verdict::wrong;
            }
            free_ = at_;
        }
        return Verdict::sound;
    }

private:
    const uint8_t *bytes_;
    uint64_t count_;
    uint64_t at_ = 0;
    uint64_t free_ = 0;

    /// Reads the node at `at_`, which with its content ends at or before `limit`.
    bool node(uint64_t limit, postil_node_t *node, uint64_t *extent) {
        if (at_ > limit || limit - at_ < 16) {
            return false;
        }
        std::memcpy(node, bytes_ + at_, sizeof *node);
        if (node->flags > 1) {
            return false;
        }
        *extent = node->flags == 1 ? node->payload : 16;
        return *extent >= 16 && *extent % 8 == 0 && *extent <= limit - at_;
    }

    static bool is_whole(uint64_t extent, uint64_t content) {
        return extent == 16 + (content + 7) / 8 * 8;
    }

    bool value(uint64_t limit, uint32_t key, int depth) {
        postil_node_t head;
        uint64_t extent;
        if (!node(limit, &head, &extent) || head.key != key ||
            (head.flags == 1) != (head.kind >= POSTIL_KIND_NUMBER_TEXT)) {
            return false;
        }
        const uint8_t *content = bytes_ + at_ + 16;
        uint64_t length = head.length;
        double number;
        switch (head.kind) {
        case POSTIL_KIND_NULL:
        case POSTIL_KIND_I64:
        case POSTIL_KIND_U64:
            break;
        case POSTIL_KIND_BOOL:
            if (head.payload > 1) {
                return false;
            }
            break;
        case POSTIL_KIND_F64:
            std::memcpy(&number, &head.payload, sizeof number);
            if (!std::isfinite(number)) {
                return false;
            }
            break;
        case POSTIL_KIND_NUMBER_TEXT:
            if (!is_whole(extent, 8 + length) || !is_number(content + 8, length)) {
                return false;
            }
            break;
        case POSTIL_KIND_STRING:
            if (!is_whole(extent, length) || !is_utf8(content, length)) {
                return false;
            }
            break;
        case POSTIL_KIND_BYTES:
            if (!is_whole(extent, length)) {
                return false;
            }
            break;
        case POSTIL_KIND_I64_ARRAY:
            if (!is_whole(extent, 8 * length)) {
                return false;
            }
            break;
        case POSTIL_KIND_F64_ARRAY:
        case POSTIL_KIND_POINT_ARRAY: {
            uint64_t doubles = head.kind == POSTIL_KIND_F64_ARRAY ? length : 2 * length;
            if (!is_whole(extent, 8 * doubles) || !are_finite(content, doubles)) {
                return false;
            }
            break;
        }
        case POSTIL_KIND_ARRAY:
        case POSTIL_KIND_OBJECT:
            return depth < POSTIL_VALUE_DEPTH_MAX &&
                   children(at_ + extent, length, head.kind == POSTIL_KIND_OBJECT, depth + 1);
        default:
            return false; // Blobs come from no plugin.
        }
        at_ += extent;
        return true;
    }

    bool children(uint64_t end, uint64_t count, bool is_object, int depth) {
        at_ += 16;
        for (uint64_t i = 0; i < count; i++) {
            if (at_ >= end || (is_object && !name(end)) ||
                !value(end, is_object ? POSTIL_KEY_ESCAPE : POSTIL_KEY_NONE, depth)) {
                return false;
            }
        }
        return at_ == end;
    }

    bool name(uint64_t limit) {
        postil_node_t head;
        uint64_t extent;
        if (!node(limit, &head, &extent) || head.flags != 1 || head.kind != POSTIL_KIND_NAME ||
            head.key != POSTIL_KEY_NONE || !is_whole(extent, head.length) ||
            !is_utf8(bytes_ + at_ + 16, head.length)) {
            return false;
        }
        at_ += extent;
        return true;
    }

    static bool are_finite(const uint8_t *at, uint64_t count) {
        for (uint64_t i = 0; i < count; i++) {
            double number;
            std::memcpy(&number, at + 8 * i, sizeof number);
            if (!std::isfinite(number)) {
                return false;
            }
        }
        return true;
    }

    /// RFC 3629, by the code points.
    static bool is_utf8(const uint8_t *at, uint64_t count) {
        for (uint64_t i = 0; i < count;) {
            uint32_t first = at[i];
            int more = first < 0x80             ? 0
                       : (first & 0xE0) == 0xC0 ? 1
                       : (first & 0xF0) == 0xE0 ? 2
                       : (first & 0xF8) == 0xF0 ? 3
                                                : -1;
            if (more < 0 || uint64_t(more) >= count - i) {
                return false;
            }
            uint32_t point = more == 0 ? first : first & (0x3F >> more);
            for (int k = 1; k <= more; k++) {
                if ((at[i + k] & 0xC0) != 0x80) {
                    return false;
                }
                point = point << 6 | (at[i + k] & 0x3F);
            }
            static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
            if (point < least[more] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
                return false;
            }
            i += 1 + more;
        }
        return true;
    }

    /// RFC 8259: an optional sign, an integer without leading zeros, fraction, exponent.
    static bool is_number(const uint8_t *bytes, uint64_t count) {
        std::string_view text(reinterpret_cast<const char *>(bytes), count);
        auto digits = [&text] {
            size_t n = 0;
            while (n < text.size() && text[n] >= '0' && text[n] <= '9') {
                n++;
            }
            text.remove_prefix(n);
            return n;
        };
        if (!text.empty() && text[0] == '-') {
            text.remove_prefix(1);
        }
        bool starts_with_zero = !text.empty() && text[0] == '0';
        size_t whole = digits();
        if (whole == 0 || (starts_with_zero && whole > 1)) {
            return false;
        }
        if (!text.empty() && text[0] == '.') {
            text.remove_prefix(1);
            if (digits() == 0) {
                return false;
            }
        }
        if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
            text.remove_prefix(1);
            if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
                text.remove_prefix(1);
            }
            if (digits() == 0) {
                return false;
            }
        }
        return text.empty();
    }
};

} // namespace fuzz
