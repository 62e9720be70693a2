/// A plugin that is right, and wrong in exactly one way when BREAK names a check: the way that this
/// check is meant to catch.
#ifndef BROKEN_H
#define BROKEN_H

#include <postil/plugin.h>

#ifndef BREAK
#define BREAK ""
#endif

/// Whether the plugin is to be wrong in the way that a check catches.
static inline bool breaks(const char *check) {
    return strcmp(BREAK, check) == 0;
}

/// Uses the processor for a while, whatever the host wants.
void be_busy(void);

/// Touches one byte too many on the heap.
void overflow(void);

/// Keeps memory for ever.
void leak(void);

/// Keeps a descriptor for ever.
void leak_descriptor(void);

/// Reads a file of the machine.
void read_passwords(void);

extern const void *base_exporter, *base_import_source, *base_tag, *base_metric;

#endif
