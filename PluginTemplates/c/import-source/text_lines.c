// text-lines: each line of each text file becomes a task.
//
// The host calls `open`, then `next` until it says that nothing is left, with `checkpoint` in
// between, then `close`. Files are seen by name and content; there are no paths.
#include <postil/import_source.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/// One import that is under way, and where it stands.
typedef struct lines {
    const postil_inputs_t *inputs;
    const uint32_t *cancel;
    uint64_t input;       ///< Number of the file.
    uint64_t offset;      ///< Bytes of it that are done.
    uint64_t line;        ///< Lines of it that are done.
    postil_bytes_t bytes; ///< The file's content while `is_mapped`.
    bool is_mapped;
} lines_t;

static bool is_text_file(const lines_t *lines, uint64_t index) {
    static const char ending[] = ".txt";
    postil_bytes_t name = lines->inputs->name(lines->inputs->context, index);
    uint64_t length = sizeof ending - 1;
    return lines->inputs->kind(lines->inputs->context, index) == POSTIL_INPUT_FILE &&
           name.count >= length && memcmp(name.bytes + name.count - length, ending, length) == 0;
}

/// A task's texts are UTF-8, and files come from everywhere. RFC 3629, section 4.
static bool is_utf8(postil_bytes_t text) {
    for (uint64_t i = 0; i < text.count;) {
        uint8_t first = text.bytes[i];
        uint64_t more = first < 0x80   ? 0
                        : first < 0xC2 ? 4
                        : first < 0xE0 ? 1
                        : first < 0xF0 ? 2
                                       : 3;
        if (more == 4 || first > 0xF4 || more >= text.count - i) {
            return false;
        }
        for (uint64_t j = 1; j <= more; j++) {
            uint8_t low = j > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            uint8_t high = j > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            if (text.bytes[i + j] < low || text.bytes[i + j] > high) {
                return false;
            }
        }
        i += more + 1;
    }
    return true;
}

static postil_status_t build_task(postil_builder_t *builder, postil_bytes_t text,
                                  postil_bytes_t file, uint64_t line) {
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("data"));
    postil_build_object(builder);
    postil_build_key(builder, postil_text("text"));
    postil_build_string(builder, text);
    postil_build_key(builder, postil_text("file"));
    postil_build_string(builder, file);
    postil_build_key(builder, postil_text("line"));
    postil_build_uint64(builder, line);
    postil_build_end(builder);
    postil_build_end(builder);
    // The first failure sticks, so one look at the end is enough.
    return postil_build_root_end(builder);
}

static void leave_file(lines_t *lines) {
    if (lines->is_mapped) {
        lines->inputs->release(lines->inputs->context, lines->input);
        lines->is_mapped = false;
    }
}

/// Opens the next text file at the place where the import stands. POSTIL_END when there is none.
static postil_status_t enter_file(lines_t *lines, postil_error_t *error) {
    uint64_t count = lines->inputs->count(lines->inputs->context);
    while (lines->input < count && !is_text_file(lines, lines->input)) {
        lines->input++;
    }
    if (lines->input >= count) {
        return POSTIL_END;
    }
    postil_status_t status =
        lines->inputs->map(lines->inputs->context, lines->input, &lines->bytes, error);
    lines->is_mapped = status == POSTIL_OK;
    return status;
}

/// Takes the next line of the open file. False at its end.
static bool next_line(lines_t *lines, postil_bytes_t *line) {
    if (lines->offset >= lines->bytes.count) {
        return false;
    }
    const uint8_t *start = lines->bytes.bytes + lines->offset;
    uint64_t rest = lines->bytes.count - lines->offset;
    const uint8_t *end = memchr(start, '\n', (size_t)rest);
    uint64_t length = end ? (uint64_t)(end - start) : rest;
    lines->offset += length + (end ? 1 : 0);
    lines->line++;
    if (length > 0 && start[length - 1] == '\r') {
        length--;
    }
    *line = (postil_bytes_t){start, length};
    return true;
}

static postil_status_t refuse_line(const lines_t *lines, postil_error_t *error) {
    postil_bytes_t name = lines->inputs->name(lines->inputs->context, lines->input);
    char message[512];
    snprintf(message, sizeof message, "Line %" PRIu64 " of %.*s is not UTF-8. Convert the file.",
             lines->line, (int)(name.count > 300 ? 300 : name.count), (const char *)name.bytes);
    return postil_fail(error, POSTIL_ERROR_INVALID_DATA, "not_utf8", message);
}

static postil_status_t next(void *instance, postil_builder_t *builder, postil_error_t *error) {
    lines_t *lines = instance;
    while (!postil_build_is_full(builder)) {
        if (postil_is_cancelled(lines->cancel)) {
            return postil_fail(error, POSTIL_ERROR_CANCELLED, "cancelled",
                               "The import was stopped.");
        }
        if (!lines->is_mapped) {
            postil_status_t status = enter_file(lines, error);
            if (status != POSTIL_OK) {
                return status;
            }
        }
        postil_bytes_t line;
        if (!next_line(lines, &line)) {
            leave_file(lines);
            lines->input++;
            lines->offset = 0;
            lines->line = 0;
            continue;
        }
        if (line.count == 0) {
            continue;
        }
        if (!is_utf8(line)) {
            return refuse_line(lines, error);
        }
        postil_bytes_t name = lines->inputs->name(lines->inputs->context, lines->input);
        postil_status_t status = build_task(builder, line, name, lines->line);
        if (status != POSTIL_OK) {
            return postil_fail(error, status, "line_too_long", "A line does not fit into a task.");
        }
    }
    return POSTIL_MORE;
}

static postil_status_t checkpoint(void *instance, postil_builder_t *builder,
                                  postil_error_t *error) {
    (void)error;
    const lines_t *lines = instance;
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("input"));
    postil_build_uint64(builder, lines->input);
    postil_build_key(builder, postil_text("offset"));
    postil_build_uint64(builder, lines->offset);
    postil_build_key(builder, postil_text("line"));
    postil_build_uint64(builder, lines->line);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

/// A number of the checkpoint; 0 if it is not there.
static uint64_t number(postil_value_t checkpoint, const char *name) {
    int64_t value = 0;
    postil_value_int64(postil_object_named(checkpoint, name), &value);
    return value > 0 ? (uint64_t)value : 0;
}

static postil_status_t open_lines(const postil_import_open_t *arguments, void **instance,
                                  postil_error_t *error) {
    lines_t *lines = calloc(1, sizeof *lines);
    if (!lines) {
        return postil_fail(error, POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
    }
    lines->inputs = arguments->inputs;
    lines->cancel = arguments->cancel;
    if (arguments->checkpoint_borrowed) {
        postil_value_t earlier = postil_batch_value(arguments->checkpoint_borrowed, 0);
        lines->input = number(earlier, "input");
        lines->offset = number(earlier, "offset");
        lines->line = number(earlier, "line");
    }
    *instance = lines;
    return POSTIL_OK;
}

static void close_lines(void *instance) {
    leave_file(instance);
    free(instance);
}

static const postil_import_source_t source = {
    .size = sizeof source,
    .open = open_lines,
    .next = next,
    .checkpoint = checkpoint,
    .close = close_lines,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_source = postil_bytes_are(id, POSTIL_CAPABILITY_IMPORT_SOURCE);
    return is_source && postil_bytes_are(name, "text-lines") ? &source : NULL;
}

// The same as in manifest.json; the host compares.
static const char plugin_id[] = "org.example.text-lines";
static const char plugin_version[] = "0.1.0";

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)plugin_id, sizeof plugin_id - 1},
    .version = {(const uint8_t *)plugin_version, sizeof plugin_version - 1},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= plugin.abi_minimum ? &plugin : NULL;
}
