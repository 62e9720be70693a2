// Sends messages of the wire, changed at random, and lets the host's side receive them.
//
//   messages COUNT [SEED]
//
// Each seed stands for a block of 1,000 messages. For every one: what is received is what was sent
// and well-formed, or it is refused; descriptors that came are closed or handed over, none is lost;
// nothing is written beyond the buffers, which a sanitizer watches.
#define _GNU_SOURCE
#include "plugin_wire.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BLOCK = 1000, BYTES_MAX = POSTIL_WIRE_PAYLOAD_MAX + 256, DESCRIPTORS_MAX = 12 };

typedef struct {
    uint8_t bytes[BYTES_MAX];
    size_t count;
    int descriptors;
} message_t;

static uint64_t state;

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

static size_t some_length(void) {
    switch (below(8)) {
    case 0:
        return 0;
    case 1:
        return POSTIL_WIRE_PAYLOAD_MAX - below(3);
    case 2:
        return POSTIL_WIRE_PAYLOAD_MAX + below(200);
    default:
        return below(256);
    }
}

/// A message that is right, then changed in some of the ways that it can be wrong.
static void make(message_t *message) {
    postil_wire_header_t header = {0};
    size_t payload = some_length();
    header.version = POSTIL_WIRE_VERSION;
    header.kind = (uint16_t)below(40);
    header.payload_bytes = (uint32_t)payload;
    header.call = next();
    header.a = below(4);
    header.b = below(1 << 20);
    message->descriptors = below(4) == 0 ? (int)below(DESCRIPTORS_MAX) : 0;
    for (size_t i = 0; i < payload && i < 64; i++) {
        message->bytes[sizeof header + i] = (uint8_t)next();
    }
    message->count = sizeof header + payload;
    switch (below(6)) {
    case 0:
        header.version = (uint16_t)next();
        break;
    case 1:
        header.payload_bytes = (uint32_t)next();
        break;
    case 2:
        message->count = below(message->count + 1);
        break;
    default:
        break;
    }
    memcpy(message->bytes, &header, sizeof header);
    if (below(8) == 0) {
        message->bytes[below(sizeof header)] ^= (uint8_t)(1 << below(8));
    }
}

static bool send_message(int socket, const message_t *message, int file) {
    struct iovec piece = {(void *)message->bytes, message->count};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int) * DESCRIPTORS_MAX)];
    } control;
    struct msghdr sent = {.msg_iov = &piece, .msg_iovlen = 1};
    if (message->descriptors > 0) {
        size_t bytes = sizeof(int) * (size_t)message->descriptors;
        memset(&control, 0, sizeof control);
        sent.msg_control = control.bytes;
        sent.msg_controllen = CMSG_SPACE(bytes);
        struct cmsghdr *header = CMSG_FIRSTHDR(&sent);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(bytes);
        for (int i = 0; i < message->descriptors; i++) {
            memcpy(CMSG_DATA(header) + (size_t)i * sizeof(int), &file, sizeof file);
        }
    }
    return sendmsg(socket, &sent, MSG_NOSIGNAL) >= 0;
}

static bool is_well_formed(const message_t *message) {
    postil_wire_header_t header;
    if (message->count < sizeof header) {
        return false;
    }
    memcpy(&header, message->bytes, sizeof header);
    return header.version == POSTIL_WIRE_VERSION && header.kind != POSTIL_WIRE_EOF &&
           header.payload_bytes == message->count - sizeof header &&
           header.payload_bytes <= POSTIL_WIRE_PAYLOAD_MAX &&
           message->descriptors <= POSTIL_WIRE_DESCRIPTORS_MAX;
}

/// Returns what is wrong, or NULL.
static const char *try_one(const int pair[2], const message_t *message, int file) {
    // Each message gets buffers of exactly their size, so that one byte too many is seen.
    postil_wire_header_t *header = malloc(sizeof *header);
    uint8_t *payload = malloc(POSTIL_WIRE_PAYLOAD_MAX);
    postil_wire_descriptors_t *descriptors = malloc(sizeof *descriptors);
    const char *wrong = NULL;
    // An empty message of this kind of socket looks like its end.
    bool is_end = message->count == 0;
    if (!send_message(pair[0], message, file)) {
        wrong = "a message could not be sent";
    } else {
        int32_t error = postil_wire_receive(pair[1], 0, header, payload, descriptors);
        if (is_end) {
            wrong = error != 0 || header->kind != POSTIL_WIRE_EOF ? "an end was not seen" : NULL;
        } else if ((error == 0) != is_well_formed(message)) {
            wrong = error == 0 ? "a message that is none was taken" : "a message was refused";
        } else if (error == 0) {
            bool is_same =
                memcmp(header, message->bytes, sizeof *header) == 0 &&
                memcmp(payload, message->bytes + sizeof *header, header->payload_bytes) == 0 &&
                descriptors->count == message->descriptors;
            wrong = is_same ? NULL : "what was received is not what was sent";
            postil_wire_close(descriptors);
        } else if (error != -EPROTO) {
            wrong = "a message was refused for another reason";
        }
    }
    free(header);
    free(payload);
    free(descriptors);
    return wrong;
}

static int open_descriptors(void) {
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder != NULL && readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

int main(int argc, char **argv) {
    static message_t message;
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    int32_t pair[2];
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (postil_wire_pair(pair) != 0 || file < 0) {
        return 2;
    }
    int at_first = open_descriptors();
    for (uint64_t done = 0; done < count; done++) {
        if (done % BLOCK == 0) {
            state = (seed + done / BLOCK) * 0x9E3779B97F4A7C15u + 1;
        }
        make(&message);
        const char *wrong = try_one(pair, &message, file);
        if (wrong == NULL && done % BLOCK == BLOCK - 1 && open_descriptors() != at_first) {
            wrong = "descriptors were lost";
        }
        if (wrong != NULL) {
            fprintf(stderr, "messages: %s: seed %llu, message %llu\n", wrong,
                    (unsigned long long)(seed + done / BLOCK), (unsigned long long)(done % BLOCK));
            return 1;
        }
    }
    printf("messages: %llu; no mistake\n", (unsigned long long)count);
    return 0;
}
