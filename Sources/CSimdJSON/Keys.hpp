// Interned names.
#pragma once

#include "Failure.hpp"

#include <cstring>
#include <memory>
#include <vector>

/// Names by key, append-only. The table of names is allocated once, so that a batch may point at
/// it while the next one adds names.
struct postil_key_table {
public:
    explicit postil_key_table(uint32_t capacity);

    uint32_t intern(const uint8_t *name, uint64_t count);

    /// The key that followed `previous` the last time, if that is the one of `name`. `name` is
    /// readable for 8 bytes more than it has.
    uint32_t following(uint32_t previous, const uint8_t *name, uint64_t count) const {
        uint32_t key = previous < following_.size() ? following_[previous] : 0;
        return key != 0 && names_[key].count == count && same(names_[key].bytes, name, count)
                   ? key
                   : static_cast<uint32_t>(POSTIL_KEY_NONE);
    }
    void set_following(uint32_t previous, uint32_t key);

    const postil_bytes_t *names() const { return names_.get(); }
    uint32_t count() const { return count_; }

private:
    struct FreeNames {
        void operator()(postil_bytes_t *names) const;
    };
    struct Slot {
        uint32_t hash;
        uint32_t key; // 0: empty
    };

    uint32_t capacity_;
    uint32_t count_ = 1; // the key 0 has no name
    std::unique_ptr<postil_bytes_t[], FreeNames> names_;
    std::vector<std::unique_ptr<uint8_t[]>> blocks_;
    size_t block_left_ = 0;
    uint8_t *block_at_ = nullptr;
    std::vector<uint16_t> following_;
    std::vector<Slot> slots_; // a power of two, at most half full
    uint64_t seed_;

    /// Compares words; kept names and those of a text are readable a word further.
    static bool same(const uint8_t *a, const uint8_t *b, uint64_t count) {
        for (uint64_t at = 0; at < count; at += 8) {
            uint64_t left, right;
            std::memcpy(&left, a + at, 8);
            std::memcpy(&right, b + at, 8);
            uint64_t rest = count - at;
            uint64_t mask = rest < 8 ? (uint64_t(1) << (8 * rest)) - 1 : ~uint64_t(0);
            if ((left ^ right) & mask) {
                return false;
            }
        }
        return true;
    }

    uint32_t hash(const uint8_t *name, uint64_t count) const;
    const uint8_t *keep(const uint8_t *name, uint64_t count);
    void grow();
};
