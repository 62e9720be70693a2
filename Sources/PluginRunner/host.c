#define _GNU_SOURCE
#include "host.h"

#include "plugin_wire.h"

#include <CSimdJSON.h>
#include <postil/services.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/// Fewer lines than the host takes, so that it takes the one that tells of the others, too.
enum { LINE_BYTES_MAX = 4096, LINES_PER_SECOND = 150 };

static int host_socket;
static postil_host_t table;

/// Lines of the second that runs. A flood must not keep the host busy.
static pthread_mutex_t flood_lock = PTHREAD_MUTEX_INITIALIZER;
static time_t flood_second;
static uint32_t flood_lines, flood_dropped;

static postil_status_t render(void *context, const postil_batch_t *batch, const postil_node_t *node,
                              uint32_t options, void *write_context,
                              postil_status_t (*write)(void *, postil_bytes_t),
                              postil_error_t *error) {
    (void)context;
    const uint8_t *at = (const uint8_t *)node;
    if (batch == NULL || node == NULL || write == NULL || batch->arena_borrowed == NULL ||
        at <= batch->arena_borrowed || at >= batch->arena_borrowed + batch->arena_size) {
        return postil_fail(error, POSTIL_ERROR_INVALID_ARGUMENT, "json_text_argument",
                           "There is no value of this batch to render, or nowhere to write it.");
    }
    return postil_tree_render(batch->key_names_borrowed, batch->key_count, node, options,
                              write_context, write);
}

static const postil_json_text_t json_text = {
    .size = sizeof(postil_json_text_t),
    .render = render,
};

static const void *get_service(const postil_host_t *host, postil_bytes_t id) {
    (void)host;
    return postil_bytes_are(id, POSTIL_SERVICE_JSON_TEXT) ? &json_text : NULL;
}

static void send_line(int32_t level, const void *text, size_t count) {
    postil_wire_header_t header = {0};
    header.kind = POSTIL_WIRE_LOG;
    header.a = (uint64_t)(uint32_t)level;
    header.payload_bytes = (uint32_t)count;
    postil_wire_send(host_socket, &header, text, NULL);
}

/// Whether one more line may pass; sets how many did not in the second that has just ended.
static bool admit(uint32_t *dropped) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    pthread_mutex_lock(&flood_lock);
    *dropped = 0;
    if (now.tv_sec != flood_second) {
        *dropped = flood_dropped;
        flood_second = now.tv_sec;
        flood_lines = 0;
        flood_dropped = 0;
    }
    bool passes = ++flood_lines <= LINES_PER_SECOND;
    flood_dropped += passes ? 0 : 1;
    pthread_mutex_unlock(&flood_lock);
    return passes;
}

static void tell_dropped(uint32_t dropped) {
    if (dropped == 0) {
        return;
    }
    char text[64];
    int count = snprintf(text, sizeof text, "%u lines of the plugin were dropped.", dropped);
    send_line(POSTIL_LOG_WARNING, text, (size_t)count);
}

void host_tell_dropped(void) {
    pthread_mutex_lock(&flood_lock);
    uint32_t dropped = flood_dropped;
    flood_dropped = 0;
    pthread_mutex_unlock(&flood_lock);
    tell_dropped(dropped);
}

static void write_log(const postil_host_t *host, int32_t level, postil_bytes_t message) {
    (void)host;
    uint32_t dropped;
    bool passes = admit(&dropped);
    tell_dropped(dropped);
    if (passes) {
        char line[LINE_BYTES_MAX + 1];
        postil_text_copy(line, sizeof line, message);
        send_line(level, line, strlen(line));
    }
}

void host_start(int socket, const worker_spec_t *spec) {
    host_socket = socket;
    table.size = sizeof table;
    table.abi = spec->abi;
    table.name = postil_text("postil");
    table.version = postil_text(spec->host_version);
    table.get_service = get_service;
    table.log = write_log;
}

const postil_host_t *host_table(void) {
    return &table;
}
