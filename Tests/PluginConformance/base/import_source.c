#define _GNU_SOURCE 1

#include "broken.h"

#include <postil/import_source.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/// Gives one task for each file: its name and its first four bytes as numbers.
typedef struct instance {
    const postil_inputs_t *inputs;
    uint64_t next;
} instance_t;

static uint64_t runs;
static instance_t *last;

static postil_status_t open_base(const postil_import_open_t *arguments, void **result,
                                 postil_error_t *error) {
    (void)error;
    if (breaks("import.contract.reopen")) {
        leak_descriptor();
    }
    if (breaks("import.memory.slope")) {
        leak();
    }
    if (breaks("import.sandbox.calls")) {
        int connection = socket(AF_INET, SOCK_STREAM, 0);
        if (connection >= 0) {
            close(connection);
        }
    }
    instance_t *instance = calloc(1, sizeof *instance);
    instance->inputs = arguments->inputs;
    int64_t next = 0;
    postil_value_t earlier = postil_batch_value(arguments->checkpoint_borrowed, 0);
    postil_value_int64(postil_object_named(earlier, "next"), &next);
    instance->next = next > 0 ? (uint64_t)next : 0;
    runs++;
    *result = instance;
    return POSTIL_OK;
}

static postil_status_t give(instance_t *instance, postil_builder_t *builder,
                            postil_error_t *error) {
    postil_bytes_t bytes = {NULL, 0};
    postil_status_t status =
        instance->inputs->map(instance->inputs->context, instance->next, &bytes, error);
    if (status != POSTIL_OK && !breaks("import.data.unreadable")) {
        return status;
    }
    uint64_t wanted = 4;
    if (bytes.count < wanted && !breaks("import.data.truncated") &&
        !breaks("import.data.unreadable")) {
        wanted = bytes.count;
    }
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("data"));
    if (breaks("import.data.sample")) {
        postil_build_array(builder);
    } else {
        postil_build_object(builder);
        postil_build_key(builder, postil_text("name"));
        postil_build_string(builder,
                            instance->inputs->name(instance->inputs->context, instance->next));
        postil_build_key(builder, postil_text("bytes"));
        postil_build_array(builder);
    }
    for (uint64_t i = 0; i < wanted; i++) {
        if (breaks("import.data.garbage") && bytes.bytes[i] > 0x7F) {
            abort();
        }
        postil_build_uint64(builder, bytes.bytes[i]);
    }
    postil_build_end(builder);
    if (!breaks("import.data.sample")) {
        postil_build_end(builder);
    }
    postil_build_end(builder);
    instance->inputs->release(instance->inputs->context, instance->next);
    return postil_build_root_end(builder);
}

static postil_status_t next(void *pointer, postil_builder_t *builder, postil_error_t *error) {
    instance_t *instance = pointer;
    if (breaks("import.time.cancel")) {
        be_busy();
    }
    if (breaks("import.memory.sanitizers")) {
        overflow();
    }
    if (breaks("import.threads.instances")) {
        last = instance;
        usleep(300);
        instance = last;
    }
    uint64_t count = instance->inputs->count(instance->inputs->context);
    if (breaks("import.data.empty") && count == 0) {
        postil_build_root(builder, NULL);
        postil_build_root_text(builder, postil_text("{\"data\":{}}"));
        postil_build_root_end(builder);
    }
    while (instance->next < count) {
        if (!breaks("import.data.small-batches") && postil_build_is_full(builder)) {
            return POSTIL_MORE;
        }
        bool is_file =
            instance->inputs->kind(instance->inputs->context, instance->next) == POSTIL_INPUT_FILE;
        postil_status_t status = is_file ? give(instance, builder, error) : POSTIL_OK;
        instance->next++;
        if (status != POSTIL_OK) {
            return postil_fail(error, status, "no_task", "A file gives no task.");
        }
    }
    return POSTIL_END;
}

static postil_status_t checkpoint(void *pointer, postil_builder_t *builder, postil_error_t *error) {
    (void)error;
    const instance_t *instance = pointer;
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("next"));
    postil_build_uint64(builder, breaks("import.data.resume") ? 0 : instance->next);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static void close_base(void *pointer) {
    free(pointer);
}

static const postil_import_source_t table = {
    .size = sizeof table,
#ifdef WITH_RESERVED
    .reserved = 1,
#endif
    .open = open_base,
    .next = next,
    .checkpoint = checkpoint,
    .close = close_base,
};

const void *base_import_source = &table;
