// An import source: one task for each input, with its reference, size and first byte.
#define _DEFAULT_SOURCE 1

#include <postil/import_source.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct {
    const postil_inputs_t *inputs;
    uint64_t next;
    bool gives_text;
    bool breaks_the_arena;
    bool waits_first;
} names_t;

static postil_status_t open_names(const postil_import_open_t *arguments, void **instance,
                                  postil_error_t *error) {
    (void)error;
    names_t *names = calloc(1, sizeof *names);
    names->inputs = arguments->inputs;
    names->gives_text = postil_bytes_are(arguments->name, "names-text");
    names->breaks_the_arena = postil_bytes_are(arguments->name, "names-broken");
    names->waits_first = postil_bytes_are(arguments->name, "names-slow");
    *instance = names;
    return POSTIL_OK;
}

static postil_status_t build_task(names_t *names, uint64_t index, postil_builder_t *builder,
                                  postil_error_t *error) {
    const postil_inputs_t *inputs = names->inputs;
    void *context = inputs->context;
    int32_t file = -1;
    postil_status_t status = inputs->descriptor(context, index, &file, error);
    if (status != POSTIL_OK) {
        return status;
    }
    char first[2] = "?";
    if (pread(file, first, 1, 0) != 1) {
        first[0] = '!';
    }
    postil_bytes_t bytes;
    status = inputs->map(context, index, &bytes, error);
    if (status != POSTIL_OK) {
        return status;
    }
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("data"));
    postil_build_object(builder);
    postil_build_key(builder, postil_text("image"));
    postil_build_string(builder, inputs->reference(context, index));
    postil_build_key(builder, postil_text("name"));
    postil_build_string(builder, inputs->name(context, index));
    postil_build_key(builder, postil_text("first"));
    postil_build_string(builder, postil_text(first));
    postil_build_key(builder, postil_text("size"));
    postil_build_int64(builder, (int64_t)bytes.count);
    postil_build_end(builder);
    postil_build_end(builder);
    inputs->release(context, index);
    return postil_build_root_end(builder);
}

static postil_status_t next(void *instance, postil_builder_t *builder, postil_error_t *error) {
    names_t *names = instance;
    if (names->waits_first) {
        names->waits_first = false;
        return POSTIL_AGAIN;
    }
    if (names->gives_text) {
        postil_build_root(builder, NULL);
        postil_build_root_text(builder, postil_text("{\"data\": {\"n\": 1.50}}"));
        postil_build_root_end(builder);
        return POSTIL_END;
    }
    while (names->next < names->inputs->count(names->inputs->context)) {
        if (postil_build_is_full(builder)) {
            return POSTIL_MORE;
        }
        postil_status_t status = build_task(names, names->next, builder, error);
        if (status != POSTIL_OK) {
            return status;
        }
        names->next++;
    }
    if (names->breaks_the_arena) {
        // The first root now points far behind the end of the arena.
        postil_root_t *root = (postil_root_t *)(void *)(builder->arena + 64);
        root->node_offset = 1u << 30;
    }
    return POSTIL_END;
}

static void close_names(void *instance) {
    free(instance);
}

static const postil_import_source_t table = {
    .size = sizeof(postil_import_source_t),
    .open = open_names,
    .next = next,
    .close = close_names,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    (void)name;
    return postil_bytes_are(id, POSTIL_CAPABILITY_IMPORT_SOURCE) ? &table : NULL;
}

static const postil_plugin_t plugin = {
    .size = sizeof(postil_plugin_t),
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)"org.example.names", 17},
    .version = {(const uint8_t *)"1.0.0", 5},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    (void)host;
    return &plugin;
}
