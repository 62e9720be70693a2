/// The filter of system calls.
#ifndef POSTIL_SANDBOX_FILTER_H
#define POSTIL_SANDBOX_FILTER_H

#include <stdbool.h>

/// Filters the calls of this process and of all that it becomes. `no_new_privs` is set before.
///
/// `is_announced`  refused calls and calls that open files wait for `*listener`, which is set.
///
/// Returns true when the filter is in force; else `errno` says why not.
bool postil_sandbox_filter(bool is_announced, int *listener);

#endif
