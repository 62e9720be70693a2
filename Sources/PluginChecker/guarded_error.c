#include "guarded_error.h"

enum { GUARD = 0xA5 };

guarded_error_t guarded_error_make(uint32_t size) {
    guarded_error_t guarded;
    memset(&guarded, 0, sizeof guarded);
    uint32_t stated = size ? size : (uint32_t)sizeof guarded.error;
    memset((uint8_t *)&guarded + stated, GUARD, sizeof guarded - stated);
    guarded.error.size = stated;
    return guarded;
}

static bool is_ended(const char *text, size_t capacity) {
    return memchr(text, 0, capacity) != NULL;
}

void guarded_error_check(const guarded_error_t *guarded, const char *function,
                         postil_status_t status, postil_status_t positive, bool is_hosts) {
    const postil_error_t *error = &guarded->error;
    for (size_t i = error->size; i < sizeof *guarded; i++) {
        if (((const uint8_t *)guarded)[i] != GUARD) {
            fail("%s wrote beyond the %u bytes that postil_error_t says it has.", function,
                 error->size);
            return;
        }
    }
    if (status > positive || status < POSTIL_ERROR_INTERNAL) {
        fail("%s returned %d, a status that means nothing there.", function, status);
        return;
    }
    if (status >= 0 || is_hosts || error->size < sizeof *error) {
        return;
    }
    if (!is_ended(error->code, sizeof error->code) ||
        !is_ended(error->pointer, sizeof error->pointer) ||
        !is_ended(error->message, sizeof error->message)) {
        fail("%s failed with a text in postil_error_t that has no NUL at its end.", function);
    } else if (error->message[0] == 0 && status != POSTIL_ERROR_CANCELLED) {
        fail("%s failed with status %d and no message. Fill `error`, for instance by postil_fail.",
             function, status);
    } else if (error->message[0] != 0 && error->code[0] == 0) {
        fail("%s failed with a message and no code.", function);
    }
}
