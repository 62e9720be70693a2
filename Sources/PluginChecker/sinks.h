/// Sinks that keep only a digest, refuse what a host refuses, and fail on order.
#ifndef POSTIL_CHECKER_SINKS_H
#define POSTIL_CHECKER_SINKS_H

#include "worker.h"

#include <postil/exporter.h>

/// When sinks fail. All zero: never.
typedef struct sink_faults {
    uint64_t open_number;  ///< The so many-th `sink_open` fails, from 1.
    uint64_t byte_limit;   ///< Writing beyond so many bytes in all fails; 0 is no limit.
    bool fails_first_byte; ///< The first write fails.
    bool fails_close;      ///< Every `sink_close` fails.
    int32_t status;        ///< What a failure returns; 0 means POSTIL_ERROR_IO.
} sink_faults_t;

enum { SINKS_MAX = 100000 };

typedef struct sink {
    uint64_t digest;
    bool is_open;
} sink_t;

typedef struct sink_set {
    postil_sinks_t table; ///< What the plugin gets.
    sink_faults_t faults;
    sink_t *sinks;
    uint64_t *names; ///< Digests of all names so far.
    uint64_t count;
    uint64_t capacity;
    uint64_t bytes;
    bool has_refused; ///< A failure was the host's: the plugin only passes it on.
    bool is_shut;     ///< After `finish` and `abort` nothing may be written.
} sink_set_t;

void sinks_begin(sink_set_t *set, sink_faults_t faults);

/// The same for the same files with the same bytes, in whatever order they were written.
uint64_t sinks_digest(const sink_set_t *set);

void sinks_end(sink_set_t *set);

#endif
