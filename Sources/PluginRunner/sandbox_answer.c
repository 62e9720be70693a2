#define _GNU_SOURCE
#include "sandbox.h"

#include "sandbox_calls.h"
#include "sandbox_paths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// How many bytes of a path's last page can be read is not known, so it is read piece by piece.
static bool read_text(int process, uint64_t address, char *text, size_t capacity) {
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/mem", process);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    if (memory < 0) {
        return false;
    }
    size_t used = 0;
    while (used < capacity) {
        size_t piece = 256 - (size_t)((address + used) % 256);
        piece = piece < capacity - used ? piece : capacity - used;
        ssize_t count = pread(memory, text + used, piece, (off_t)(address + used));
        if (count <= 0) {
            break;
        }
        char *end = memchr(text + used, '\0', (size_t)count);
        used += (size_t)count;
        if (end != NULL) {
            close(memory);
            return true;
        }
    }
    close(memory);
    return false;
}

/// Whether `path` is `folder` or lies below it.
static bool is_below(const char *path, const char *folder) {
    size_t count = strlen(folder);
    return strncmp(path, folder, count) == 0 && (path[count] == '\0' || path[count] == '/');
}

static bool is_below_any(const char *path, const char *const *folders) {
    for (size_t i = 0; folders != NULL && folders[i] != NULL; i++) {
        char resolved[PATH_MAX];
        if (is_below(path, folders[i]) ||
            (realpath(folders[i], resolved) != NULL && is_below(path, resolved))) {
            return true;
        }
    }
    return false;
}

/// Gives the place that a path leads to, also when the last part is not there yet.
static bool resolve(const char *path, char resolved[PATH_MAX]) {
    if (realpath(path, resolved) != NULL) {
        return true;
    }
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL || slash == folder) {
        return false;
    }
    *slash = '\0';
    return realpath(folder, resolved) != NULL;
}

static bool is_writing(int flags) {
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
}

/// What landlock will say of this path; a guess that is only used to tell of refusals early. A
/// path that leads nowhere is let through, to fail by itself.
static bool is_open_allowed(const char *path, int flags, const postil_sandbox_policy_t *policy) {
    char resolved[PATH_MAX];
    if (path[0] != '/' || !resolve(path, resolved)) {
        return true;
    }
    if (is_below_any(resolved, policy->writable) || strcmp(resolved, "/dev/null") == 0) {
        return true;
    }
    return !is_writing(flags) && (is_below_any(resolved, policy->readable) ||
                                  is_below_any(resolved, postil_sandbox_system_paths));
}

/// Runtimes look there for processors and memory and take a "no" well.
static bool is_habit(const char *path) {
    return is_below(path, "/proc") || is_below(path, "/sys") ||
           is_below(path, "/etc/nsswitch.conf");
}

/// True for the calls that open files, with the place of their path and their flags.
static bool is_open(const struct seccomp_data *call, uint64_t *path, int *flags) {
    if (call->nr == SYS_openat) {
        *path = call->args[1];
        *flags = (int)call->args[2];
        return true;
    }
#ifdef SYS_open
    if (call->nr == SYS_open || call->nr == SYS_creat) {
        *path = call->args[0];
        *flags = call->nr == SYS_open ? (int)call->args[1] : O_CREAT | O_WRONLY | O_TRUNC;
        return true;
    }
#endif
    return false;
}

static void name_call(int number, char *name, size_t capacity) {
    snprintf(name, capacity, "call %d", number);
    for (size_t i = 0; i < postil_sandbox_refused_call_count; i++) {
        if ((int)postil_sandbox_refused_calls[i].number == number) {
            snprintf(name, capacity, "%s", postil_sandbox_refused_calls[i].name);
        }
    }
}

/// Decides, and fills what is to be told of a refusal.
///
/// Returns the error for the caller, or 0 to let the kernel go on.
static int decide(const struct seccomp_notif *asked, const postil_sandbox_policy_t *policy,
                  postil_sandbox_refusal_t *refusal) {
    uint64_t address = 0;
    int flags = 0;
    refusal->process = (int32_t)asked->pid;
    refusal->number = asked->data.nr;
    if (!is_open(&asked->data, &address, &flags)) {
        name_call(asked->data.nr, refusal->call, sizeof refusal->call);
        return EPERM;
    }
    snprintf(refusal->call, sizeof refusal->call, "open");
    if (!read_text((int)asked->pid, address, refusal->detail, sizeof refusal->detail)) {
        refusal->detail[0] = '\0';
        return 0;
    }
    if (is_open_allowed(refusal->detail, flags, policy)) {
        return 0;
    }
    refusal->is_quiet = is_habit(refusal->detail);
    return EACCES;
}

int postil_sandbox_answer(int listener, const postil_sandbox_policy_t *policy,
                          postil_sandbox_refusal_t *refusal) {
    struct seccomp_notif asked;
    struct seccomp_notif_resp answer;
    memset(&asked, 0, sizeof asked);
    memset(&answer, 0, sizeof answer);
    memset(refusal, 0, sizeof *refusal);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0) {
        return errno == ENOENT || errno == EINTR ? 0 : -1;
    }
    int error = decide(&asked, policy, refusal);
    answer.id = asked.id;
    answer.error = -error;
    answer.flags = error == 0 ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0;
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) != 0) {
        return errno == ENOENT ? 0 : -1;
    }
    return error != 0;
}
