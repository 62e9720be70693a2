/// The sandbox in which a plugin's code runs: limits, file access, system calls.
///
/// 1. Fill a policy. What it does not allow is denied.
/// 2. `postil_sandbox_apply` in the process that will load the plugin, while it has one thread.
///    Nothing that it did can be undone. Kernels differ: the report says what was achieved.
/// 3. With `POSTIL_SANDBOX_ANNOUNCED` another process holds the report's `listener` and calls
///    `postil_sandbox_answer` whenever it is readable, else the sandboxed process waits for ever.
///    That process learns of each refusal, which is how refusals come into the log.
#ifndef POSTIL_SANDBOX_H
#define POSTIL_SANDBOX_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What was achieved.
enum {
    POSTIL_SANDBOX_NONE = 0,    ///< Limits at most; files and system calls are open.
    POSTIL_SANDBOX_PARTIAL = 1, ///< Files or system calls are restricted, not both.
    POSTIL_SANDBOX_FULL = 2     ///< Both are.
};

/// Choices of a policy; add them up.
enum {
    POSTIL_SANDBOX_ANNOUNCED = 1, ///< Refusals go through a listener.
    /// Leave a part out as if the kernel lacked it; to test how a poorer kernel is reported.
    POSTIL_SANDBOX_WITHOUT_LANDLOCK = 2,
    POSTIL_SANDBOX_WITHOUT_FILTER = 4
};

/// What the process may do. Zeroed memory is the strictest policy without limits of resources.
typedef struct postil_sandbox_policy {
    /// Absolute paths, ended by NULL; files, or folders with all that is below. Those that do not
    /// exist are left out. The system's libraries and the data of zones, locales, converters and
    /// map projections are always readable.
    const char *const *readable;
    /// The same for folders in which files may be made, written and removed.
    const char *const *writable;
    uint64_t memory_bytes;      ///< Address space; 0: no limit.
    uint64_t file_bytes;        ///< Largest file that can be written; 0: no limit.
    uint32_t descriptors;       ///< Open descriptors; 0: no limit.
    uint32_t processor_seconds; ///< Time on processors; 0: no limit.
    uint32_t choices;           ///< POSTIL_SANDBOX_….
} postil_sandbox_policy_t;

typedef struct postil_sandbox_report {
    int32_t level;        ///< POSTIL_SANDBOX_NONE, _PARTIAL or _FULL.
    int32_t landlock_abi; ///< The kernel's; 0 when file access is not restricted.
    int32_t has_filter;   ///< 1 when system calls are filtered.
    int32_t listener;     ///< Descriptor to give away, or -1. Close it after that.
    char missing[256];    ///< One sentence for each part that is missing; empty at full level.
} postil_sandbox_report_t;

/// One call that was refused.
typedef struct postil_sandbox_refusal {
    int32_t process;   ///< Its thread's id.
    int32_t number;    ///< Of the system call.
    char call[32];     ///< Its name, such as "connect"; "call 321" when it has none here.
    char detail[1024]; ///< The path for those that open files, else empty.
    int32_t is_quiet;  ///< 1 for what runtimes try by habit; worth no more than a debug line.
} postil_sandbox_refusal_t;

/// Restricts the calling process, which has one thread. Never fails as a whole: what could not be
/// done is in the report. The parts go on in order: limits, capabilities, no_new_privs, landlock,
/// filter.
void postil_sandbox_apply(const postil_sandbox_policy_t *policy, postil_sandbox_report_t *report);

/// Answers one call that waits at a listener, in a process that holds it.
///
/// `policy`  the one that was applied; its paths decide what is said about files. What is really
///           allowed, the kernel decides from the policy.
///
/// Returns 1 and fills `refusal` when the call was refused, 0 when it was let through or nothing
/// waits any more, -1 when the listener is of no use any more.
int postil_sandbox_answer(int listener, const postil_sandbox_policy_t *policy,
                          postil_sandbox_refusal_t *refusal);

/// "none", "partial" or "full".
const char *postil_sandbox_level_name(int32_t level);

#ifdef __cplusplus
}
#endif

#endif
