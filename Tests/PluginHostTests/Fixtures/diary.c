// An exporter and an import source that write down, one letter each, which of their functions were
// called. The diary is the file MARK.
#include <postil/exporter.h>
#include <postil/import_source.h>
#include <stdio.h>

static bool fails_to_consume;
static bool fails_to_finish;
static int instance_marker;

static void note(const char *letter) {
    FILE *file = fopen(MARK, "a");
    if (file) {
        fputs(letter, file);
        fclose(file);
    }
}

static postil_status_t open_exporter(const postil_exporter_open_t *arguments, void **instance,
                                     postil_error_t *error) {
    note("o");
    fails_to_consume = postil_bytes_are(arguments->name, "BAD_CONSUME");
    fails_to_finish = postil_bytes_are(arguments->name, "BAD_FINISH");
    *instance = &instance_marker;
    return postil_bytes_are(arguments->name, "BAD_OPEN")
               ? postil_fail(error, POSTIL_ERROR_IO, "no", "No.")
               : (postil_status_t)POSTIL_OK;
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    (void)tasks;
    note(instance == &instance_marker ? "c" : "?");
    return fails_to_consume ? postil_fail(error, POSTIL_ERROR_IO, "no", "No.")
                            : (postil_status_t)POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    note(instance == &instance_marker ? "f" : "?");
    return fails_to_finish ? postil_fail(error, POSTIL_ERROR_IO, "no", "No.")
                           : (postil_status_t)POSTIL_OK;
}

static void abort_exporter(void *instance) {
    note(instance == &instance_marker ? "a" : "?");
}

static void close_any(void *instance) {
    note(instance == &instance_marker ? "x" : "?");
}

static const postil_exporter_t exporter = {
    .size = sizeof(postil_exporter_t),
    .reads = POSTIL_READS_TEXT,
    .open = open_exporter,
    .consume = consume,
    .finish = finish,
    .abort = abort_exporter,
    .close = close_any,
};

static postil_status_t open_source(const postil_import_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    (void)arguments;
    (void)error;
    note("o");
    *instance = &instance_marker;
    return POSTIL_OK;
}

static postil_status_t next(void *instance, postil_builder_t *builder, postil_error_t *error) {
    (void)builder;
    note(instance == &instance_marker ? "n" : "?");
    return postil_fail(error, POSTIL_ERROR_IO, "no", "No.");
}

static const postil_import_source_t source = {
    .size = sizeof(postil_import_source_t),
    .open = open_source,
    .next = next,
    .close = close_any,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    (void)name;
    if (postil_bytes_are(id, POSTIL_CAPABILITY_IMPORT_SOURCE)) {
        return &source;
    }
    return postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER) ? &exporter : NULL;
}

static const postil_plugin_t plugin = {
    .size = sizeof(postil_plugin_t),
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)"org.example.diary", 17},
    .version = {(const uint8_t *)"1.0.0", 5},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    (void)host;
    return &plugin;
}
