#define _GNU_SOURCE
#include "sandbox.h"

#include "sandbox_filter.h"
#include "sandbox_paths.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Rights that are younger than the oldest headers we build with.
enum {
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_WRITE_FILE = 1 << 1,
    FS_REMOVE_DIR = 1 << 4,
    FS_REMOVE_FILE = 1 << 5,
    FS_MAKE_DIR = 1 << 7,
    FS_MAKE_REG = 1 << 8,
    FS_TRUNCATE = 1 << 14,
    FS_ALL_OF_ABI_1 = (1 << 13) - 1,
    FS_ALL_OF_ABI_2 = (1 << 14) - 1,
    FS_ALL_OF_ABI_3 = (1 << 15) - 1,
    FS_ALL_OF_ABI_5 = (1 << 16) - 1,
    NET_BIND_AND_CONNECT = 3,
    SCOPE_SOCKETS_AND_SIGNALS = 3,
    READING = FS_READ_FILE | FS_READ_DIR,
    WRITING = READING | FS_WRITE_FILE | FS_REMOVE_DIR | FS_REMOVE_FILE | FS_MAKE_DIR | FS_MAKE_REG |
              FS_TRUNCATE
};

/// `struct landlock_ruleset_attr` of ABI 6; older kernels take a shorter one.
typedef struct {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
} ruleset_t;

static void tell(postil_sandbox_report_t *report, const char *what, int error) {
    size_t used = strlen(report->missing);
    snprintf(report->missing + used, sizeof report->missing - used, "%s%s (%s).",
             used > 0 ? " " : "", what, strerror(error));
}

static void limit(int resource, uint64_t value) {
    if (value == 0) {
        return;
    }
    struct rlimit current;
    if (getrlimit(resource, &current) == 0 && current.rlim_max < value) {
        value = current.rlim_max;
    }
    struct rlimit wanted = {value, value};
    setrlimit(resource, &wanted);
}

static void limit_resources(const postil_sandbox_policy_t *policy) {
    limit(RLIMIT_AS, policy->memory_bytes);
    limit(RLIMIT_FSIZE, policy->file_bytes);
    limit(RLIMIT_NOFILE, policy->descriptors);
    limit(RLIMIT_CPU, policy->processor_seconds);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

/// A daemon that runs as root must not lend that to its plugins.
static void drop_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    syscall(SYS_capset, &header, none);
}

static uint64_t file_rights(int abi) {
    return abi >= 5   ? FS_ALL_OF_ABI_5
           : abi >= 3 ? FS_ALL_OF_ABI_3
           : abi >= 2 ? FS_ALL_OF_ABI_2
                      : FS_ALL_OF_ABI_1;
}

static void allow_path(int ruleset, const char *path, uint64_t rights) {
    int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0) {
        return;
    }
    struct stat status;
    if (fstat(file, &status) == 0 && !S_ISDIR(status.st_mode)) {
        rights &= FS_READ_FILE | FS_WRITE_FILE | FS_TRUNCATE;
    }
    struct landlock_path_beneath_attr rule;
    memset(&rule, 0, sizeof rule);
    rule.allowed_access = rights;
    rule.parent_fd = file;
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(file);
}

static void allow_paths(int ruleset, const char *const *paths, uint64_t rights) {
    for (size_t i = 0; paths != NULL && paths[i] != NULL; i++) {
        allow_path(ruleset, paths[i], rights);
    }
}

/// Returns the kernel's ABI when the rules are in force, else 0 with `errno` set.
static int restrict_files(const postil_sandbox_policy_t *policy) {
    if ((policy->choices & POSTIL_SANDBOX_WITHOUT_LANDLOCK) != 0) {
        errno = ENOSYS;
        return 0;
    }
    int abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1) {
        return 0;
    }
    uint64_t rights = file_rights(abi);
    ruleset_t wanted = {rights, NET_BIND_AND_CONNECT, SCOPE_SOCKETS_AND_SIGNALS};
    size_t size = abi >= 6 ? sizeof wanted : abi >= 4 ? 16 : 8;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
    if (ruleset < 0) {
        return 0;
    }
    allow_paths(ruleset, postil_sandbox_system_paths, READING);
    allow_path(ruleset, "/dev/null", FS_READ_FILE | FS_WRITE_FILE);
    allow_paths(ruleset, policy->readable, READING);
    allow_paths(ruleset, policy->writable, WRITING & rights);
    bool done = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    int error = errno;
    close(ruleset);
    errno = error;
    return done ? abi : 0;
}

void postil_sandbox_apply(const postil_sandbox_policy_t *policy, postil_sandbox_report_t *report) {
    memset(report, 0, sizeof *report);
    report->listener = -1;
    limit_resources(policy);
    drop_capabilities();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        tell(report, "New privileges cannot be refused", errno);
    }
    report->landlock_abi = restrict_files(policy);
    if (report->landlock_abi == 0) {
        tell(report, "File access is not restricted: landlock is missing", errno);
    }
    errno = ENOSYS;
    bool is_announced = (policy->choices & POSTIL_SANDBOX_ANNOUNCED) != 0;
    bool is_filtered = (policy->choices & POSTIL_SANDBOX_WITHOUT_FILTER) == 0 &&
                       postil_sandbox_filter(is_announced, &report->listener);
    report->has_filter = is_filtered;
    if (!is_filtered) {
        tell(report, "System calls are not filtered: seccomp is missing", errno);
    }
    report->level = (report->landlock_abi > 0) + report->has_filter;
}

const char *postil_sandbox_level_name(int32_t level) {
    return level == POSTIL_SANDBOX_FULL      ? "full"
           : level == POSTIL_SANDBOX_PARTIAL ? "partial"
                                             : "none";
}
