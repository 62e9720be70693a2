/// An error structure with a guard behind it, and the rules for what comes back in it.
#ifndef POSTIL_CHECKER_GUARDED_ERROR_H
#define POSTIL_CHECKER_GUARDED_ERROR_H

#include "worker.h"

typedef struct guarded_error {
    postil_error_t error;
    uint8_t guard[64];
} guarded_error_t;

/// `size` is what the structure says of itself; 0 means all of it.
guarded_error_t guarded_error_make(uint32_t size);

/// Fails the test when the status means nothing there, when a failure has no message, when texts
/// are not ended, or when bytes beyond `size` were written.
///
/// `positive`  the largest status that is no failure.
/// `is_hosts`  the failure began in the host, which has filled the structure.
void guarded_error_check(const guarded_error_t *guarded, const char *function,
                         postil_status_t status, postil_status_t positive, bool is_hosts);

#endif
