/// The workers of a spawner, and what each was started with.
#ifndef POSTIL_CHILDREN_H
#define POSTIL_CHILDREN_H

#include "sandbox.h"

#include "plugin_wire.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { CHILDREN_MAX = 256, READABLE_MAX = 64 };

/// What one worker runs, and within which limits. The texts lie in `memory`.
typedef struct worker_spec {
    char *memory;
    uint32_t abi;
    const char *library; ///< Empty for bound functions alone.
    const char *plugin_id;
    const char *plugin_version;
    const char *host_version;
    const char *scratch; ///< Empty when it has none.
    const char *readable[READABLE_MAX + 1];
    const char *writable[2];
    postil_sandbox_policy_t policy;
} worker_spec_t;

typedef struct child {
    uint64_t worker; ///< The host's number for it.
    pid_t process;
    int setup;    ///< Over which its listener comes; -1 after that.
    int listener; ///< Of its sandbox; -1 while there is none.
    worker_spec_t spec;
} child_t;

typedef struct children {
    child_t *all[CHILDREN_MAX];
    size_t count;
} children_t;

/// Reads SPAWN. `payload` has a zero behind its end. NULL when it makes no sense, or there are too
/// many.
child_t *children_add(children_t *children, const postil_wire_header_t *header,
                      const uint8_t *payload);

void children_remove(children_t *children, child_t *child);

/// NULL when there is none.
child_t *children_find(const children_t *children, uint64_t worker);
child_t *children_of_process(const children_t *children, pid_t process);

#endif
