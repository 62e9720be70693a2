// Numbers that a seed repeats on every machine.
#pragma once

#include <cstdint>

namespace fuzz {

class Random {
public:
    explicit Random(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}

    /// splitmix64, https://prng.di.unimi.it/splitmix64.c
    uint64_t next() {
        uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }

    /// 0 ..< `limit`, which is not 0.
    uint64_t below(uint64_t limit) { return next() % limit; }

    bool chance(uint64_t in) { return below(in) == 0; }

private:
    uint64_t state_;
};

} // namespace fuzz
