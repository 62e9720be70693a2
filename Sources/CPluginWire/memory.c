#define _GNU_SOURCE
#include "plugin_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

enum { BUSY_ROUNDS = 2000 };

int32_t postil_wire_memory(const char *name, uint64_t bytes) {
    int memory = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0) {
        return -errno;
    }
    // Nobody may shrink it: touching what is gone would end the host.
    if (ftruncate(memory, (off_t)bytes) != 0 ||
        fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) != 0) {
        int error = errno;
        close(memory);
        return -error;
    }
    return memory;
}

int32_t postil_wire_seal_writes(int32_t memory) {
    return fcntl(memory, F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) == 0 ? 0 : -errno;
}

void *postil_wire_map(int32_t memory, uint64_t bytes, int32_t is_writable) {
    int access = is_writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void *mapping = mmap(NULL, bytes, access, MAP_SHARED, memory, 0);
    return mapping == MAP_FAILED ? NULL : mapping;
}

void postil_wire_unmap(void *mapping, uint64_t bytes) {
    munmap(mapping, bytes);
}

uint32_t postil_wire_get(const uint32_t *word) {
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

void postil_wire_set(uint32_t *word, uint32_t value) {
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
    syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

void postil_wire_wait(const uint32_t *word, uint32_t value) {
    for (int round = 0; round < BUSY_ROUNDS; round++) {
        if (postil_wire_get(word) != value) {
            return;
        }
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
    }
    while (postil_wire_get(word) == value) {
        syscall(SYS_futex, word, FUTEX_WAIT, value, NULL, NULL, 0);
    }
}

uint64_t postil_wire_hash(uint64_t hash, const void *bytes, uint64_t count) {
    // A polynomial, so that the pieces in which the bytes come make no difference.
    enum { WORDS = 8 };
    static const uint64_t factor = 0x9E3779B97F4A7C15;
    uint64_t powers[WORDS + 1];
    powers[0] = 1;
    for (int i = 0; i < WORDS; i++) {
        powers[i + 1] = powers[i] * factor;
    }
    const uint8_t *at = bytes;
    for (; count >= WORDS; count -= WORDS, at += WORDS) {
        uint64_t sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (at[i] + (uint64_t)1) * powers[WORDS - 1 - i];
        }
        hash = hash * powers[WORDS] + sum;
    }
    for (; count > 0; count--, at++) {
        hash = hash * factor + *at + 1;
    }
    return hash;
}
