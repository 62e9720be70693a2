// Faults as C++ makes them.
#include "fault.h"

#include <cassert>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

volatile int zero = 0;

struct Shape {
    virtual ~Shape() = default;
    virtual int area() const { return 1; }
};

int overflow_stack(volatile int depth) {
    volatile char page[4096];
    page[0] = static_cast<char>(depth);
    return overflow_stack(depth + 1) + page[0];
}

int32_t overflow_heap() {
    volatile char *block = new char[24];
    for (int i = 24; i < 24 + 64; i++) {
        block[i] = static_cast<char>(0xFF);
    }
    delete[] new char[1 << 16];
    std::abort();
}

/// Calls a method of an object whose memory belongs to somebody else by now.
int32_t use_freed() {
    auto *shape = new Shape;
    Shape *volatile freed = shape;
    delete shape;
    auto *other = new std::uintptr_t[sizeof(Shape) / sizeof(std::uintptr_t)];
    other[0] = 0x41414141;
    return freed->area();
}

int32_t deadlock() {
    std::mutex lock;
    lock.lock();
    lock.lock();
    return 0;
}

int32_t sleep_for_ever() {
    for (;;) {
        std::this_thread::sleep_for(std::chrono::hours(1));
    }
}

int32_t bomb() {
    std::vector<std::thread> threads;
    try {
        for (;;) {
            threads.emplace_back(sleep_for_ever);
        }
    } catch (const std::system_error &) {
        for (auto &thread : threads) {
            thread.detach();
        }
        return 1;
    }
}

/// Throws when there is no more, and nobody catches it.
int32_t hog() {
    std::vector<std::unique_ptr<char[]>> blocks;
    for (;;) {
        blocks.emplace_back(new char[64 << 20]);
    }
}

int32_t leak() {
    while (dup(2) >= 0) {
    }
    return 1;
}

int32_t close_all() {
    for (int descriptor = 3; descriptor < 256; descriptor++) {
        close(descriptor);
    }
    return 0;
}

int32_t double_free() {
    char *block = new char[64];
    char *volatile again = block;
    delete[] block;
    delete[] again;
    return 0;
}

const std::map<std::string, std::function<int32_t()>> faults = {
    {"null_read", [] { return *reinterpret_cast<volatile int *>(std::uintptr_t(zero)); }},
    {"null_write", [] { return *reinterpret_cast<volatile int *>(std::uintptr_t(zero)) = 1; }},
    {"wild_jump",
     [] {
         reinterpret_cast<void (*)()>(std::uintptr_t(zero) + 0x1234567)();
         return 0;
     }},
    {"stack_overflow", [] { return overflow_stack(0); }},
    {"heap_overflow", overflow_heap},
    {"use_after_free", use_freed},
    {"double_free", double_free},
    {"abort", []() -> int32_t { std::abort(); }},
    {"assertion",
     [] {
         assert(zero == 1);
         return 0;
     }},
    {"division", [] { return getpid() / zero; }},
    {"throw", []() -> int32_t { throw std::runtime_error("nobody catches this"); }},
    {"trap", []() -> int32_t { __builtin_trap(); }},
    {"exit", []() -> int32_t { std::exit(0); }},
    {"quick_exit", []() -> int32_t { _exit(0); }},
    {"self_kill", [] { return kill(getpid(), SIGKILL); }},
    {"stop", [] { return std::raise(SIGSTOP); }},
    {"loop",
     [] {
         while (zero == 0) {
         }
         return 0;
     }},
    {"deadlock", deadlock},
    {"sleep", sleep_for_ever},
    {"memory_hog", hog},
    {"descriptor_leak", leak},
    {"close_descriptors", close_all},
    {"thread_bomb", bomb},
    {"fork", [] { return fork() < 0 ? 0 : 1; }},
    {"garbage", [] { return write(3, "This is no message of the wire.", 31) > 0 ? 0 : 1; }},
};

} // namespace

int32_t fault_now(const char *name) {
    auto found = faults.find(name);
    return found == faults.end() ? -1 : found->second();
}
