#define _GNU_SOURCE
#include "children.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// Takes the next text; NULL when there is none.
static const char *next_text(const char **at, const char *end) {
    if (*at >= end) {
        return NULL;
    }
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

static bool read_spec(worker_spec_t *spec, const postil_wire_spawn_t *sent, const char *end) {
    const char *at = spec->memory;
    spec->library = next_text(&at, end);
    spec->plugin_id = next_text(&at, end);
    spec->plugin_version = next_text(&at, end);
    spec->host_version = next_text(&at, end);
    spec->scratch = next_text(&at, end);
    if (spec->scratch == NULL || sent->readable_count > READABLE_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < sent->readable_count; i++) {
        spec->readable[i] = next_text(&at, end);
        if (spec->readable[i] == NULL) {
            return false;
        }
    }
    spec->writable[0] = spec->scratch[0] != '\0' ? spec->scratch : NULL;
    spec->abi = sent->abi;
    spec->policy.readable = spec->readable;
    spec->policy.writable = spec->writable;
    spec->policy.memory_bytes = sent->memory_bytes;
    spec->policy.file_bytes = sent->file_bytes;
    spec->policy.descriptors = sent->descriptors;
    spec->policy.choices = sent->choices;
    return true;
}

child_t *children_add(children_t *children, const postil_wire_header_t *header,
                      const uint8_t *payload) {
    postil_wire_spawn_t sent;
    if (children->count == CHILDREN_MAX || header->payload_bytes < sizeof sent) {
        return NULL;
    }
    memcpy(&sent, payload, sizeof sent);
    size_t count = header->payload_bytes - sizeof sent;
    child_t *child = calloc(1, sizeof *child);
    char *memory = malloc(count + 1);
    if (child == NULL || memory == NULL) {
        free(child);
        free(memory);
        return NULL;
    }
    memcpy(memory, payload + sizeof sent, count);
    memory[count] = '\0';
    child->spec.memory = memory;
    if (!read_spec(&child->spec, &sent, memory + count)) {
        free(memory);
        free(child);
        return NULL;
    }
    child->worker = header->call;
    child->setup = -1;
    child->listener = -1;
    children->all[children->count++] = child;
    return child;
}

void children_remove(children_t *children, child_t *child) {
    for (size_t i = 0; i < children->count; i++) {
        if (children->all[i] == child) {
            children->all[i] = children->all[--children->count];
            break;
        }
    }
    if (child->setup >= 0) {
        close(child->setup);
    }
    if (child->listener >= 0) {
        close(child->listener);
    }
    free(child->spec.memory);
    free(child);
}

child_t *children_find(const children_t *children, uint64_t worker) {
    for (size_t i = 0; i < children->count; i++) {
        if (children->all[i]->worker == worker) {
            return children->all[i];
        }
    }
    return NULL;
}

child_t *children_of_process(const children_t *children, pid_t process) {
    for (size_t i = 0; i < children->count; i++) {
        if (children->all[i]->process == process) {
            return children->all[i];
        }
    }
    return NULL;
}
