#define _GNU_SOURCE
#include "worker.h"

#include "calls.h"
#include "flight.h"
#include "host.h"
#include "library.h"
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Where a worker's descriptors are; everything from `FIRST_FREE` on is closed.
enum { HOST = 3, SPAWNER = 4, PAGE = 5, OUTPUT = 6, FIRST_FREE = 7 };

static void arrange_descriptors(const worker_start_t *start) {
    // First out of the way, then in place: the numbers may overlap.
    int sources[] = {start->standard_error, start->host, start->spawner, start->page,
                     start->output};
    int copies[5];
    for (int i = 0; i < 5; i++) {
        copies[i] = fcntl(sources[i], F_DUPFD, 64);
    }
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    for (int i = 0; i < 5; i++) {
        dup2(copies[i], STDERR_FILENO + i);
    }
    syscall(SYS_close_range, FIRST_FREE, ~0U, 0);
}

static void detach(const worker_start_t *start) {
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != start->spawner_process) {
        _exit(1);
    }
    prctl(PR_SET_NAME, "postil-plugin");
    setvbuf(stderr, NULL, _IOLBF, 4096);
    const char *scratch = start->spec->scratch;
    if (scratch[0] != '\0') {
        setenv("TMPDIR", scratch, 1);
    }
    if (chdir(scratch[0] != '\0' ? scratch : "/") != 0) {
        _exit(1);
    }
}

static bool map_memory(worker_t *worker) {
    worker->page = postil_wire_map(PAGE, sizeof *worker->page, 1);
    uint8_t *output = postil_wire_map(OUTPUT, 2 * (uint64_t)POSTIL_WIRE_HALF_BYTES, 1);
    close(PAGE);
    close(OUTPUT);
    if (worker->page == NULL || output == NULL) {
        return false;
    }
    output_init(&worker->output, HOST, worker->page, output);
    return true;
}

/// Goes into the sandbox and gives the spawner what answers for refused calls.
static void enter_sandbox(const worker_start_t *start, postil_sandbox_report_t *report) {
    postil_sandbox_apply(&start->spec->policy, report);
    if (report->listener >= 0) {
        postil_wire_header_t header = {0};
        header.kind = POSTIL_WIRE_READY;
        postil_wire_descriptors_t listener = {1, {report->listener}};
        if (postil_wire_send(SPAWNER, &header, NULL, &listener) != 0) {
            _exit(1);
        }
        close(report->listener);
    }
    close(SPAWNER);
}

static void send_ready(const postil_sandbox_report_t *report, const library_t *library) {
    const char *text = library->reason != 0 ? library->problem : report->missing;
    postil_wire_header_t header = {0};
    header.kind = POSTIL_WIRE_READY;
    header.a = (uint64_t)report->level;
    header.b = (uint64_t)library->reason;
    header.payload_bytes = (uint32_t)strlen(text);
    postil_wire_send(HOST, &header, text, NULL);
}

static void send_goodbye(void) {
    postil_wire_header_t header = {0};
    header.kind = POSTIL_WIRE_GOODBYE;
    postil_wire_send(HOST, &header, NULL, NULL);
}

/// Returns true after END, false when the host is gone.
static bool serve(worker_t *worker) {
    static uint8_t payload[POSTIL_WIRE_PAYLOAD_MAX + 1];
    for (;;) {
        postil_wire_header_t header;
        postil_wire_descriptors_t descriptors;
        if (postil_wire_receive(HOST, 1, &header, payload, &descriptors) != 0) {
            return false;
        }
        payload[header.payload_bytes] = 0;
        switch (header.kind) {
        case POSTIL_WIRE_CALL:
            calls_serve(worker, &header, payload, &descriptors);
            break;
        case POSTIL_WIRE_END:
            calls_end(worker);
            return true;
        default:
            return false;
        }
    }
}

int postil_worker_run(const worker_start_t *start) {
    static worker_t worker;
    static library_t library;
    static postil_sandbox_report_t report;
    arrange_descriptors(start);
    detach(start);
    worker.host = HOST;
    if (!map_memory(&worker)) {
        return 1;
    }
    flight_start(worker.page);
    host_start(HOST, start->spec);
    enter_sandbox(start, &report);
    flight_enter(worker.page, 0, POSTIL_WIRE_LOAD, 0, 0, 0);
    if (start->spec->library[0] != '\0') {
        library_load(&library, start->spec, host_table());
    }
    flight_leave(worker.page);
    flight_note_modules(worker.page, library.entry);
    worker.plugin = library.plugin;
    send_ready(&report, &library);
    if (library.reason != 0 || !serve(&worker)) {
        // Nothing more to be said to anybody; destructors may hang on what was half loaded.
        _exit(library.reason != 0 ? 0 : 1);
    }
    send_goodbye();
    exit(0);
}
