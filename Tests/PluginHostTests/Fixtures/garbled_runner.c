// A runner that has gone mad: it starts as the real one does, and then answers calls with messages
// and records that are changed at random. The plugin's version, 1.0.SEED, says which.
#define _GNU_SOURCE
#include "plugin_wire.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOST = 3 };

static uint8_t payload[POSTIL_WIRE_PAYLOAD_MAX + 1];
static uint64_t state;
static uint64_t worker;
static int worker_socket = -1;
static uint8_t *output;

/// splitmix64, https://prng.di.unimi.it/splitmix64.c
static uint64_t next(void) {
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint64_t below(uint64_t limit) {
    return next() % limit;
}

static void send_to(int socket, uint16_t kind, uint64_t call, uint64_t a, uint64_t b,
                    const void *bytes, uint32_t count) {
    postil_wire_header_t header = {0};
    header.kind = kind;
    header.call = call;
    header.a = a;
    header.b = b;
    header.payload_bytes = count;
    postil_wire_send(socket, &header, bytes, NULL);
}

/// What the records of capabilities are made of, more or less.
static size_t put_bytes(uint8_t *at) {
    static const char *const texts[] = {
        "a.txt\0text/plain", "code\0/x\0message\0hint", "name", "\xFF\xFE", "../up\0x", ""};
    static const size_t counts[] = {16, 20, 4, 2, 7, 0};
    size_t which = below(9);
    if (which < 6) {
        memcpy(at, texts[which], counts[which]);
        return counts[which];
    }
    size_t count = below(which == 6 ? 2048 : 40);
    for (size_t i = 0; i < count; i++) {
        at[i] = (uint8_t)next();
    }
    return count;
}

/// Fills a half with records, some of which are none. Returns its bytes.
static uint64_t fill(uint32_t half) {
    uint8_t *area = output + (size_t)half * POSTIL_WIRE_HALF_BYTES;
    uint64_t used = 0;
    for (uint64_t i = below(12); i > 0; i--) {
        postil_wire_record_t record = {(uint32_t)below(13), 0, below(4)};
        record.length = (uint32_t)put_bytes(area + used + sizeof record);
        uint64_t real = record.length;
        if (below(12) == 0) {
            record.length = (uint32_t)next();
        }
        if (below(12) == 0) {
            record.number = next();
        }
        memcpy(area + used, &record, sizeof record);
        used += sizeof record + ((real + 7) & ~UINT64_C(7));
    }
    return below(10) == 0 ? below(2 * POSTIL_WIRE_HALF_BYTES) : used;
}

static void answer(uint64_t call) {
    postil_wire_answer_t answer;
    memset(&answer, 0, sizeof answer);
    answer.status = below(4) == 0 ? (int32_t)next() : (int32_t)below(3);
    answer.reads = below(8) == 0 ? (uint32_t)next() : 1 + (uint32_t)below(3);
    if (below(3) == 0) {
        memset(answer.message, 'x', sizeof answer.message);
        memset(answer.code, (int)below(256), sizeof answer.code);
    }
    uint32_t half = (uint32_t)below(2);
    uint64_t bytes = below(2) == 0 ? 0 : fill(half);
    uint32_t count = below(20) == 0 ? (uint32_t)below(sizeof answer) : (uint32_t)sizeof answer;
    send_to(worker_socket, POSTIL_WIRE_ANSWER, below(20) == 0 ? next() : call,
            below(20) == 0 ? next() : half, bytes, &answer, count);
}

/// Something that may come while a call runs.
static void interject(void) {
    uint32_t half = (uint32_t)below(2);
    char text[64];
    switch (below(6)) {
    case 0:
        for (size_t i = 0; i < sizeof text; i++) {
            text[i] = (char)next();
        }
        send_to(worker_socket, POSTIL_WIRE_LOG, 0, next(), 0, text, sizeof text);
        break;
    case 1:
        send_to(worker_socket, POSTIL_WIRE_WANT, 0, below(3), 0, NULL, 0);
        break;
    case 2:
        send_to(worker_socket, (uint16_t)(1 + below(64)), next(), next(), next(), NULL, 0);
        break;
    default:
        send_to(worker_socket, POSTIL_WIRE_OUTPUT, 0, half, fill(half), NULL, 0);
        break;
    }
}

static void end_worker(uint64_t status) {
    if (worker_socket >= 0) {
        close(worker_socket);
        worker_socket = -1;
        postil_wire_unmap(output, 2 * (uint64_t)POSTIL_WIRE_HALF_BYTES);
        send_to(HOST, POSTIL_WIRE_EXITED, worker, status, 0, NULL, 0);
    }
}

static void start_worker(const postil_wire_header_t *header,
                         const postil_wire_descriptors_t *given) {
    end_worker(0);
    const char *version = (const char *)payload + sizeof(postil_wire_spawn_t);
    for (int text = 0; text < 2; text++) {
        version += strlen(version) + 1;
    }
    const char *dot = strrchr(version, '.');
    state = strtoull(dot != NULL ? dot + 1 : "0", NULL, 10) * 0x9E3779B97F4A7C15u + header->call;
    worker = header->call;
    worker_socket = dup(given->numbers[0]);
    output = postil_wire_map(given->numbers[2], 2 * (uint64_t)POSTIL_WIRE_HALF_BYTES, 1);
    send_to(HOST, POSTIL_WIRE_SPAWNED, worker, (uint64_t)getpid(), 0, NULL, 0);
    send_to(worker_socket, POSTIL_WIRE_READY, 0, below(4), 0, "odd", 3);
}

static bool serve_host(void) {
    postil_wire_header_t header;
    postil_wire_descriptors_t given;
    if (postil_wire_receive(HOST, 1, &header, payload, &given) != 0 ||
        header.kind == POSTIL_WIRE_EOF) {
        return false;
    }
    payload[header.payload_bytes] = 0;
    if (header.kind == POSTIL_WIRE_SPAWN && given.count == 4) {
        start_worker(&header, &given);
    } else if (header.kind == POSTIL_WIRE_KILL && header.call == worker) {
        end_worker(header.a & 0x7F);
    }
    postil_wire_close(&given);
    return true;
}

static void serve_worker(void) {
    postil_wire_header_t header;
    postil_wire_descriptors_t given;
    if (postil_wire_receive(worker_socket, 1, &header, payload, &given) != 0 ||
        header.kind == POSTIL_WIRE_EOF) {
        end_worker(0);
        return;
    }
    postil_wire_close(&given);
    if (header.kind == POSTIL_WIRE_CALL) {
        for (uint64_t i = below(4); i > 0; i--) {
            interject();
        }
        answer(header.call);
    } else if (header.kind == POSTIL_WIRE_END) {
        send_to(worker_socket, below(4) == 0 ? POSTIL_WIRE_READY : POSTIL_WIRE_GOODBYE, 0, 0, 0,
                NULL, 0);
        end_worker(0);
    }
}

int main(void) {
    for (;;) {
        int32_t sockets[] = {HOST, worker_socket};
        uint32_t ready = postil_wire_poll(sockets, 2, -1);
        if ((ready & 1) != 0 && !serve_host()) {
            return 0;
        }
        if ((ready & 2) != 0 && worker_socket == sockets[1] && worker_socket >= 0) {
            serve_worker();
        }
    }
}
