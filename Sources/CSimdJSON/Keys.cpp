#include "Keys.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <random>

namespace {

/// Longer names are data that someone uses as names; they are not worth a place.
constexpr uint64_t longest_name = 256;
constexpr size_t block_size = 8 * 1024;

/// Seeded, so that nobody can prepare names that fall into one slot.
uint64_t process_seed() {
    static const uint64_t seed = [] {
        std::random_device device;
        return (static_cast<uint64_t>(device()) << 32) | device();
    }();
    return seed;
}

uint64_t mix(uint64_t value) {
    value *= 0x9E3779B97F4A7C15;
    return value ^ (value >> 32);
}

} // namespace

void postil_key_table::FreeNames::operator()(postil_bytes_t *names) const {
    std::free(names);
}

postil_key_table::postil_key_table(uint32_t capacity)
    : capacity_(std::min<uint32_t>(capacity, POSTIL_KEY_LAST)), slots_(64), seed_(process_seed()) {
    // `calloc` leaves a large table unbacked until it is used.
    void *names = std::calloc(static_cast<size_t>(capacity_) + 1, sizeof(postil_bytes_t));
    if (!names) {
        throw std::bad_alloc();
    }
    names_.reset(static_cast<postil_bytes_t *>(names));
}

uint32_t postil_key_table::hash(const uint8_t *name, uint64_t count) const {
    uint64_t state = seed_ ^ count;
    while (count >= 8) {
        uint64_t word;
        std::memcpy(&word, name, 8);
        state = mix(state ^ word);
        name += 8;
        count -= 8;
    }
    uint64_t tail = 0;
    for (uint64_t i = 0; i < count; i++) {
        tail |= static_cast<uint64_t>(name[i]) << (8 * i);
    }
    return static_cast<uint32_t>(mix(mix(state ^ tail) ^ seed_));
}

uint32_t postil_key_table::intern(const uint8_t *name, uint64_t count) {
    if (count > longest_name) {
        return POSTIL_KEY_NONE;
    }
    uint32_t hashed = hash(name, count);
    size_t mask = slots_.size() - 1;
    size_t slot = hashed & mask;
    for (; slots_[slot].key != 0; slot = (slot + 1) & mask) {
        const postil_bytes_t &known = names_[slots_[slot].key];
        if (slots_[slot].hash == hashed && known.count == count &&
            (count == 0 || std::memcmp(known.bytes, name, count) == 0)) {
            return slots_[slot].key;
        }
    }
    if (count_ > capacity_) {
        return POSTIL_KEY_NONE;
    }
    if (count_ * 2 >= slots_.size()) {
        grow();
        return intern(name, count);
    }
    const uint8_t *kept = keep(name, count);
    names_[count_] = postil_bytes_t{kept, count};
    slots_[slot] = Slot{hashed, count_};
    return count_++;
}

const uint8_t *postil_key_table::keep(const uint8_t *name, uint64_t count) {
    // A word more than the name, for those who compare words.
    if (count + 8 > block_left_) {
        blocks_.push_back(std::make_unique<uint8_t[]>(block_size));
        block_at_ = blocks_.back().get();
        block_left_ = block_size;
    }
    uint8_t *kept = block_at_;
    if (count > 0) {
        std::memcpy(kept, name, count);
    }
    block_at_ += count;
    block_left_ -= count;
    return kept;
}

void postil_key_table::set_following(uint32_t previous, uint32_t key) {
    if (previous >= following_.size()) {
        following_.resize(static_cast<size_t>(count_) + 1);
    }
    if (previous < following_.size() && key <= POSTIL_KEY_LAST) {
        following_[previous] = static_cast<uint16_t>(key);
    }
}

void postil_key_table::grow() {
    std::vector<Slot> larger(slots_.size() * 2);
    size_t mask = larger.size() - 1;
    for (const Slot &slot : slots_) {
        if (slot.key != 0) {
            size_t at = slot.hash & mask;
            while (larger[at].key != 0) {
                at = (at + 1) & mask;
            }
            larger[at] = slot;
        }
    }
    slots_.swap(larger);
}

postil_key_table_t *postil_key_table_make(uint32_t capacity) {
    postil_key_table_t *keys = nullptr;
    postil::guarded(nullptr, [&] {
        keys = new postil_key_table(capacity);
        return POSTIL_JSON_OK;
    });
    return keys;
}

void postil_key_table_free(postil_key_table_t *keys) {
    delete keys;
}

uint32_t postil_key_table_intern(postil_key_table_t *keys, const uint8_t *name, uint64_t count) {
    uint32_t key = POSTIL_KEY_NONE;
    postil::guarded(nullptr, [&] {
        key = keys->intern(name, count);
        return POSTIL_JSON_OK;
    });
    return key;
}

const postil_bytes_t *postil_key_table_names(const postil_key_table_t *keys) {
    return keys->names();
}

uint32_t postil_key_table_count(const postil_key_table_t *keys) {
    return keys->count();
}
