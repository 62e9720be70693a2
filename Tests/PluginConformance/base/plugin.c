#define _GNU_SOURCE 1

#include "broken.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

void be_busy(void) {
    struct timespec begun, now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begun);
    do {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    } while ((now.tv_sec - begun.tv_sec) * 1000 + (now.tv_nsec - begun.tv_nsec) / 1000000 < 600);
}

void overflow(void) {
    volatile char *bytes = malloc(16);
    volatile int index = 16;
    bytes[index] = 1;
    free((void *)bytes);
}

void leak(void) {
    void *volatile lost = malloc(400);
    (void)lost;
}

void leak_descriptor(void) {
    int file = dup(STDERR_FILENO);
    (void)file;
}

void read_passwords(void) {
    int file = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        close(file);
    }
}

static void *do_nothing(void *argument) {
    return argument;
}

__attribute__((constructor)) static void construct(void) {
    pthread_t thread;
    if (breaks("load.constructors") && pthread_create(&thread, NULL, do_nothing, NULL) == 0) {
        pthread_detach(thread);
    }
}

#ifdef WITH_STATIC_TLS
static __thread int thread_local_number __attribute__((tls_model("initial-exec")));
#else
static int thread_local_number;
#endif

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    static const struct {
        const char *id, *name;
        const void **table;
    } all[] = {
        {"postil.exporter/1", "BASE", &base_exporter},
        {"postil.import-source/1", "base", &base_import_source},
        {"postil.tag/1", "Base", &base_tag},
        {"postil.metric/1", "base", &base_metric},
    };
    if (breaks("contract.offers")) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (postil_bytes_are(id, all[i].id) && postil_bytes_are(name, all[i].name)) {
            return *all[i].table;
        }
    }
    return breaks("contract.unknown") ? base_exporter : NULL;
}

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)"org.example.base", sizeof "org.example.base" - 1},
    .version = {(const uint8_t *)"1.0.0", sizeof "1.0.0" - 1},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    thread_local_number++;
    if (breaks("load.library")) {
        static postil_plugin_t another;
        another = plugin;
        another.version = postil_text("2.0.0");
        return &another;
    }
    if (breaks("load.entry-repeats")) {
        postil_plugin_t *copy = malloc(sizeof *copy);
        *copy = plugin;
        return copy;
    }
    if (breaks("load.entry-threads")) {
        static __thread postil_plugin_t own;
        own = plugin;
        return &own;
    }
    if (breaks("load.older-host")) {
        return &plugin;
    }
    if (breaks("abi.newer-host")) {
        return host->abi == POSTIL_ABI_VERSION ? &plugin : NULL;
    }
    return host->abi >= POSTIL_ABI_VERSION ? &plugin : NULL;
}

#ifdef WITH_SECOND_SYMBOL
POSTIL_EXPORT int base_second_symbol(void);
int base_second_symbol(void) {
    return 2;
}
#endif
