/// Work on several threads at once, for tests of instances side by side.
#ifndef POSTIL_CHECKER_TOGETHER_H
#define POSTIL_CHECKER_TOGETHER_H

#include <stdbool.h>
#include <stddef.h>

enum { THREADS = 8 };

/// Runs `work` on THREADS threads, which begin together: else the first may be done before the last
/// is there. Each gets its own of the THREADS `parts`, `size` bytes each. True if any gave true.
bool any_together(bool (*work)(void *part), void *parts, size_t size);

#endif
