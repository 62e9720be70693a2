/// `postil-plugin-checker`: performs one test against one plugin library, in a process of its own.
///
///     postil-plugin-checker TEST LIBRARY [NAME=VALUE …]
///
/// `postil plugin check` starts it, with the report on descriptor 3 and the flight record on
/// descriptor 4. The report is lines: `fail …`, `skip …`, `note …`, and `done` at the end. Without
/// `done` the plugin has ended the process; the flight record says in which function.
#define _GNU_SOURCE 1

#include "confinement.h"
#include "syscall_trap.h"
#include "tests.h"
#include "worker.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct test {
    const char *name;
    void (*body)(void);
    bool watches_calls; ///< It uses the trap of system calls.
} test_t;

static const test_t tests[] = {
    {"load.library", test_load, false},
    {"load.constructors", test_quiet_constructors, true},
    {"load.entry-repeats", test_entry_repeats, false},
    {"load.entry-threads", test_entry_threads, false},
    {"load.older-host", test_older_abi, false},
    {"contract.offers", test_offers, false},
    {"contract.unknown", test_unknown_capability, false},
    {"abi.newer-host", test_newer_host_table, false},
    {"exporter.contract.table", test_exporter_table, false},
    {"exporter.contract.empty", test_exporter_empty, false},
    {"exporter.contract.abort", test_exporter_abort, false},
    {"exporter.contract.reopen", test_exporter_reopen, false},
    {"exporter.contract.side-by-side", test_exporter_side_by_side, false},
    {"exporter.data.sample", test_exporter_sample, false},
    {"exporter.data.repeats", test_exporter_repeats, false},
    {"exporter.data.batch-sizes", test_exporter_batch_sizes, false},
    {"exporter.data.given-back", test_exporter_given_back, false},
    {"exporter.data.every-kind", test_exporter_every_kind, false},
    {"exporter.data.odd", test_exporter_odd_tasks, false},
    {"exporter.data.deep", test_exporter_deep, false},
    {"exporter.data.fuzz", test_exporter_fuzz, false},
    {"exporter.data.many", test_exporter_many, false},
    {"exporter.data.huge", test_exporter_huge, false},
    {"exporter.sinks.open", test_exporter_sink_open_fails, false},
    {"exporter.sinks.write", test_exporter_sink_write_fails, false},
    {"exporter.sinks.close", test_exporter_sink_close_fails, false},
    {"exporter.sinks.quota", test_exporter_quota, false},
    {"exporter.time.cancel", test_exporter_cancel, false},
    {"exporter.threads.instances", test_exporter_threads, false},
    {"exporter.threads.moves", test_exporter_moves, false},
    {"exporter.abi.newer-host", test_exporter_newer_host, false},
    {"exporter.abi.small-error", test_exporter_small_error, false},
    {"exporter.memory.slope", test_exporter_slope, false},
    {"exporter.sandbox.calls", test_exporter_calls, true},
    {"import.contract.table", test_import_table, false},
    {"import.contract.reopen", test_import_reopen, false},
    {"import.data.sample", test_import_sample, false},
    {"import.data.empty", test_import_empty, false},
    {"import.data.small-batches", test_import_small_batches, false},
    {"import.data.resume", test_import_resume, false},
    {"import.data.truncated", test_import_truncated, false},
    {"import.data.garbage", test_import_garbage, false},
    {"import.data.unreadable", test_import_unreadable, false},
    {"import.time.cancel", test_import_cancel, false},
    {"import.threads.instances", test_import_threads, false},
    {"import.memory.slope", test_import_slope, false},
    {"import.sandbox.calls", test_import_calls, true},
    {"tag.contract.table", test_tag_table, false},
    {"tag.contract.missing-trees", test_tag_missing_trees, false},
    {"tag.data.sample", test_tag_sample, false},
    {"tag.data.pure", test_tag_pure, false},
    {"tag.data.normalize", test_tag_normalize, false},
    {"tag.data.measures", test_tag_measures, false},
    {"tag.data.fuzz", test_tag_odd_results, false},
    {"tag.data.browser", test_tag_agrees, false},
    {"tag.threads.callers", test_tag_threads, false},
    {"tag.memory.slope", test_tag_slope, false},
    {"tag.sandbox.calls", test_tag_calls, true},
    {"metric.contract.table", test_metric_table, false},
    {"metric.data.sample", test_metric_sample, false},
    {"metric.data.pure", test_metric_pure, false},
    {"metric.data.batch", test_metric_batch, false},
    {"metric.data.symmetric", test_metric_symmetric, false},
    {"metric.data.given-back", test_metric_given_back, false},
    {"metric.data.fuzz", test_metric_fuzz, false},
    {"metric.time.cancel", test_metric_cancel, false},
    {"metric.threads.instances", test_metric_threads, false},
    {"metric.memory.slope", test_metric_slope, false},
    {"metric.sandbox.calls", test_metric_calls, true},
    {"sandbox.denials", test_sandbox, false},
};

/// The whole file, in memory that is never freed.
static postil_bytes_t contents(const char *path) {
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    size_t count = 0, capacity = 0;
    while (file && !feof(file)) {
        if (count == capacity) {
            capacity = capacity ? capacity * 2 : 64 * 1024;
            bytes = realloc(bytes, capacity);
            if (!bytes) {
                give_up("Memory ran out.");
            }
        }
        count += fread(bytes + count, 1, capacity - count, file);
    }
    if (!file || ferror(file)) {
        give_up("The file %s cannot be read.", path);
    }
    fclose(file);
    return (postil_bytes_t){bytes, count};
}

static void take_option(const char *option) {
    const char *equals = strchr(option, '=');
    if (!equals) {
        give_up("`%s` is no NAME=VALUE.", option);
    }
    postil_bytes_t name = {(const uint8_t *)option, (uint64_t)(equals - option)};
    const char *value = equals + 1;
    const struct {
        const char *name;
        const char **text;
        postil_bytes_t *file;
    } options[] = {
        {"id", &request.plugin_id, NULL},          {"version", &request.plugin_version, NULL},
        {"capability", &request.capability, NULL}, {"name", &request.name, NULL},
        {"inputs", &request.inputs, NULL},         {"reads", &request.reads, NULL},
        {"tasks", NULL, &request.tasks},           {"context", NULL, &request.context},
        {"cases", NULL, &request.cases},           {"offers", NULL, &request.offers},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (postil_bytes_are(name, options[i].name)) {
            if (options[i].text) {
                *options[i].text = value;
            } else {
                *options[i].file = contents(value);
            }
            return;
        }
    }
    if (postil_bytes_are(name, "seed")) {
        request.seed = strtoull(value, NULL, 10);
    } else if (postil_bytes_are(name, "sanitized")) {
        request.is_sanitized = true;
    } else if (postil_bytes_are(name, "own-sample")) {
        request.is_sample_own = true;
    } else {
        give_up("The worker does not know `%s`.", option);
    }
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "postil-plugin-checker is started by `postil plugin check`.\n");
        return 64;
    }
    request.test = arguments[1];
    request.library = arguments[2];
    request.context = postil_text("{}");
    for (int i = 3; i < count; i++) {
        take_option(arguments[i]);
    }
    report_begin();
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        if (strcmp(tests[i].name, request.test) == 0) {
            if (tests[i].watches_calls) {
                syscall_trap_install();
            }
            confine();
            tests[i].body();
            report_done();
            // No destructors: what a plugin does at exit is another test's business.
            fflush(NULL);
            _Exit(0);
        }
    }
    give_up("There is no test `%s`.", request.test);
}
