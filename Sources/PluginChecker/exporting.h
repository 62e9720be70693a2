/// One export through the plugin, from `open` to `close`, in the order that a host keeps.
#ifndef POSTIL_CHECKER_EXPORTING_H
#define POSTIL_CHECKER_EXPORTING_H

#include "plugin.h"
#include "sinks.h"
#include "tasks.h"

/// Gives the next batch of an export. False at the end.
typedef bool (*next_batch_t)(void *context, stream_t *stream, uint32_t reads,
                             sealed_batch_t *batch);

typedef struct export_plan {
    task_list_t tasks;
    size_t batch_tasks;    ///< Tasks in a batch; 0 means all in one.
    next_batch_t next;     ///< Instead of `tasks`.
    void *next_context;    ///< For `next`.
    bool takes_back;       ///< A batch becomes inaccessible when `consume` has returned.
    bool aborts;           ///< Ends with `abort` instead of `finish`.
    bool moves_threads;    ///< Each call comes from a thread of its own.
    sink_faults_t faults;  ///< When sinks fail.
    uint32_t *cancel;      ///< The cancel word; NULL for one that stays 0.
    uint32_t tables_extra; ///< Bytes behind every structure that a newer host would have.
    uint32_t error_size;   ///< `size` of the error structure; 0 for sizeof.
} export_plan_t;

typedef struct export_outcome {
    postil_status_t status;
    const char *function; ///< Which one failed; NULL if none.
    char code[64];
    char message[256];
    uint64_t digest; ///< Of all files.
    uint64_t bytes;
    uint64_t files;
    double longest_call_ms; ///< Processor time of the longest call.
} export_outcome_t;

/// The table of the request's exporter, or NULL having failed the test.
const postil_exporter_t *load_exporter(void);

/// Runs one export. Breaches of the contract fail the test; a failure that the plugin reports is
/// part of the outcome.
export_outcome_t run_export(const postil_exporter_t *table, export_plan_t plan);

/// True if both came to the same: same status and, if done, same bytes.
bool outcomes_agree(const export_outcome_t *a, const export_outcome_t *b);

/// "consume failed with -2: …", for messages. Overwritten by the next call.
const char *outcome_text(const export_outcome_t *outcome);

/// The request's tasks.
task_list_t sample_tasks(void);

#endif
