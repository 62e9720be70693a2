#define _GNU_SOURCE
#include "spawner.h"

#include "children.h"
#include "sandbox.h"
#include "worker.h"

#include "plugin_wire.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/// Descriptors that SPAWN brings, in this order.
enum { SOCKET, PAGE, OUTPUT, STANDARD_ERROR, DESCRIPTOR_COUNT };

typedef struct {
    int host;
    int ends; ///< Readable when a child has ended.
    children_t children;
} spawner_t;

static void tell(spawner_t *spawner, uint16_t kind, uint64_t worker, uint64_t a, const char *text) {
    postil_wire_header_t header = {0};
    header.kind = kind;
    header.call = worker;
    header.a = a;
    header.payload_bytes = (uint32_t)strlen(text);
    postil_wire_send(spawner->host, &header, text, NULL);
}

/// What a forked process is before it becomes a worker: this one's copy with nothing of it left.
static void become_worker(spawner_t *spawner, child_t *child, const int32_t *descriptors,
                          int setup) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    worker_start_t start = {0};
    start.spec = &child->spec;
    start.host = descriptors[SOCKET];
    start.page = descriptors[PAGE];
    start.output = descriptors[OUTPUT];
    start.standard_error = descriptors[STANDARD_ERROR];
    start.spawner = setup;
    start.spawner_process = getppid();
    (void)spawner;
    _exit(postil_worker_run(&start));
}

static void spawn(spawner_t *spawner, const postil_wire_header_t *header, const uint8_t *payload,
                  const postil_wire_descriptors_t *descriptors) {
    child_t *child = descriptors->count == DESCRIPTOR_COUNT
                         ? children_add(&spawner->children, header, payload)
                         : NULL;
    int32_t setup[2];
    if (child == NULL || postil_wire_pair(setup) != 0) {
        if (child != NULL) {
            children_remove(&spawner->children, child);
        }
        tell(spawner, POSTIL_WIRE_SPAWNED, header->call, 0, "");
        return;
    }
    pid_t process = fork();
    if (process == 0) {
        become_worker(spawner, child, descriptors->numbers, setup[1]);
    }
    close(setup[1]);
    child->setup = setup[0];
    child->process = process;
    tell(spawner, POSTIL_WIRE_SPAWNED, child->worker, process > 0 ? (uint64_t)process : 0, "");
    if (process < 0) {
        children_remove(&spawner->children, child);
    }
}

static void end_all(spawner_t *spawner) {
    for (size_t i = 0; i < spawner->children.count; i++) {
        kill(spawner->children.all[i]->process, SIGKILL);
    }
}

/// Returns false when the host is gone.
static bool serve_host(spawner_t *spawner) {
    static uint8_t payload[POSTIL_WIRE_PAYLOAD_MAX + 1];
    postil_wire_header_t header;
    postil_wire_descriptors_t descriptors;
    int32_t error = postil_wire_receive(spawner->host, 0, &header, payload, &descriptors);
    if (error == -EAGAIN) {
        return true;
    }
    if (error != 0 || header.kind == POSTIL_WIRE_EOF) {
        return false;
    }
    payload[header.payload_bytes] = 0;
    child_t *child = children_find(&spawner->children, header.call);
    if (header.kind == POSTIL_WIRE_SPAWN) {
        spawn(spawner, &header, payload, &descriptors);
    } else if (header.kind == POSTIL_WIRE_KILL && child != NULL) {
        kill(child->process, (int)header.a);
    }
    postil_wire_close(&descriptors);
    return true;
}

/// The worker hands over its listener, or closes the connection when it has none.
static void serve_setup(child_t *child) {
    uint8_t payload[POSTIL_WIRE_PAYLOAD_MAX];
    postil_wire_header_t header;
    postil_wire_descriptors_t descriptors;
    if (postil_wire_receive(child->setup, 0, &header, payload, &descriptors) == -EAGAIN) {
        return;
    }
    if (descriptors.count == 1) {
        child->listener = descriptors.numbers[0];
    } else {
        postil_wire_close(&descriptors);
    }
    close(child->setup);
    child->setup = -1;
}

static void serve_listener(spawner_t *spawner, child_t *child, short events) {
    postil_sandbox_refusal_t refusal;
    int answered = (events & POLLIN) != 0
                       ? postil_sandbox_answer(child->listener, &child->spec.policy, &refusal)
                       : -1;
    if (answered < 0) {
        close(child->listener);
        child->listener = -1;
    } else if (answered == 1) {
        char text[sizeof refusal.call + sizeof refusal.detail + 2];
        snprintf(text, sizeof text, "%s%s%s", refusal.call, refusal.detail[0] != '\0' ? " " : "",
                 refusal.detail);
        tell(spawner, POSTIL_WIRE_REFUSED, child->worker, (uint64_t)refusal.is_quiet, text);
    }
}

static void serve_ends(spawner_t *spawner) {
    struct signalfd_siginfo ignored;
    while (read(spawner->ends, &ignored, sizeof ignored) > 0) {
    }
    int status;
    pid_t process;
    while ((process = waitpid(-1, &status, WNOHANG)) > 0) {
        // A worker has a session of its own; what it left behind goes with it.
        kill(-process, SIGKILL);
        child_t *child = children_of_process(&spawner->children, process);
        if (child != NULL) {
            tell(spawner, POSTIL_WIRE_EXITED, child->worker, (uint64_t)(uint32_t)status, "");
            children_remove(&spawner->children, child);
        }
    }
}

static void serve_children(spawner_t *spawner, const struct pollfd *waiting, nfds_t count) {
    for (nfds_t i = 0; i < count; i++) {
        for (size_t c = 0; waiting[i].revents != 0 && c < spawner->children.count; c++) {
            child_t *child = spawner->children.all[c];
            if (child->setup == waiting[i].fd) {
                serve_setup(child);
                break;
            }
            if (child->listener == waiting[i].fd) {
                serve_listener(spawner, child, waiting[i].revents);
                break;
            }
        }
    }
}

static bool serve(spawner_t *spawner) {
    static struct pollfd waiting[2 + 2 * CHILDREN_MAX];
    nfds_t count = 0;
    waiting[count++] = (struct pollfd){.fd = spawner->host, .events = POLLIN};
    waiting[count++] = (struct pollfd){.fd = spawner->ends, .events = POLLIN};
    for (size_t i = 0; i < spawner->children.count; i++) {
        const child_t *child = spawner->children.all[i];
        int descriptor = child->listener >= 0 ? child->listener : child->setup;
        if (descriptor >= 0) {
            waiting[count++] = (struct pollfd){.fd = descriptor, .events = POLLIN};
        }
    }
    if (poll(waiting, count, -1) < 0) {
        return errno == EINTR;
    }
    serve_children(spawner, waiting + 2, count - 2);
    if (waiting[1].revents != 0) {
        serve_ends(spawner);
    }
    return waiting[0].revents == 0 || serve_host(spawner);
}

int postil_spawner_run(int host) {
    spawner_t spawner = {.host = host};
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_SETMASK, &ends, NULL);
    // The terminal's ^C is for the daemon, which then ends this process by closing the socket.
    setsid();
    spawner.ends = signalfd(-1, &ends, SFD_NONBLOCK | SFD_CLOEXEC);
    if (spawner.ends < 0) {
        return 1;
    }
    while (serve(&spawner)) {
    }
    end_all(&spawner);
    return 0;
}
