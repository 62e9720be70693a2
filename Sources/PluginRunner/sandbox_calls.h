/// The system calls that a sandboxed process may make.
#ifndef POSTIL_SANDBOX_CALLS_H
#define POSTIL_SANDBOX_CALLS_H

#include <stddef.h>
#include <stdint.h>

/// Numbers of the calls that are allowed whatever their arguments are; the frequent ones first.
extern const uint32_t postil_sandbox_allowed_calls[];
extern const size_t postil_sandbox_allowed_call_count;

/// A call that reaches beyond the process: refused, and its refusal is worth a line in the log.
typedef struct postil_refused_call {
    uint32_t number;
    const char *name;
} postil_refused_call_t;

extern const postil_refused_call_t postil_sandbox_refused_calls[];
extern const size_t postil_sandbox_refused_call_count;

#endif
