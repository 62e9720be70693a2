#include "Arena.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace postil {
namespace {

/// A member of the object that is being looked at, with its boxed name if it has one.
struct Member {
    uint64_t offset;
    uint64_t size;
    uint32_t key;
    std::string_view name;
    uint32_t index;
    bool is_shadowed;
};

std::vector<Member> members(const postil_builder_t &builder, uint64_t object) {
    std::vector<Member> found;
    uint64_t at = object + sizeof(postil_node_t);
    while (at < builder.used) {
        const auto *node = reinterpret_cast<const postil_node_t *>(builder.arena + at);
        Member member = {at, 0, 0, {}, static_cast<uint32_t>(found.size()), false};
        if (node->kind == POSTIL_KIND_NAME) {
            member.name = {reinterpret_cast<const char *>(node + 1), node->length};
            node = postil_node_after(node);
        }
        member.key = node->key;
        const auto *end = reinterpret_cast<const uint8_t *>(postil_node_after(node));
        member.size = static_cast<uint64_t>(end - builder.arena) - at;
        at += member.size;
        found.push_back(member);
    }
    return found;
}

/// Marks all but the last of each name. False if there is nothing to mark.
bool mark(std::vector<Member> &found) {
    std::vector<Member *> sorted;
    sorted.reserve(found.size());
    for (Member &member : found) {
        sorted.push_back(&member);
    }
    std::sort(sorted.begin(), sorted.end(), [](const Member *a, const Member *b) {
        return a->key != b->key     ? a->key < b->key
               : a->name != b->name ? a->name < b->name
                                    : a->index < b->index;
    });
    bool any = false;
    for (size_t i = 0; i + 1 < sorted.size(); i++) {
        bool same = sorted[i]->key == sorted[i + 1]->key && sorted[i]->name == sorted[i + 1]->name;
        sorted[i]->is_shadowed = same;
        any = any || same;
    }
    return any;
}

/// The cheap look first: in most objects that the set of 64 bits suspects all keys differ.
bool all_keys_differ(const postil_builder_t &builder, uint64_t object) {
    constexpr uint32_t most = 32;
    uint16_t keys[most];
    uint32_t count = 0;
    for (uint64_t at = object + sizeof(postil_node_t); at < builder.used;) {
        const auto *node = reinterpret_cast<const postil_node_t *>(builder.arena + at);
        if (count == most || node->kind == POSTIL_KIND_NAME ||
            std::find(keys, keys + count, node->key) != keys + count) {
            return false;
        }
        keys[count++] = node->key;
        at += (node->flags & POSTIL_NODE_EXTENT) ? node->payload : sizeof(postil_node_t);
    }
    return true;
}

} // namespace

void NameWatch::drop_shadowed(postil_builder_t &builder, uint64_t object) {
    if (builder.status != POSTIL_OK || all_keys_differ(builder, object)) {
        return;
    }
    std::vector<Member> found = members(builder, object);
    if (!mark(found)) {
        return;
    }
    // Everything inside a member is relative to itself, so members can be moved as bytes.
    uint64_t to = object + sizeof(postil_node_t);
    auto *node = reinterpret_cast<postil_node_t *>(builder.arena + object);
    for (const Member &member : found) {
        if (member.is_shadowed) {
            node->length--;
            continue;
        }
        std::memmove(builder.arena + to, builder.arena + member.offset, member.size);
        to += member.size;
    }
    builder.used = to;
}

} // namespace postil
