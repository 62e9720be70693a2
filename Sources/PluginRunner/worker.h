/// The process that runs one plugin.
#ifndef POSTIL_WORKER_H
#define POSTIL_WORKER_H

#include "children.h"

#include "plugin_wire.h"

/// What a worker is born with. The descriptors are its own.
typedef struct worker_start {
    const worker_spec_t *spec;
    int host;
    int page;
    int output;
    int standard_error;
    int spawner;
    pid_t spawner_process;
} worker_start_t;

/// Runs in the forked process:
///
/// 1. Own session, death with the spawner, descriptors closed, memory mapped.
/// 2. Into the sandbox; only then is the library loaded, so that its constructors run inside. A
///    worker for bound functions has none: their libraries are loaded when they are bound.
/// 3. READY, then one answer for each CALL until END.
/// 4. GOODBYE, and `exit`, which runs the library's destructors.
///
/// Returns the status of the process if it ends without that.
int postil_worker_run(const worker_start_t *start);

#endif
