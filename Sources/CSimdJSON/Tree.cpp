#include "Tree.hpp"
#include "Grammar.hpp"
#include "Strings.hpp"

namespace postil {
namespace {

/// Builds nodes while the grammar walks.
///
/// The grammar guarantees an order that the builder of the plugin interface has to check at each
/// step. So only the first value, which becomes a part of what is there, goes through the builder;
/// what is inside it is written directly.
class TreeSink {
public:
    int32_t code = POSTIL_JSON_OK;

    TreeSink(const Structure &structure, postil_builder_t &builder, postil_key_table &keys)
        : structure_(structure), builder_(builder), keys_(keys),
          has_escapes_(std::memchr(structure.text(), '\\', structure.count()) != nullptr) {
        opened_.reserve(16);
    }

    bool begin(uint32_t, bool is_object) {
        uint64_t offset = builder_.used;
        if (!append(is_object ? POSTIL_KIND_OBJECT : POSTIL_KIND_ARRAY, POSTIL_NODE_EXTENT, 0)) {
            return false;
        }
        opened_.push_back(Opened{offset, 0, NameWatch()});
        return true;
    }

    bool end(uint32_t, uint32_t, bool is_object) {
        Opened opened = opened_.back();
        opened_.pop_back();
        at(opened.offset)->length = opened.count;
        if (is_object) {
            opened.watch.settle(builder_, opened.offset);
        }
        at(opened.offset)->payload = builder_.used - opened.offset;
        return true;
    }

    bool name(uint32_t start, uint32_t end) {
        const uint8_t *name = structure_.text() + start + 1;
        uint64_t count = end - start - 2;
        if (has_escapes_ && std::memchr(name, '\\', count)) {
            unescaped_.resize(count + simdjson::SIMDJSON_PADDING);
            const uint8_t *stop = structure_.unescape(name, unescaped_.data());
            if (!stop) {
                return refuse(POSTIL_JSON_ESCAPE);
            }
            name = unescaped_.data();
            count = static_cast<uint64_t>(stop - name);
        }
        // Objects of one kind come one after the other, so the name that followed last time is
        // likely the one that follows now.
        key_ = keys_.following(last_key_, name, count);
        if (key_ == POSTIL_KEY_NONE && !look_up(name, count)) {
            return false;
        }
        last_key_ = key_;
        opened_.back().watch.note(key_);
        return true;
    }

    bool string(uint32_t start, uint32_t end) {
        const uint8_t *inside = structure_.text() + start + 1;
        uint64_t count = end - start - 2;
        if (has_escapes_ && std::memchr(inside, '\\', count)) {
            return escaped_string(inside, count);
        }
        postil_node_t *node = append(POSTIL_KIND_STRING, POSTIL_NODE_EXTENT, count);
        if (!node) {
            return false;
        }
        node->length = static_cast<uint32_t>(count);
        copy_words(reinterpret_cast<uint8_t *>(node + 1), inside, count);
        return true;
    }

    bool number(const NumberText &text, uint32_t start, uint32_t end) {
        postil_json_number_t number = number_value(text);
        if (number.kind == POSTIL_KIND_NUMBER_TEXT) {
            return number_text(number.nearest, text.start, end - start);
        }
        return scalar(static_cast<uint8_t>(number.kind), number.payload);
    }

    bool literal(uint32_t, char first) {
        return first == 'n' ? scalar(POSTIL_KIND_NULL, 0) : scalar(POSTIL_KIND_BOOL, first == 't');
    }

private:
    struct Opened {
        uint64_t offset;
        uint32_t count;
        NameWatch watch;
    };

    const Structure &structure_;
    postil_builder_t &builder_;
    postil_key_table &keys_;
    bool has_escapes_;
    uint32_t key_ = POSTIL_KEY_NONE;
    uint32_t last_key_ = POSTIL_KEY_NONE;
    std::vector<Opened> opened_;
    std::vector<uint8_t> unescaped_;

    postil_node_t *at(uint64_t offset) { return postil_build_node_at(&builder_, offset); }

    bool refuse(int32_t why) {
        code = why;
        return false;
    }

    /// Takes memory for a node and its content.
    postil_node_t *take(uint64_t size) {
        uint64_t offset = builder_.used;
        if (size <= builder_.capacity - offset && size <= builder_.byte_limit - offset) {
            builder_.used = offset + size;
        } else if (!postil_build_reserve(&builder_, size)) {
            refuse(builder_failure(builder_).code);
            return nullptr;
        }
        return at(offset);
    }

    /// Appends a node with room for `content` bytes; an extent is filled in, the length is not.
    postil_node_t *append(uint8_t kind, uint8_t flags, uint64_t content) {
        if (opened_.empty()) {
            postil_node_t *first = postil_build_node(&builder_, kind, flags, 0, content, 0);
            if (!first) {
                refuse(builder_failure(builder_).code);
            }
            return first;
        }
        uint64_t size = postil_padded(sizeof(postil_node_t) + content);
        postil_node_t *node = take(size);
        if (node) {
            *node = postil_node_t{kind, flags, static_cast<uint16_t>(key_), 0, size};
            key_ = POSTIL_KEY_NONE;
            opened_.back().count++;
        }
        return node;
    }

    /// Unescapes a string in place, which takes at most as much as the text has and the width of a
    /// vector more. What is left over is given back.
    bool escaped_string(const uint8_t *inside, uint64_t count) {
        uint64_t offset = builder_.used;
        uint64_t room = count + simdjson::SIMDJSON_PADDING;
        postil_node_t *node = append(POSTIL_KIND_STRING, POSTIL_NODE_EXTENT, room);
        if (!node) {
            return false;
        }
        auto *content = reinterpret_cast<uint8_t *>(node + 1);
        uint8_t *stop = structure_.unescape(inside, content);
        if (!stop) {
            return refuse(POSTIL_JSON_ESCAPE);
        }
        std::memset(stop, 0, 8);
        node->length = static_cast<uint32_t>(stop - content);
        node->payload = postil_padded(sizeof *node + node->length);
        builder_.used = offset + node->payload;
        return true;
    }

    /// Copies whole words and clears what is behind the last byte. Most strings are short, and the
    /// text is readable beyond its end.
    static void copy_words(uint8_t *to, const uint8_t *from, uint64_t count) {
        if (count > 64) {
            std::memset(to + postil_padded(count) - 8, 0, 8);
            std::memcpy(to, from, count);
            return;
        }
        for (uint64_t at = 0; at < count; at += 8) {
            uint64_t word;
            std::memcpy(&word, from + at, 8);
            uint64_t rest = count - at;
            word &= rest < 8 ? (uint64_t(1) << (8 * rest)) - 1 : ~uint64_t(0);
            std::memcpy(to + at, &word, 8);
        }
    }

    bool scalar(uint8_t kind, uint64_t payload) {
        postil_node_t *node = append(kind, 0, 0);
        if (node) {
            node->payload = payload;
        }
        return node != nullptr;
    }

    bool number_text(double nearest, const uint8_t *text, uint32_t count) {
        postil_node_t *node =
            append(POSTIL_KIND_NUMBER_TEXT, POSTIL_NODE_EXTENT, sizeof nearest + count);
        if (node) {
            auto *content = reinterpret_cast<uint8_t *>(node + 1);
            std::memset(content, 0, node->payload - sizeof *node);
            std::memcpy(content, &nearest, sizeof nearest);
            std::memcpy(content + sizeof nearest, text, count);
            node->length = count;
        }
        return node != nullptr;
    }

    /// Interns a name, or writes it before its member. Sets `key_`.
    bool look_up(const uint8_t *name, uint64_t count) {
        key_ = keys_.intern(name, count);
        if (key_ != POSTIL_KEY_NONE) {
            keys_.set_following(last_key_, key_);
            return true;
        }
        uint64_t size = postil_padded(sizeof(postil_node_t) + count);
        postil_node_t *node = take(size);
        if (node) {
            *node = postil_node_t{POSTIL_KIND_NAME, POSTIL_NODE_EXTENT, POSTIL_KEY_NONE,
                                  static_cast<uint32_t>(count), size};
            auto *content = reinterpret_cast<uint8_t *>(node + 1);
            std::memset(content, 0, size - sizeof *node);
            std::memcpy(content, name, count);
            key_ = POSTIL_KEY_ESCAPE;
        }
        return node != nullptr;
    }
};

} // namespace

Failure append_json(postil_builder_t &builder, postil_key_table &keys, const uint8_t *json,
                    uint64_t count) {
    Structure &structure = Structure::mine();
    Failure failure = structure.scan(json, count);
    if (!failure) {
        TreeSink sink(structure, builder, keys);
        failure = Grammar<TreeSink>(structure, sink, builder.depth).walk();
        if (failure.code == POSTIL_JSON_ESCAPE) {
            failure.offset = first_bad_escape(structure.text(), count);
        }
    }
    structure.trim();
    return failure;
}

} // namespace postil

int32_t postil_arena_append_json(postil_arena_t *arena, postil_key_table_t *keys,
                                 const uint8_t *json, uint64_t count, postil_json_error_t *error) {
    return postil::guarded(error, [&] {
        postil::Failure failure = postil::append_json(arena->builder, *keys, json, count);
        return postil::report(failure, json, count, error);
    });
}
