// For gettid and friends.
#define _GNU_SOURCE 1

#include "worker.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { REPORT_DESCRIPTOR = 3, FLIGHT_DESCRIPTOR = 4, FLIGHT_BYTES = 4096, FINDINGS_MAX = 20 };

/// The first page of the flight descriptor; the orchestrator reads it.
typedef struct flight {
    char function[128];
    int64_t task_id;
} flight_t;

request_t request;

static flight_t nowhere;
static flight_t *flight = &nowhere;
static int findings;
static uint64_t random_state;

static void say(const char *kind, const char *format, va_list arguments) {
    char text[2048];
    int length = vsnprintf(text, sizeof text, format, arguments);
    if (length < 0) {
        return;
    }
    for (char *at = text; *at; at++) {
        if (*at == '\n') {
            *at = ' ';
        }
    }
    dprintf(REPORT_DESCRIPTOR, "%s %s\n", kind, text);
}

void fail(const char *format, ...) {
    // Many threads may find the same.
    if (__atomic_fetch_add(&findings, 1, __ATOMIC_RELAXED) >= FINDINGS_MAX) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    say("fail", format, arguments);
    va_end(arguments);
}

void skip(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say("skip", format, arguments);
    va_end(arguments);
}

void note(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say("note", format, arguments);
    va_end(arguments);
}

void give_up(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say("broken", format, arguments);
    va_end(arguments);
    _exit(70);
}

void entering(const char *function, int64_t task_id) {
    snprintf(flight->function, sizeof flight->function, "%s", function);
    flight->task_id = task_id;
}

void left(void) {
    flight->function[0] = 0;
    flight->task_id = 0;
}

void report_begin(void) {
    void *page = mmap(NULL, FLIGHT_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, FLIGHT_DESCRIPTOR, 0);
    if (page != MAP_FAILED) {
        flight = page;
    }
    random_state = request.seed * 2 + 1;
}

void report_done(void) {
    dprintf(REPORT_DESCRIPTOR, "done\n");
}

uint64_t random_below(uint64_t below) {
    // SplitMix64 (Steele, Lea and Flood 2014): any seed will do.
    random_state += 0x9E3779B97F4A7C15;
    uint64_t mixed = random_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    mixed ^= mixed >> 31;
    return below == 0 ? 0 : mixed % below;
}

double thread_milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int entries_of(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) {
        return -1;
    }
    int count = 0;
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count - 2;
}

int thread_count(void) {
    return entries_of("/proc/self/task");
}

int descriptor_count(void) {
    return entries_of("/proc/self/fd");
}
