#define _GNU_SOURCE
#include "plugin_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

int32_t postil_wire_event(void) {
    int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return event >= 0 ? event : -errno;
}

void postil_wire_ring(int32_t event) {
    eventfd_write(event, 1);
}

int32_t postil_wire_pipe(int32_t pair[2]) {
    return pipe2(pair, O_CLOEXEC | O_NONBLOCK) == 0 ? 0 : -errno;
}

int32_t postil_wire_nameless_file(const char *folder) {
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) {
        return file >= 0 ? file : -errno;
    }
    // A file system without nameless files: one whose name goes at once.
    char path[4096];
    snprintf(path, sizeof path, "%s/.postil-XXXXXX", folder);
    file = mkostemp(path, O_CLOEXEC);
    if (file < 0) {
        return -errno;
    }
    unlink(path);
    return file;
}

int32_t postil_wire_launch(const char *program, int32_t socket, const char *library_path,
                           int32_t *process) {
    enum { PLACE = 3 };
    char libraries[8192];
    snprintf(libraries, sizeof libraries, "LD_LIBRARY_PATH=%s", library_path);
    char *arguments[] = {(char *)program, "--spawner", "3", NULL};
    char *variables[] = {libraries, "LANG=C.UTF-8", NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, PLACE);
    posix_spawn_file_actions_addclosefrom_np(&actions, PLACE + 1);
    int error = posix_spawn(&child, program, &actions, NULL, arguments, variables);
    posix_spawn_file_actions_destroy(&actions);
    *process = child;
    return -error;
}
