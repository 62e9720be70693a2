#define _GNU_SOURCE 1

#include "inputs.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static input_t *add(input_set_t *set, const char *name) {
    set->inputs = realloc(set->inputs, (set->count + 1) * sizeof *set->inputs);
    if (!set->inputs) {
        give_up("Memory ran out.");
    }
    input_t *input = &set->inputs[set->count++];
    *input = (input_t){.name = strdup(name), .descriptor = -1};
    if (asprintf(&input->reference, "/data/local-files/?d=check/%s", name) < 0) {
        give_up("Memory ran out.");
    }
    return input;
}

static void read_file(input_t *input, const char *path, uint64_t count) {
    input->bytes = malloc(count ? count : 1);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 || !input->bytes ? -1 : read(file, input->bytes, count);
    if (got < 0) {
        give_up("The file %s of the sample cannot be read.", path);
    }
    input->count = (uint64_t)got;
    close(file);
}

static void read_folder(input_set_t *set, const char *path, const char *prefix) {
    DIR *folder = opendir(path);
    struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char inner[4096], name[4096];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        snprintf(name, sizeof name, "%s%s%s", prefix, prefix[0] ? "/" : "", entry->d_name);
        struct stat status;
        if (lstat(inner, &status) != 0) {
            continue;
        }
        if (S_ISDIR(status.st_mode)) {
            add(set, name)->is_folder = true;
            read_folder(set, inner, name);
        } else if (S_ISREG(status.st_mode)) {
            read_file(add(set, name), inner, (uint64_t)status.st_size);
        }
    }
    if (folder) {
        closedir(folder);
    }
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const input_t *)a)->name, ((const input_t *)b)->name);
}

input_set_t inputs_read(void) {
    input_set_t set = {0};
    if (request.inputs) {
        read_folder(&set, request.inputs, "");
    }
    if (set.count > 0) {
        qsort(set.inputs, set.count, sizeof *set.inputs, by_name);
    }
    return set;
}

static input_set_t copy(const input_set_t *source) {
    input_set_t set = {0};
    for (size_t i = 0; i < source->count; i++) {
        input_t *input = add(&set, source->inputs[i].name);
        input->is_folder = source->inputs[i].is_folder;
        input->count = source->inputs[i].count;
        input->bytes = malloc(input->count + 1);
        if (!input->bytes) {
            give_up("Memory ran out.");
        }
        if (input->count > 0) {
            memcpy(input->bytes, source->inputs[i].bytes, input->count);
        }
    }
    return set;
}

input_set_t inputs_cut(const input_set_t *source, uint32_t cut) {
    input_set_t set = copy(source);
    for (size_t i = 0; i < set.count; i++) {
        set.inputs[i].count = set.inputs[i].count * cut / 1000;
    }
    return set;
}

input_set_t inputs_noise(const input_set_t *source) {
    input_set_t set = copy(source);
    for (size_t i = 0; i < set.count; i++) {
        input_t *input = &set.inputs[i];
        // Headers often survive, so that parsers get further than the first check.
        uint64_t kept = input->count ? random_below(input->count) : 0;
        for (uint64_t j = random_below(2) ? 0 : kept; j < input->count; j++) {
            input->bytes[j] = (uint8_t)random_below(256);
        }
    }
    return set;
}

input_set_t inputs_none(void) {
    return (input_set_t){0};
}

static input_t *find(void *context, uint64_t index, const char *function) {
    input_set_t *set = context;
    if (set->is_closed) {
        fail("%s was called after `close`.", function);
        return NULL;
    }
    return index < set->count ? &set->inputs[index] : NULL;
}

static uint64_t count(void *context) {
    return ((input_set_t *)context)->count;
}

static postil_bytes_t name(void *context, uint64_t index) {
    const input_t *input = find(context, index, "inputs.name");
    return postil_text(input ? input->name : NULL);
}

static uint32_t kind(void *context, uint64_t index) {
    const input_t *input = find(context, index, "inputs.kind");
    return !input ? 0 : input->is_folder ? POSTIL_INPUT_FOLDER : POSTIL_INPUT_FILE;
}

static uint64_t byte_count(void *context, uint64_t index) {
    const input_t *input = find(context, index, "inputs.byte_count");
    return input ? input->count : 0;
}

static postil_bytes_t reference(void *context, uint64_t index) {
    const input_t *input = find(context, index, "inputs.reference");
    return postil_text(input ? input->reference : NULL);
}

/// Admits one more open input; fills `error` when that cannot be.
static postil_status_t admit(input_set_t *set, const input_t *input, postil_error_t *error) {
    if (!input || input->is_folder) {
        set->has_refused = true;
        return postil_fail(error, POSTIL_ERROR_INVALID_ARGUMENT, "no_file", "This is no file.");
    }
    if (set->fails_reading) {
        set->has_refused = true;
        return postil_fail(error, POSTIL_ERROR_IO, "input_unreadable", "The file cannot be read.");
    }
    if (!input->mapped && input->descriptor < 0 && ++set->open > INPUTS_OPEN_MAX) {
        fail("More than %d inputs are open at once. Release each when done with it.",
             INPUTS_OPEN_MAX);
        set->has_refused = true;
        return postil_fail(error, POSTIL_ERROR_TOO_LARGE, "too_many_open", "Too many are open.");
    }
    return POSTIL_OK;
}

static postil_status_t descriptor(void *context, uint64_t index, int32_t *descriptor,
                                  postil_error_t *error) {
    input_t *input = find(context, index, "inputs.descriptor");
    postil_status_t status = admit(context, input, error);
    if (status != POSTIL_OK) {
        return status;
    }
    if (input->descriptor < 0) {
        input->descriptor = memfd_create("input", MFD_CLOEXEC);
        if (input->descriptor < 0 ||
            write(input->descriptor, input->bytes, input->count) != (ssize_t)input->count) {
            give_up("The checker cannot make a file in memory.");
        }
    }
    *descriptor = input->descriptor;
    return POSTIL_OK;
}

static postil_status_t map(void *context, uint64_t index, postil_bytes_t *bytes,
                           postil_error_t *error) {
    input_t *input = find(context, index, "inputs.map");
    postil_status_t status = admit(context, input, error);
    if (status != POSTIL_OK) {
        return status;
    }
    if (!input->mapped) {
        // The last byte lies at the end of a page, so that reading one more is noticed.
        size_t page = (size_t)sysconf(_SC_PAGESIZE);
        size_t whole = (input->count + page - 1) / page * page;
        input->mapped_bytes = whole + page;
        input->mapped = mmap(NULL, input->mapped_bytes, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (input->mapped == MAP_FAILED) {
            give_up("Memory ran out.");
        }
        memcpy((uint8_t *)input->mapped + whole - input->count, input->bytes, input->count);
        mprotect(input->mapped, input->mapped_bytes, PROT_READ);
        mprotect((uint8_t *)input->mapped + whole, page, PROT_NONE);
    }
    size_t guard = (size_t)sysconf(_SC_PAGESIZE);
    bytes->bytes = (uint8_t *)input->mapped + input->mapped_bytes - guard - input->count;
    bytes->count = input->count;
    return POSTIL_OK;
}

static uint32_t give_back(input_set_t *set, input_t *input) {
    bool was_open = input->mapped || input->descriptor >= 0;
    if (input->mapped) {
        munmap(input->mapped, input->mapped_bytes);
        input->mapped = NULL;
    }
    if (input->descriptor >= 0) {
        close(input->descriptor);
        input->descriptor = -1;
    }
    set->open -= was_open ? 1 : 0;
    return was_open ? 1 : 0;
}

static void release(void *context, uint64_t index) {
    input_t *input = find(context, index, "inputs.release");
    if (input) {
        give_back(context, input);
    }
}

void inputs_begin(input_set_t *set) {
    set->table = (postil_inputs_t){sizeof(postil_inputs_t),
                                   0,
                                   set,
                                   count,
                                   name,
                                   kind,
                                   byte_count,
                                   reference,
                                   descriptor,
                                   map,
                                   release};
    set->open = 0;
    set->has_refused = false;
    set->is_closed = false;
}

uint32_t inputs_end(input_set_t *set) {
    set->is_closed = true;
    uint32_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        kept += give_back(set, &set->inputs[i]);
    }
    return kept;
}
