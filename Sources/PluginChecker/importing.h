/// One import through the plugin, from `open` to `close`.
#ifndef POSTIL_CHECKER_IMPORTING_H
#define POSTIL_CHECKER_IMPORTING_H

#include "inputs.h"
#include "plugin.h"
#include "tasks.h"

typedef struct import_plan {
    input_set_t *inputs;
    uint32_t root_capacity;    ///< Tasks in a batch; 0 means 256.
    uint64_t byte_target;      ///< 0 means 512 KiB.
    uint64_t calls;            ///< Stops after so many calls of `next`; 0 means at the end.
    postil_bytes_t checkpoint; ///< JSON text of an earlier one; no bytes for none.
    bool takes_checkpoint;     ///< Asks for one after the last `next`.
    uint32_t *cancel;
} import_plan_t;

typedef struct import_outcome {
    postil_status_t status;
    const char *function;
    char message[256];
    uint64_t tasks;
    uint64_t digests[2]; ///< Of all tasks in order; and how it was before the first one.
    uint64_t calls;
    bool has_ended;
    char *checkpoint; ///< JSON text, or NULL. Freed by the caller.
    double longest_call_ms;
} import_outcome_t;

const postil_import_source_t *load_import_source(void);

/// Runs one import. `digest` is where the digest of tasks begins: that of a run it goes on from.
import_outcome_t run_import(const postil_import_source_t *table, import_plan_t plan,
                            uint64_t digest);

#endif
