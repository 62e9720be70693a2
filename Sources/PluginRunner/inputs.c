#define _GNU_SOURCE
#include "inputs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// Larger files are read by their descriptor. What `map` gives is a copy: a file that shrinks
/// while it is mapped kills the process that reads it.
enum { MAPPED_BYTES_MAX = 64 * 1024 * 1024, OPEN_MAX_COUNT = 200 };

typedef struct {
    const char *name;
    const char *reference;
    uint64_t byte_count;
    int descriptor; ///< -1 when it is not open.
    uint8_t *copy;
    uint64_t copied;
} input_t;

struct inputs {
    postil_inputs_t table;
    int host;
    uint64_t count;
    uint32_t open_count;
    input_t *all;
};

static input_t *at(void *context, uint64_t index) {
    inputs_t *inputs = context;
    return index < inputs->count ? &inputs->all[index] : NULL;
}

static uint64_t count(void *context) {
    return ((inputs_t *)context)->count;
}

static postil_bytes_t name(void *context, uint64_t index) {
    const input_t *input = at(context, index);
    return postil_text(input != NULL ? input->name : NULL);
}

static postil_bytes_t reference(void *context, uint64_t index) {
    const input_t *input = at(context, index);
    return postil_text(input != NULL ? input->reference : NULL);
}

static uint32_t kind(void *context, uint64_t index) {
    return at(context, index) != NULL ? POSTIL_INPUT_FILE : 0;
}

static uint64_t byte_count(void *context, uint64_t index) {
    const input_t *input = at(context, index);
    return input != NULL ? input->byte_count : 0;
}

/// Asks the host, which opens the file and sends the descriptor.
static postil_status_t want(inputs_t *inputs, uint64_t index, int *descriptor,
                            postil_error_t *error) {
    uint8_t payload[POSTIL_WIRE_PAYLOAD_MAX + 1];
    postil_wire_descriptors_t descriptors;
    postil_wire_header_t header = {0};
    header.kind = POSTIL_WIRE_WANT;
    header.a = index;
    if (postil_wire_send(inputs->host, &header, NULL, NULL) != 0 ||
        postil_wire_receive(inputs->host, 1, &header, payload, &descriptors) != 0 ||
        header.kind != POSTIL_WIRE_GIVE) {
        _exit(1);
    }
    payload[header.payload_bytes] = 0;
    if (descriptors.count == 1) {
        *descriptor = descriptors.numbers[0];
        return POSTIL_OK;
    }
    postil_wire_close(&descriptors);
    return postil_fail(error, POSTIL_ERROR_IO, "input_unreadable", (const char *)payload);
}

static postil_status_t open_input(void *context, uint64_t index, int32_t *descriptor,
                                  postil_error_t *error) {
    inputs_t *inputs = context;
    input_t *input = at(context, index);
    if (input == NULL || descriptor == NULL) {
        return postil_fail(error, POSTIL_ERROR_INVALID_ARGUMENT, "no_such_input",
                           "There is no input of that number.");
    }
    if (input->descriptor < 0) {
        if (inputs->open_count >= OPEN_MAX_COUNT) {
            return postil_fail(error, POSTIL_ERROR_TOO_LARGE, "too_many_open",
                               "Too many inputs are open at once; release those that are done.");
        }
        postil_status_t status = want(inputs, index, &input->descriptor, error);
        if (status != POSTIL_OK) {
            input->descriptor = -1;
            return status;
        }
        inputs->open_count++;
    }
    *descriptor = input->descriptor;
    return POSTIL_OK;
}

static void copy(input_t *input, uint64_t bytes) {
    while (input->copied < bytes) {
        ssize_t piece = pread(input->descriptor, input->copy + input->copied, bytes - input->copied,
                              (off_t)input->copied);
        if (piece <= 0 && !(piece < 0 && errno == EINTR)) {
            return;
        }
        input->copied += piece > 0 ? (uint64_t)piece : 0;
    }
}

static postil_status_t map(void *context, uint64_t index, postil_bytes_t *bytes,
                           postil_error_t *error) {
    int32_t descriptor;
    postil_status_t status = open_input(context, index, &descriptor, error);
    if (status != POSTIL_OK || bytes == NULL) {
        return status != POSTIL_OK ? status : (postil_status_t)POSTIL_ERROR_INVALID_ARGUMENT;
    }
    input_t *input = at(context, index);
    if (input->copy == NULL) {
        struct stat file;
        if (fstat(descriptor, &file) != 0 || file.st_size > MAPPED_BYTES_MAX) {
            return postil_fail(error, POSTIL_ERROR_TOO_LARGE, "input_too_large",
                               "The input is too large to be given as memory; read it by its "
                               "descriptor.");
        }
        input->copy = malloc((size_t)file.st_size + 1);
        if (input->copy == NULL) {
            return POSTIL_ERROR_NO_MEMORY;
        }
        copy(input, (uint64_t)file.st_size);
    }
    bytes->bytes = input->copy;
    bytes->count = input->copied;
    return POSTIL_OK;
}

static void release(void *context, uint64_t index) {
    inputs_t *inputs = context;
    input_t *input = at(context, index);
    if (input == NULL || input->descriptor < 0) {
        return;
    }
    close(input->descriptor);
    free(input->copy);
    input->descriptor = -1;
    input->copy = NULL;
    input->copied = 0;
    inputs->open_count--;
}

void inputs_release_all(inputs_t *inputs) {
    for (uint64_t i = 0; i < inputs->count; i++) {
        release(inputs, i);
    }
}

static bool read_all(inputs_t *inputs, const uint8_t *table, const uint8_t *end) {
    for (uint64_t i = 0; i < inputs->count; i++) {
        input_t *input = &inputs->all[i];
        if (end - table < 10) {
            return false;
        }
        memcpy(&input->byte_count, table, 8);
        table += 8;
        input->name = (const char *)table;
        table += strlen(input->name) + 1;
        input->reference = (const char *)table;
        table += strlen(input->reference) + 1;
        input->descriptor = -1;
    }
    return true;
}

inputs_t *inputs_make(int host, const uint8_t *table, uint64_t size) {
    inputs_t *inputs = calloc(1, sizeof *inputs);
    if (inputs == NULL || table == NULL || size < 8) {
        free(inputs);
        return NULL;
    }
    inputs->host = host;
    memcpy(&inputs->count, table, 8);
    inputs->all = calloc(inputs->count + 1, sizeof *inputs->all);
    // The slot may be used for something else later: the texts need a place of their own.
    uint8_t *texts = malloc(size);
    if (inputs->all == NULL || texts == NULL) {
        return NULL;
    }
    memcpy(texts, table, size);
    inputs->table = (postil_inputs_t){
        .size = sizeof inputs->table,
        .context = inputs,
        .count = count,
        .name = name,
        .kind = kind,
        .byte_count = byte_count,
        .reference = reference,
        .descriptor = open_input,
        .map = map,
        .release = release,
    };
    return read_all(inputs, texts + 8, texts + size) ? inputs : NULL;
}

postil_inputs_t *inputs_table(inputs_t *inputs) {
    return &inputs->table;
}
