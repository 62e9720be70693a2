#define _GNU_SOURCE
#include "plugin_wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/// Room for the descriptors of one message.
typedef union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int32_t) * POSTIL_WIRE_DESCRIPTORS_MAX)];
} control_t;

int32_t postil_wire_pair(int32_t pair[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0 ? 0 : -errno;
}

static void attach(struct msghdr *message, control_t *control,
                   const postil_wire_descriptors_t *descriptors) {
    if (descriptors == NULL || descriptors->count <= 0) {
        return;
    }
    size_t bytes = sizeof(int32_t) * (size_t)descriptors->count;
    memset(control, 0, sizeof *control);
    message->msg_control = control->bytes;
    message->msg_controllen = CMSG_SPACE(bytes);
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(bytes);
    memcpy(CMSG_DATA(header), descriptors->numbers, bytes);
}

int32_t postil_wire_send(int32_t socket, const postil_wire_header_t *header, const void *payload,
                         const postil_wire_descriptors_t *descriptors) {
    postil_wire_header_t sent = *header;
    sent.version = POSTIL_WIRE_VERSION;
    struct iovec pieces[2] = {{&sent, sizeof sent}, {(void *)payload, sent.payload_bytes}};
    struct msghdr message;
    control_t control;
    memset(&message, 0, sizeof message);
    message.msg_iov = pieces;
    message.msg_iovlen = sent.payload_bytes > 0 ? 2 : 1;
    attach(&message, &control, descriptors);
    for (;;) {
        if (sendmsg(socket, &message, MSG_NOSIGNAL) >= 0) {
            return 0;
        }
        if (errno != EINTR) {
            return -errno;
        }
    }
}

static void detach(struct msghdr *message, postil_wire_descriptors_t *descriptors) {
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL;
         header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int32_t);
        for (size_t i = 0; i < count; i++) {
            int32_t number;
            memcpy(&number, CMSG_DATA(header) + i * sizeof number, sizeof number);
            if (descriptors->count < POSTIL_WIRE_DESCRIPTORS_MAX) {
                descriptors->numbers[descriptors->count++] = number;
            } else {
                close(number);
            }
        }
    }
}

int32_t postil_wire_receive(int32_t socket, int32_t waits, postil_wire_header_t *header,
                            void *payload, postil_wire_descriptors_t *descriptors) {
    struct iovec pieces[2] = {{header, sizeof *header}, {payload, POSTIL_WIRE_PAYLOAD_MAX}};
    struct msghdr message;
    control_t control;
    ssize_t count;
    do {
        memset(&message, 0, sizeof message);
        message.msg_iov = pieces;
        message.msg_iovlen = 2;
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | (waits ? 0 : MSG_DONTWAIT));
    } while (count < 0 && errno == EINTR);
    descriptors->count = 0;
    if (count < 0 && errno != ECONNRESET) {
        return -errno;
    }
    if (count < 0) {
        memset(header, 0, sizeof *header);
        return 0;
    }
    detach(&message, descriptors);
    if (count == 0) {
        // The end, or a message without a byte, which may have brought descriptors.
        postil_wire_close(descriptors);
        descriptors->count = 0;
        memset(header, 0, sizeof *header);
        return 0;
    }
    if ((size_t)count < sizeof *header || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ||
        header->version != POSTIL_WIRE_VERSION || header->kind == POSTIL_WIRE_EOF ||
        header->payload_bytes != (size_t)count - sizeof *header) {
        postil_wire_close(descriptors);
        return -EPROTO;
    }
    return 0;
}

void postil_wire_close(const postil_wire_descriptors_t *descriptors) {
    for (int32_t i = 0; i < descriptors->count; i++) {
        close(descriptors->numbers[i]);
    }
}

uint32_t postil_wire_poll(const int32_t *descriptors, uint32_t count, int32_t milliseconds) {
    struct pollfd waiting[8];
    count = count < 8 ? count : 8;
    for (uint32_t i = 0; i < count; i++) {
        waiting[i].fd = descriptors[i];
        waiting[i].events = POLLIN;
        waiting[i].revents = 0;
    }
    uint32_t ready = 0;
    if (poll(waiting, count, milliseconds) > 0) {
        for (uint32_t i = 0; i < count; i++) {
            ready |= waiting[i].revents != 0 ? 1U << i : 0;
        }
    }
    return ready;
}
