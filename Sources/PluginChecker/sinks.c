#include "sinks.h"

#include <stdlib.h>

enum { NAME_PART_MAX = 255 };

static uint64_t digest_bytes(uint64_t digest, postil_bytes_t bytes) {
    // FNV-1a: findings compare runs of one process, nobody attacks it.
    for (uint64_t i = 0; i < bytes.count; i++) {
        digest = (digest ^ bytes.bytes[i]) * 0x100000001B3;
    }
    return digest;
}

static bool is_utf8(postil_bytes_t text) {
    for (uint64_t i = 0; i < text.count;) {
        uint8_t first = text.bytes[i];
        uint64_t more = first < 0x80             ? 0
                        : (first & 0xE0) == 0xC0 ? 1
                        : (first & 0xF0) == 0xE0 ? 2
                        : (first & 0xF8) == 0xF0 ? 3
                                                 : 4;
        if (more == 4 || i + more >= text.count + (more == 0)) {
            return false;
        }
        for (uint64_t j = 1; j <= more; j++) {
            if ((text.bytes[i + j] & 0xC0) != 0x80) {
                return false;
            }
        }
        i += more + 1;
    }
    return true;
}

static bool is_sound_part(const uint8_t *bytes, uint64_t count) {
    bool is_dots = count <= 2 && count > 0 && bytes[0] == '.' && (count == 1 || bytes[1] == '.');
    return count > 0 && count <= NAME_PART_MAX && !is_dots;
}

/// As exporter.h describes names.
static bool is_sound_name(postil_bytes_t name) {
    if (name.count == 0 || !is_utf8(name)) {
        return false;
    }
    uint64_t start = 0;
    for (uint64_t i = 0; i <= name.count; i++) {
        if (i == name.count || name.bytes[i] == '/') {
            if (!is_sound_part(name.bytes + start, i - start)) {
                return false;
            }
            start = i + 1;
        } else if (name.bytes[i] < 0x20 || name.bytes[i] == 0x7F || name.bytes[i] == '\\') {
            return false;
        }
    }
    return true;
}

static void make_room(sink_set_t *set) {
    if (set->count < set->capacity) {
        return;
    }
    set->capacity = set->capacity ? set->capacity * 2 : 8;
    set->sinks = realloc(set->sinks, set->capacity * sizeof *set->sinks);
    set->names = realloc(set->names, set->capacity * sizeof *set->names);
    if (!set->sinks || !set->names) {
        give_up("Memory ran out.");
    }
}

static postil_status_t refuse(sink_set_t *set, postil_error_t *error, const char *message) {
    set->has_refused = true;
    int32_t status = set->faults.status ? set->faults.status : (int32_t)POSTIL_ERROR_IO;
    return postil_fail(error, status, "sink_failed", message);
}

static postil_status_t sink_open(void *context, postil_bytes_t name, postil_bytes_t media_type,
                                 uint64_t *number, postil_error_t *error) {
    sink_set_t *set = context;
    (void)media_type;
    if (set->is_shut) {
        fail("sink_open was called after the export had ended.");
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    if (!number || !is_sound_name(name)) {
        fail("sink_open was asked for the file `%.*s`, a name that every host refuses. Names come "
             "from people's data: make them sound first.",
             (int)(name.count > 200 ? 200 : name.count), (const char *)name.bytes);
        return refuse(set, error, "This is no name of a file.");
    }
    uint64_t digest = digest_bytes(0xCBF29CE484222325, name);
    for (uint64_t i = 0; i < set->count; i++) {
        if (set->names[i] == digest) {
            fail("sink_open was asked for the file `%.*s` a second time.", (int)name.count,
                 (const char *)name.bytes);
            return refuse(set, error, "There is a file of this name.");
        }
    }
    if (set->count + 1 == set->faults.open_number || set->count >= SINKS_MAX) {
        return refuse(set, error, "The file cannot be made.");
    }
    make_room(set);
    set->names[set->count] = digest;
    set->sinks[set->count] = (sink_t){digest * 31, true};
    set->count++;
    *number = set->count;
    return POSTIL_OK;
}

/// The open sink of a number; fails the test when there is none.
static sink_t *find(sink_set_t *set, uint64_t number, const char *function) {
    if (set->is_shut) {
        fail("%s was called after the export had ended.", function);
        return NULL;
    }
    if (number == 0 || number > set->count || !set->sinks[number - 1].is_open) {
        fail("%s was called with %llu, which is no open sink.", function,
             (unsigned long long)number);
        return NULL;
    }
    return &set->sinks[number - 1];
}

static postil_status_t sink_write(void *context, uint64_t number, postil_bytes_t bytes,
                                  postil_error_t *error) {
    sink_set_t *set = context;
    sink_t *sink = find(set, number, "sink_write");
    if (!sink || (bytes.count > 0 && !bytes.bytes)) {
        return postil_fail(error, POSTIL_ERROR_INVALID_ARGUMENT, "sink_unknown", "No such sink.");
    }
    if (set->faults.fails_first_byte ||
        (set->faults.byte_limit && set->bytes + bytes.count > set->faults.byte_limit)) {
        return refuse(set, error, "The disk is full.");
    }
    sink->digest = digest_bytes(sink->digest, bytes);
    set->bytes += bytes.count;
    return POSTIL_OK;
}

static postil_status_t sink_close(void *context, uint64_t number, postil_error_t *error) {
    sink_set_t *set = context;
    sink_t *sink = find(set, number, "sink_close");
    if (!sink) {
        return postil_fail(error, POSTIL_ERROR_INVALID_ARGUMENT, "sink_unknown", "No such sink.");
    }
    sink->is_open = false;
    return set->faults.fails_close ? refuse(set, error, "The file cannot be completed.")
                                   : (postil_status_t)POSTIL_OK;
}

void sinks_begin(sink_set_t *set, sink_faults_t faults) {
    memset(set, 0, sizeof *set);
    set->faults = faults;
    set->table.size = sizeof set->table;
    set->table.context = set;
    set->table.sink_open = sink_open;
    set->table.sink_write = sink_write;
    set->table.sink_close = sink_close;
}

uint64_t sinks_digest(const sink_set_t *set) {
    uint64_t digest = set->count;
    for (uint64_t i = 0; i < set->count; i++) {
        digest += set->sinks[i].digest;
    }
    return digest;
}

void sinks_end(sink_set_t *set) {
    free(set->sinks);
    free(set->names);
}
