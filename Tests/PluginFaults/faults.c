// Faults as C makes them.
#define _GNU_SOURCE
#include "fault.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile int zero;

static int overflow_stack(volatile int depth) {
    volatile char page[4096];
    page[0] = (char)depth;
    return overflow_stack(depth + 1) + page[0];
}

/// Writes past the end of a block into what the allocator keeps there.
static void overflow_heap(void) {
    volatile char *block = malloc(24);
    for (int i = 24; i < 24 + 64; i++) {
        block[i] = (char)0xFF;
    }
    free(malloc(1 << 16));
    abort();
}

static void use_freed(void) {
    void **block = malloc(64);
    free(block);
    void *volatile *freed = block;
    freed[0] = (void *)0x41414141;
    for (int i = 0; i < 3; i++) {
        memset(malloc(64), 0, 64);
    }
    abort();
}

static void deadlock(void) {
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
}

static void *sleeper(void *unused) {
    for (;;) {
        pause();
    }
    return unused;
}

static int32_t bomb(void) {
    pthread_t thread;
    for (int i = 0; i < 100000; i++) {
        if (pthread_create(&thread, NULL, sleeper, NULL) != 0) {
            return 1;
        }
    }
    return 1;
}

static void hog(void) {
    for (;;) {
        volatile char *block = malloc(64 << 20);
        block[0] = 1;
    }
}

static int32_t leak(void) {
    while (dup(2) >= 0) {
    }
    return 1;
}

static int32_t memory_fault(const char *name) {
    if (strcmp(name, "null_read") == 0) {
        return *(volatile int *)(uintptr_t)zero;
    } else if (strcmp(name, "null_write") == 0) {
        *(volatile int *)(uintptr_t)zero = 1;
    } else if (strcmp(name, "wild_jump") == 0) {
        ((void (*)(void))(uintptr_t)(zero + 0x1234567))();
    } else if (strcmp(name, "stack_overflow") == 0) {
        return overflow_stack(0);
    } else if (strcmp(name, "heap_overflow") == 0) {
        overflow_heap();
    } else if (strcmp(name, "use_after_free") == 0) {
        use_freed();
    } else if (strcmp(name, "double_free") == 0) {
        void *volatile block = malloc(64);
        free(block);
        free(block);
    } else {
        return -1;
    }
    return 0;
}

static int32_t end_fault(const char *name) {
    if (strcmp(name, "abort") == 0) {
        abort();
    } else if (strcmp(name, "assertion") == 0) {
        assert(zero == 1);
    } else if (strcmp(name, "division") == 0) {
        return getpid() / zero;
    } else if (strcmp(name, "trap") == 0) {
        __builtin_trap();
    } else if (strcmp(name, "exit") == 0) {
        exit(0);
    } else if (strcmp(name, "quick_exit") == 0) {
        _exit(0);
    } else if (strcmp(name, "self_kill") == 0) {
        kill(getpid(), SIGKILL);
    } else {
        return -1;
    }
    return 0;
}

static int32_t wait_fault(const char *name) {
    if (strcmp(name, "stop") == 0) {
        raise(SIGSTOP);
    } else if (strcmp(name, "loop") == 0) {
        while (zero == 0) {
        }
    } else if (strcmp(name, "deadlock") == 0) {
        deadlock();
    } else if (strcmp(name, "sleep") == 0) {
        sleeper(NULL);
    } else {
        return -1;
    }
    return 0;
}

int32_t fault_now(const char *name) {
    if (strcmp(name, "memory_hog") == 0) {
        hog();
    } else if (strcmp(name, "descriptor_leak") == 0) {
        return leak();
    } else if (strcmp(name, "close_descriptors") == 0) {
        for (int descriptor = 3; descriptor < 256; descriptor++) {
            close(descriptor);
        }
        return 0;
    } else if (strcmp(name, "thread_bomb") == 0) {
        return bomb();
    } else if (strcmp(name, "fork") == 0) {
        return fork() < 0 ? 0 : 1;
    } else if (strcmp(name, "garbage") == 0) {
        return write(3, "This is no message of the wire.", 31) > 0 ? 0 : 1;
    }
    int32_t answers[] = {memory_fault(name), end_fault(name), wait_fault(name)};
    return answers[0] + answers[1] + answers[2] > -3 ? 0 : -1;
}
