// seccomp(2) with SECCOMP_RET_TRAP: the kernel sends SIGSYS instead of making the call. The handler
// either makes it after all, with a word in its unused sixth argument that the filter lets pass, or
// notes it and lets it fail.
#define _GNU_SOURCE 1

#include "syscall_trap.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { PASS = 0x706F7374, NOTES_MAX = 20, NOTE_BYTES = 200 };

static char notes[NOTES_MAX][NOTE_BYTES];
static unsigned note_count;
static bool is_installed;
static volatile sig_atomic_t is_watching;

typedef struct trapped {
    long number;
    const char *name;
} trapped_t;

static const trapped_t always_forbidden[] = {
    {SYS_socket, "socket"},     {SYS_connect, "connect"},     {SYS_bind, "bind"},
    {SYS_execve, "execve"},     {SYS_execveat, "execveat"},   {SYS_ptrace, "ptrace"},
    {SYS_kill, "kill"},         {SYS_clone, "clone"},         {SYS_clone3, "clone3"},
    {SYS_unlinkat, "unlinkat"}, {SYS_mkdirat, "mkdirat"},     {SYS_renameat2, "renameat2"},
    {SYS_renameat, "renameat"}, {SYS_mount, "mount"},         {SYS_setuid, "setuid"},
    {SYS_truncate, "truncate"}, {SYS_symlinkat, "symlinkat"},
#ifdef SYS_fork
    {SYS_fork, "fork"},         {SYS_vfork, "vfork"},         {SYS_unlink, "unlink"},
    {SYS_mkdir, "mkdir"},       {SYS_rename, "rename"},       {SYS_creat, "creat"},
    {SYS_symlink, "symlink"},
#endif
};

enum { FORBIDDEN = sizeof always_forbidden / sizeof always_forbidden[0] };

/// Where anybody may read: code, and the data of time zones, locales and converters.
static const char *const readable[] = {
    "/usr/",          "/lib",        "/etc/ld.so",
    "/etc/localtime", "/proc/self/", "/sys/devices/system/cpu",
    "/etc/timezone",
};

static void take_note(const char *name, const char *path) {
    unsigned index = __atomic_fetch_add(&note_count, 1, __ATOMIC_RELAXED);
    if (index >= NOTES_MAX) {
        return;
    }
    // No snprintf in a signal handler.
    size_t used = strlen(name);
    memcpy(notes[index], name, used);
    if (path) {
        notes[index][used++] = ' ';
        size_t count = strnlen(path, NOTE_BYTES - used - 1);
        memcpy(notes[index] + used, path, count);
        used += count;
    }
    notes[index][used] = 0;
}

static bool has_prefix(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool may_open(const char *path, long flags) {
    bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
    if (writes) {
        return strcmp(path, "/dev/null") == 0;
    }
    if (has_prefix(request.library, "/")) {
        // The package of the plugin, two folders above its library.
        const char *end = strrchr(request.library, '/');
        for (int up = 0; end && end > request.library && up < 2; up++) {
            do {
                end--;
            } while (end > request.library && *end != '/');
        }
        size_t length = end ? (size_t)(end - request.library) : 0;
        if (length > 1 && strncmp(path, request.library, length) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++) {
        if (has_prefix(path, readable[i])) {
            return true;
        }
    }
    // Libraries lie where the run path of an installation says.
    return strstr(path, ".so") != NULL || strcmp(path, "/dev/urandom") == 0;
}

typedef struct machine {
    long arguments[5];
} machine_t;

static machine_t arguments_of(const ucontext_t *context) {
#if defined(__x86_64__)
    const greg_t *registers = context->uc_mcontext.gregs;
    return (machine_t){{registers[REG_RDI], registers[REG_RSI], registers[REG_RDX],
                        registers[REG_R10], registers[REG_R8]}};
#else
    const unsigned long long *registers = context->uc_mcontext.regs;
    return (machine_t){{(long)registers[0], (long)registers[1], (long)registers[2],
                        (long)registers[3], (long)registers[4]}};
#endif
}

static void answer(ucontext_t *context, long result) {
#if defined(__x86_64__)
    context->uc_mcontext.gregs[REG_RAX] = result;
#else
    context->uc_mcontext.regs[0] = (unsigned long long)result;
#endif
}

static long pass_on(long number, const machine_t *machine) {
    const long *a = machine->arguments;
    long result = syscall(number, a[0], a[1], a[2], a[3], a[4], (long)PASS);
    return result == -1 ? -errno : result;
}

static void handle(int signal, siginfo_t *info, void *raw_context) {
    (void)signal;
    int saved = errno;
    ucontext_t *context = raw_context;
    machine_t machine = arguments_of(context);
    long number = info->si_syscall;
    long result = -EACCES;
    const char *path = NULL;
    long flags = 0;
    if (number == SYS_openat) {
        path = (const char *)machine.arguments[1];
        flags = machine.arguments[2];
    }
#ifdef SYS_open
    if (number == SYS_open) {
        path = (const char *)machine.arguments[0];
        flags = machine.arguments[1];
    }
#endif
    if (!is_watching || (path && may_open(path, flags))) {
        result = pass_on(number, &machine);
    } else if (path) {
        bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
        take_note(writes ? "open for writing:" : "open:", path);
    } else {
        const char *name = "a forbidden call";
        for (size_t i = 0; i < FORBIDDEN; i++) {
            name = always_forbidden[i].number == number ? always_forbidden[i].name : name;
        }
        take_note(name, NULL);
    }
    answer(context, result);
    errno = saved;
}

static bool install_filter(void) {
    struct sock_filter code[2 * FORBIDDEN + 16];
    unsigned short at = 0;
    code[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                              offsetof(struct seccomp_data, args[5]));
    code[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PASS, 0, 1);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[at++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    long numbers[FORBIDDEN + 2];
    size_t count = 0;
    for (size_t i = 0; i < FORBIDDEN; i++) {
        numbers[count++] = always_forbidden[i].number;
    }
    numbers[count++] = SYS_openat;
#ifdef SYS_open
    numbers[count++] = SYS_open;
#endif
    for (size_t i = 0; i < count; i++) {
        code[at++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)numbers[i], 0, 1);
        code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    }
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {at, code};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

void syscall_trap_install(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigaction(SIGSYS, &action, NULL);
    is_installed = install_filter();
}

void syscall_trap_begin(void) {
    if (!is_installed) {
        skip("This kernel does not let the checker watch system calls.");
    }
    is_watching = is_installed;
}

void syscall_trap_end(void) {
    is_watching = 0;
}

void syscall_trap_report(const char *when) {
    unsigned count = note_count < NOTES_MAX ? note_count : NOTES_MAX;
    for (unsigned i = 0; i < count; i++) {
        fail("%s: %s. A plugin gets files, network and threads from its host or not at all.", when,
             notes[i]);
    }
}
