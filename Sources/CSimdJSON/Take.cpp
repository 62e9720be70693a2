#include "Number.hpp"
#include "Tree.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <simdjson.h>

namespace postil {
namespace {

/// Reads an arena that may be wrong in every way, and may change while it is read.
class Source {
public:
    Source(const uint8_t *bytes, uint64_t count) : bytes_(bytes), count_(count) {}

    uint64_t count() const { return count_; }
    const uint8_t *at(uint64_t offset) const { return bytes_ + offset; }

    bool holds(uint64_t offset, uint64_t length) const {
        return offset <= count_ && length <= count_ - offset;
    }

    /// Copies a structure; the copy is what is looked at. The caller has checked the bounds.
    template <class T> T read(uint64_t offset) const {
        T value;
        std::memcpy(&value, bytes_ + offset, sizeof value);
        return value;
    }

private:
    const uint8_t *bytes_;
    uint64_t count_;
};

bool all_finite(const uint8_t *bytes, uint64_t count) {
    for (uint64_t i = 0; i < count; i += sizeof(double)) {
        double value;
        std::memcpy(&value, bytes + i, sizeof value);
        if (!std::isfinite(value)) {
            return false;
        }
    }
    return true;
}

bool is_utf8(const uint8_t *bytes, uint64_t count) {
    return simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count);
}

/// Copies one tree.
class Copier {
public:
    Copier(const Source &source, postil_builder_t &builder, postil_key_table &keys)
        : source_(source), builder_(builder), keys_(keys) {}

    /// Copies the value at `offset`. On success `offset` is where it ends.
    Failure copy(uint64_t *offset) {
        at_ = *offset;
        bool sound = value(source_.count());
        while (sound && depth_ > 0) {
            sound = at_ == frames_[depth_ - 1].end ? end() : child();
        }
        *offset = at_;
        return failure_;
    }

private:
    struct Frame {
        uint64_t end;
        uint32_t expected;
        uint32_t count;
        bool is_object;
        NameWatch watch;
    };

    const Source &source_;
    postil_builder_t &builder_;
    postil_key_table &keys_;
    std::array<Frame, POSTIL_VALUE_DEPTH_MAX> frames_;
    uint32_t depth_ = 0;
    uint64_t at_ = 0;
    std::vector<uint8_t> scratch_;
    Failure failure_;

    bool refuse(int32_t code) {
        failure_ = Failure(code, at_);
        return false;
    }
    bool malformed() { return refuse(POSTIL_TREE_MALFORMED); }

    bool done(uint64_t extent) {
        failure_ = builder_failure(builder_);
        failure_.offset = at_;
        at_ += extent;
        return !failure_;
    }

    bool child() {
        Frame &frame = frames_[depth_ - 1];
        frame.count++;
        return (!frame.is_object || name(frame)) && value(frame.end);
    }

    bool end() {
        Frame &frame = frames_[--depth_];
        if (frame.count != frame.expected) {
            return malformed();
        }
        if (frame.is_object) {
            frame.watch.settle(builder_, builder_.open);
        }
        postil_build_end(&builder_);
        return done(0);
    }

    /// Reads a node that must end at or before `limit`.
    bool read(uint64_t limit, postil_node_t *node, uint64_t *extent) {
        if (limit - at_ < sizeof *node) {
            return malformed();
        }
        *node = source_.read<postil_node_t>(at_);
        *extent = sizeof *node;
        if (node->flags & POSTIL_NODE_EXTENT) {
            *extent = node->payload;
        }
        bool sound = (node->flags & ~POSTIL_NODE_EXTENT) == 0 && *extent >= sizeof *node &&
                     *extent % 8 == 0 && *extent <= limit - at_;
        return sound || malformed();
    }

    bool name(Frame &frame) {
        postil_node_t node;
        uint64_t extent;
        if (!read(frame.end, &node, &extent)) {
            return false;
        }
        if (node.kind != POSTIL_KIND_NAME || node.key != POSTIL_KEY_NONE ||
            !holds_exactly(node, extent, node.length)) {
            return malformed();
        }
        scratch(at_ + sizeof node, node.length);
        if (!is_utf8(scratch_.data(), node.length)) {
            return refuse(POSTIL_TREE_NOT_UTF8);
        }
        build_name(&builder_, keys_, scratch_.data(), node.length);
        frame.watch.note(builder_.pending_key);
        return done(extent);
    }

    bool value(uint64_t limit) {
        postil_node_t node;
        uint64_t extent;
        if (!read(limit, &node, &extent)) {
            return false;
        }
        bool is_member = depth_ > 0 && frames_[depth_ - 1].is_object;
        if (node.key != (is_member ? POSTIL_KEY_ESCAPE : POSTIL_KEY_NONE)) {
            return malformed();
        }
        bool has_extent = node.flags != 0;
        if (has_extent != (node.kind >= POSTIL_KIND_NUMBER_TEXT)) {
            return malformed();
        }
        return has_extent ? content(node, extent) : scalar(node, extent);
    }

    bool scalar(const postil_node_t &node, uint64_t extent) {
        double number;
        switch (node.kind) {
        case POSTIL_KIND_NULL:
            postil_build_null(&builder_);
            return done(extent);
        case POSTIL_KIND_BOOL:
            if (node.payload > 1) {
                return malformed();
            }
            postil_build_bool(&builder_, node.payload == 1);
            return done(extent);
        case POSTIL_KIND_I64:
            postil_build_int64(&builder_, static_cast<int64_t>(node.payload));
            return done(extent);
        case POSTIL_KIND_U64:
            postil_build_uint64(&builder_, node.payload);
            return done(extent);
        case POSTIL_KIND_F64:
            std::memcpy(&number, &node.payload, sizeof number);
            if (!std::isfinite(number)) {
                return refuse(POSTIL_TREE_NUMBER);
            }
            postil_build_double(&builder_, number);
            return done(extent);
        default:
            return malformed();
        }
    }

    bool content(const postil_node_t &node, uint64_t extent) {
        switch (node.kind) {
        case POSTIL_KIND_ARRAY:
        case POSTIL_KIND_OBJECT:
            return container(node, extent);
        case POSTIL_KIND_NUMBER_TEXT:
            return number_text(node, extent);
        case POSTIL_KIND_STRING:
        case POSTIL_KIND_BYTES:
            return bytes(node, extent, node.length);
        case POSTIL_KIND_F64_ARRAY:
        case POSTIL_KIND_I64_ARRAY:
            return bytes(node, extent, uint64_t(node.length) * 8);
        case POSTIL_KIND_POINT_ARRAY:
            return bytes(node, extent, uint64_t(node.length) * 16);
        default:
            return malformed();
        }
    }

    bool container(const postil_node_t &node, uint64_t extent) {
        bool is_object = node.kind == POSTIL_KIND_OBJECT;
        if (depth_ == frames_.size()) {
            return refuse(POSTIL_JSON_TOO_DEEP);
        }
        frames_[depth_++] = Frame{at_ + extent, node.length, 0, is_object, NameWatch()};
        if (is_object) {
            postil_build_object(&builder_);
        } else {
            postil_build_array(&builder_);
        }
        return done(sizeof node);
    }

    bool number_text(const postil_node_t &node, uint64_t extent) {
        if (!holds_exactly(node, extent, sizeof(double) + uint64_t(node.length))) {
            return malformed();
        }
        scratch(at_ + sizeof node + sizeof(double), node.length);
        postil_json_number_t number = postil_json_number_parse(scratch_.data(), node.length);
        if (number.kind == POSTIL_KIND_MISSING) {
            return refuse(POSTIL_TREE_NUMBER);
        }
        if (number.kind == POSTIL_KIND_NUMBER_TEXT) {
            postil_bytes_t text = {scratch_.data(), node.length};
            postil_build_number_text(&builder_, text, number.nearest);
        } else {
            postil_build_node(&builder_, static_cast<uint8_t>(number.kind), 0, 0, 0,
                              number.payload);
        }
        return done(extent);
    }

    /// Copies content first and judges the copy.
    bool bytes(const postil_node_t &node, uint64_t extent, uint64_t size) {
        if (!holds_exactly(node, extent, size)) {
            return malformed();
        }
        const uint8_t *from = source_.at(at_ + sizeof node);
        uint64_t copied = builder_.used + sizeof node;
        postil_build_content(&builder_, node.kind, node.length, from, size);
        if (builder_.status == POSTIL_OK) {
            const uint8_t *copy = builder_.arena + copied;
            if (node.kind == POSTIL_KIND_STRING && !is_utf8(copy, size)) {
                return refuse(POSTIL_TREE_NOT_UTF8);
            }
            bool is_double =
                node.kind == POSTIL_KIND_F64_ARRAY || node.kind == POSTIL_KIND_POINT_ARRAY;
            if (is_double && !all_finite(copy, size)) {
                return refuse(POSTIL_TREE_NUMBER);
            }
        }
        return done(extent);
    }

    static bool holds_exactly(const postil_node_t &node, uint64_t extent, uint64_t size) {
        return (node.flags & POSTIL_NODE_EXTENT) && extent == postil_padded(sizeof node + size);
    }

    void scratch(uint64_t offset, uint64_t count) {
        scratch_.resize(count + 1);
        std::memcpy(scratch_.data(), source_.at(offset), count);
    }
};

/// Takes the roots of an arena over, one by one.
class Taker {
public:
    Taker(const Source &source, postil_arena &target, postil_key_table &keys)
        : source_(source), target_(target), keys_(keys) {}

    Failure take() {
        if (source_.count() < sizeof(postil_arena_header_t)) {
            return Failure(POSTIL_TREE_MALFORMED, 0);
        }
        auto header = source_.read<postil_arena_header_t>(0);
        uint64_t table = uint64_t(header.root_count) * header.root_size;
        if (header.magic != POSTIL_ARENA_MAGIC || header.layout != POSTIL_ARENA_LAYOUT ||
            header.header_size < sizeof header || header.byte_count > source_.count() ||
            header.root_size < sizeof(postil_root_t) || header.root_size % 8 != 0 ||
            header.roots_offset < sizeof header || !source_.holds(header.roots_offset, table)) {
            return Failure(POSTIL_TREE_MALFORMED, 0);
        }
        free_from_ = header.roots_offset + table;
        Failure failure;
        for (uint32_t i = 0; i < header.root_count && !failure; i++) {
            uint64_t offset = header.roots_offset + uint64_t(i) * header.root_size;
            failure = root(source_.read<postil_root_t>(offset), offset);
            failure.root = i;
        }
        return failure;
    }

private:
    const Source &source_;
    postil_arena &target_;
    postil_key_table &keys_;
    uint64_t free_from_ = 0; // nothing may begin before: no byte is used twice

    Failure root(const postil_root_t &root, uint64_t offset) {
        postil_builder_t &builder = target_.builder;
        bool has_text = root.text_offset != 0;
        if (has_text == (root.node_offset != 0)) {
            return Failure(POSTIL_TREE_MALFORMED, offset);
        }
        postil_build_root(&builder, &root);
        Failure failure = has_text ? text(root, offset) : tree(root, offset);
        if (!failure) {
            postil_build_root_end(&builder);
            failure = builder_failure(builder);
        }
        return failure;
    }

    /// Copies the text and parses the copy.
    Failure text(const postil_root_t &root, uint64_t offset) {
        postil_builder_t &builder = target_.builder;
        if (root.text_offset < free_from_ || !source_.holds(root.text_offset, root.text_length) ||
            root.text_length == 0) {
            return Failure(POSTIL_TREE_MALFORMED, offset);
        }
        free_from_ = root.text_offset + root.text_length;
        uint64_t copied = builder.used;
        postil_build_root_text(&builder,
                               postil_bytes_t{source_.at(root.text_offset), root.text_length});
        if (builder.status != POSTIL_OK) {
            return builder_failure(builder);
        }
        return append_json(builder, keys_, builder.arena + copied, root.text_length);
    }

    Failure tree(const postil_root_t &root, uint64_t offset) {
        if (root.node_offset < free_from_ || root.node_offset % 8 != 0 ||
            root.node_offset > source_.count()) {
            return Failure(POSTIL_TREE_MALFORMED, offset);
        }
        free_from_ = root.node_offset;
        return Copier(source_, target_.builder, keys_).copy(&free_from_);
    }
};

int32_t take(postil_arena &arena, postil_key_table &keys, const Source &source,
             postil_json_error_t *error) {
    Rollback rollback(arena.builder);
    Failure failure = Taker(source, arena, keys).take();
    if (failure) {
        rollback.undo();
    }
    return report(failure, nullptr, 0, error);
}

} // namespace
} // namespace postil

int32_t postil_arena_take(postil_arena_t *arena, postil_key_table_t *keys,
                          const postil_arena_t *source, postil_json_error_t *error) {
    return postil::guarded(error, [&] {
        postil::Failure failure = postil::builder_failure(source->builder);
        if (!failure && (!source->memory || source->builder.used > source->capacity)) {
            failure = postil::Failure(POSTIL_TREE_MALFORMED, 0);
        }
        if (failure) {
            return postil::report(failure, nullptr, 0, error);
        }
        return postil::take(*arena, *keys, postil::Source(source->memory, source->builder.used),
                            error);
    });
}

int32_t postil_arena_take_bytes(postil_arena_t *arena, postil_key_table_t *keys,
                                const uint8_t *source, uint64_t source_size,
                                postil_json_error_t *error) {
    return postil::guarded(error, [&] {
        return postil::take(*arena, *keys, postil::Source(source, source_size), error);
    });
}
