/// What the worker takes from itself before it loads a stranger's library.
#ifndef POSTIL_CHECKER_CONFINEMENT_H
#define POSTIL_CHECKER_CONFINEMENT_H

#include <stdint.h>

/// Puts this process into the sandbox of the plugin runner, as far as the kernel has it.
void confine(void);

/// What was achieved: POSTIL_SANDBOX_… of sandbox.h.
extern int32_t confinement_level;

#endif
