/// The files of an import, in memory, handed out as a host does, and failing on order.
#ifndef POSTIL_CHECKER_INPUTS_H
#define POSTIL_CHECKER_INPUTS_H

#include "worker.h"

#include <postil/import_source.h>

typedef struct input {
    char *name;
    char *reference;
    uint8_t *bytes;
    uint64_t count;
    bool is_folder;
    void *mapped; ///< Given out by `map`; pages of their own.
    size_t mapped_bytes;
    int descriptor; ///< Given out by `descriptor`; -1 if none.
} input_t;

enum { INPUTS_OPEN_MAX = 64 };

typedef struct input_set {
    postil_inputs_t table; ///< What the plugin gets.
    input_t *inputs;
    size_t count;
    uint32_t open;
    bool fails_reading; ///< `descriptor` and `map` fail.
    bool has_refused;
    bool is_closed; ///< After `close` nothing may be asked.
} input_set_t;

/// Reads the request's folder, sorted by name as bytes.
input_set_t inputs_read(void);

/// A copy whose files are changed: `cut` keeps so many thousandths of each; `noise` replaces them
/// by random bytes of the same length.
input_set_t inputs_cut(const input_set_t *source, uint32_t cut);
input_set_t inputs_noise(const input_set_t *source);

/// No files at all.
input_set_t inputs_none(void);

/// Makes the table point to the set where it now lies. Call before each run.
void inputs_begin(input_set_t *set);

/// Gives everything back that the plugin has not; returns how much that was.
uint32_t inputs_end(input_set_t *set);

#endif
