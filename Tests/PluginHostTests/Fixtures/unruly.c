// An exporter that misbehaves in the way its name says.
#define _DEFAULT_SOURCE 1

#include <postil/exporter.h>
#include <stdlib.h>
#include <unistd.h>

static char way[32];
static const postil_sinks_t *sinks;
static const uint32_t *cancel;

static bool goes(const char *name) {
    return strcmp(way, name) == 0;
}

static postil_status_t open_unruly(const postil_exporter_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    (void)instance;
    postil_text_copy(way, sizeof way, arguments->name);
    sinks = arguments->sinks;
    cancel = arguments->cancel;
    if (goes("BAD_SETTINGS")) {
        return postil_fail(error, POSTIL_ERROR_INVALID_SETTINGS, "never_right", "Not like this.");
    }
    return goes("STRANGE_STATUS") ? 77 : POSTIL_OK;
}

static postil_status_t open_sink(const char *name, postil_error_t *error) {
    uint64_t sink = 0;
    return sinks->sink_open(sinks->context, postil_text(name), postil_text(""), &sink, error);
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    (void)instance;
    (void)tasks;
    if (goes("TRAVERSAL")) {
        return open_sink("../evil", error);
    }
    if (goes("ABSOLUTE")) {
        return open_sink("/etc/evil", error);
    }
    if (goes("CONTROL")) {
        return open_sink("a\nb", error);
    }
    if (goes("NOT_UTF8")) {
        return open_sink("\xff\xfe", error);
    }
    if (goes("TWICE")) {
        postil_status_t first = open_sink("a", error);
        return first != POSTIL_OK ? first : open_sink("a", error);
    }
    if (goes("CLOSED_SINK")) {
        return postil_sink_write(sinks, 9, "x", 1, error);
    }
    if (goes("IGNORES_FAILURE")) {
        open_sink("../evil", error);
        return POSTIL_OK;
    }
    if (goes("HANGS")) {
        for (;;) {
            sleep(1000);
        }
    }
    if (goes("WAITS_FOR_CANCEL")) {
        while (!postil_is_cancelled(cancel)) {
            usleep(1000);
        }
        return postil_fail(error, POSTIL_ERROR_CANCELLED, "cancelled", "Stopped as asked.");
    }
    if (goes("SILENT_FAILURE")) {
        return POSTIL_ERROR_INTERNAL;
    }
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    (void)instance;
    (void)error;
    return POSTIL_OK;
}

static void nothing(void *instance) {
    (void)instance;
}

static const postil_exporter_t table = {
    .size = sizeof(postil_exporter_t),
    .reads = POSTIL_READS_TEXT,
    .open = open_unruly,
    .consume = consume,
    .finish = finish,
    .abort = nothing,
    .close = nothing,
};

/// As a plugin that was built against headers with one more field at the end.
static const struct {
    postil_exporter_t known;
    uint64_t added_later;
} newer_table = {
    .known = {.size = sizeof(postil_exporter_t) + 8,
              .reads = POSTIL_READS_TEXT,
              .open = open_unruly,
              .consume = consume,
              .finish = finish,
              .abort = nothing,
              .close = nothing},
    .added_later = 1,
};

/// As a plugin that was built before `close` existed.
static const postil_exporter_t shorter_table = {
    .size = offsetof(postil_exporter_t, close),
    .reads = POSTIL_READS_TEXT,
    .open = open_unruly,
    .consume = consume,
    .finish = finish,
    .abort = nothing,
    .close = nothing,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    if (!postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER) || postil_bytes_are(name, "ABSENT")) {
        return NULL;
    }
    if (postil_bytes_are(name, "NEWER")) {
        return &newer_table;
    }
    return postil_bytes_are(name, "SHORTER") ? &shorter_table : &table;
}

static const postil_plugin_t plugin = {
    .size = sizeof(postil_plugin_t),
#ifdef STRANGE_ABI
    .abi = 7u << 16,
    .abi_minimum = 7u << 16,
#else
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
#endif
    .id = {(const uint8_t *)"org.example.unruly", 18},
#ifdef OTHER_VERSION
    .version = {(const uint8_t *)"9.9.9", 5},
#else
    .version = {(const uint8_t *)"1.0.0", 5},
#endif
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    (void)host;
    return &plugin;
}
