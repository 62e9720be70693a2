/// What every test of the worker uses: the request, the report, and what was entered last.
#ifndef POSTIL_CHECKER_WORKER_H
#define POSTIL_CHECKER_WORKER_H

#include <postil/plugin.h>

/// What one worker was started for. Texts live as long as the process.
typedef struct request {
    const char *test;
    const char *library;
    const char *plugin_id;
    const char *plugin_version;
    const char *capability; ///< Its id; NULL for tests of the library as a whole.
    const char *name;       ///< The capability's name in the manifest.
    const char *inputs;     ///< Folder with the files of an import.
    const char *reads;      ///< What the manifest says of an exporter: text, tree, both.
    postil_bytes_t tasks;   ///< JSON array of tasks.
    postil_bytes_t context; ///< JSON object that `open` gets.
    postil_bytes_t cases;   ///< JSON array of questions to a tag or a metric.
    postil_bytes_t offers;  ///< Lines `<capability id> <name>`: all that the manifest lists.
    uint64_t seed;
    bool is_sanitized;  ///< The library was built with a sanitizer.
    bool is_sample_own; ///< The author's own sample: it has to succeed.
} request_t;

extern request_t request;

/// Reports a finding; the test goes on. Only the first 20 are kept.
void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// Reports that the test does not apply, and why.
void skip(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// Says something that is worth knowing and no mistake.
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// Ends the process when the worker itself cannot go on.
void give_up(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/// Remembers, outside of this process, which function of the plugin is entered with which task;
/// what is there when the process dies is what it died in.
void entering(const char *function, int64_t task_id);

/// Back from the plugin.
void left(void);

/// Prepares report and flight record; their descriptors are 3 and 4.
void report_begin(void);

/// Says that the test came to its end: exit without it is the plugin's doing.
void report_done(void);

/// A number from 0 to `below - 1`, from the request's seed.
uint64_t random_below(uint64_t below);

/// Processor time of the calling thread in milliseconds: what a loaded machine does not lengthen.
double thread_milliseconds(void);

/// How many threads and open descriptors this process has.
int thread_count(void);
int descriptor_count(void);

#endif
