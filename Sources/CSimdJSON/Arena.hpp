// A growing arena, and what must hold of the objects in it.
#pragma once

#include "Keys.hpp"

struct postil_arena {
    postil_builder_t builder{};

    // The builder is lent to plugins; what counts is what stands here.
    uint8_t *memory = nullptr;
    uint64_t capacity = 0;
    uint32_t root_capacity = 1;
    uint64_t byte_limit = 0;
    uint32_t announced = 1; // names below this key stood in an earlier batch

    postil_arena(uint32_t root_capacity, uint64_t byte_target, uint64_t byte_limit);
    ~postil_arena();
    postil_arena(const postil_arena &) = delete;
    postil_arena &operator=(const postil_arena &) = delete;
};

namespace postil {

/// A refusal for the state that a builder is in; none if it is well.
Failure builder_failure(const postil_builder_t &builder);

/// Remembers where an arena stands, to take back a root that turns out bad.
class Rollback {
public:
    explicit Rollback(postil_builder_t &builder) : builder_(builder), saved_(builder) {}
    void undo() {
        uint8_t *arena = builder_.arena;
        uint64_t capacity = builder_.capacity;
        builder_ = saved_;
        builder_.arena = arena;
        builder_.capacity = capacity;
    }

private:
    postil_builder_t &builder_;
    postil_builder_t saved_;
};

/// Sets the key of the next member, interned where there is room.
void build_name(postil_builder_t *builder, postil_key_table &keys, const uint8_t *name,
                uint64_t count);

/// Watches the members of one open object for names that come twice.
///
/// A set of 64 bits says at no cost that all names differ; only if it cannot, the object is
/// looked at again.
class NameWatch {
public:
    void note(uint32_t key) {
        uint64_t bit = uint64_t(1) << (key & 63);
        suspect_ = suspect_ || (seen_ & bit) != 0;
        seen_ |= bit;
    }

    /// Keeps the last of each name in the object at `object`, as Python and JavaScript do. All its
    /// members are there, its `length` counts them, and nothing stands behind it yet.
    void settle(postil_builder_t &builder, uint64_t object) const {
        if (suspect_) {
            drop_shadowed(builder, object);
        }
    }

private:
    uint64_t seen_ = 0;
    bool suspect_ = false;

    static void drop_shadowed(postil_builder_t &builder, uint64_t object);
};

} // namespace postil
