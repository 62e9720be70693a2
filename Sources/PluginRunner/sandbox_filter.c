#define _GNU_SOURCE
#include "sandbox_filter.h"

#include "sandbox_calls.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "The sandbox knows no system call numbers of this architecture."
#endif

enum { MOST_INSTRUCTIONS = 1024 };

/// A program in the making. Every test is followed by the verdict it leads to, so that no jump is
/// longer than a few instructions.
typedef struct {
    struct sock_filter code[MOST_INSTRUCTIONS];
    unsigned short count;
    uint32_t refused; ///< Verdict on what is refused.
} program_t;

static void add(program_t *program, uint16_t code, uint32_t value, uint8_t if_true,
                uint8_t if_false) {
    struct sock_filter instruction = {code, if_true, if_false, value};
    if (program->count < MOST_INSTRUCTIONS) {
        program->code[program->count++] = instruction;
    }
}

static void load(program_t *program, size_t offset) {
    add(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void verdict(program_t *program, uint32_t action) {
    add(program, BPF_RET | BPF_K, action, 0, 0);
}

static void verdict_if_equal(program_t *program, uint32_t value, uint32_t action) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    verdict(program, action);
}

/// Offset of the lower half of an argument; both architectures are little-endian.
static size_t argument(int index) {
    return offsetof(struct seccomp_data, args) + (size_t)index * 8;
}

/// A call that is allowed when its first argument is `value`, and refused else.
static void allow_first(program_t *program, uint32_t call, uint32_t value) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4);
    load(program, argument(0));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    verdict(program, SECCOMP_RET_ALLOW);
    verdict(program, program->refused);
}

/// A call that is allowed when an argument is one of some values, and gets `otherwise` else.
static void allow_values(program_t *program, uint32_t call, int index, const uint32_t *values,
                         uint8_t count, uint32_t otherwise) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, call, 0, (uint8_t)(2 + 2 * count));
    load(program, argument(index));
    for (uint8_t i = 0; i < count; i++) {
        verdict_if_equal(program, values[i], SECCOMP_RET_ALLOW);
    }
    verdict(program, otherwise);
}

/// New threads, and no new processes. `clone3` keeps its flags in memory, which a filter cannot
/// read; C libraries fall back to `clone` when it is not there.
static void allow_threads(program_t *program) {
    verdict_if_equal(program, SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4);
    load(program, argument(0));
    add(program, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1);
    verdict(program, SECCOMP_RET_ALLOW);
    verdict(program, program->refused);
}

/// Signals to itself: how a process aborts.
static void allow_own_signals(program_t *program) {
    uint32_t self = (uint32_t)getpid();
    allow_first(program, SYS_kill, self);
    allow_first(program, SYS_tgkill, self);
    allow_first(program, SYS_tkill, self);
}

/// Limits may be asked for and not be changed.
static void allow_reading_limits(program_t *program) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_prlimit64, 0, 6);
    load(program, argument(2));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
    load(program, argument(2) + 4);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
    verdict(program, SECCOMP_RET_ALLOW);
    verdict(program, program->refused);
}

static void allow_controls(program_t *program) {
    static const uint32_t requests[] = {0x5401 /* TCGETS */, 0x5450 /* FIONCLEX */,
                                        0x5451 /* FIOCLEX */, 0x541B /* FIONREAD */,
                                        0x5421 /* FIONBIO */};
    static const uint32_t options[] = {PR_SET_NAME,         PR_GET_NAME,    PR_GET_DUMPABLE,
                                       PR_GET_NO_NEW_PRIVS, PR_GET_SECCOMP, PR_CAPBSET_READ,
                                       0x53564D41 /* PR_SET_VMA */};
    allow_values(program, SYS_ioctl, 1, requests, sizeof requests / sizeof requests[0],
                 SECCOMP_RET_ERRNO | ENOTTY);
    allow_values(program, SYS_prctl, 0, options, sizeof options / sizeof options[0],
                 program->refused);
}

/// Opening files is decided by landlock. An announced call passes by the listener first, which
/// knows what landlock will refuse and tells of it.
static void allow_opening(program_t *program, bool is_announced) {
    uint32_t action = is_announced ? SECCOMP_RET_USER_NOTIF : SECCOMP_RET_ALLOW;
    verdict_if_equal(program, SYS_openat, action);
#ifdef SYS_open
    verdict_if_equal(program, SYS_open, action);
    verdict_if_equal(program, SYS_creat, action);
#endif
    // Its flags lie in memory; everyone who uses it falls back to `openat`.
    verdict_if_equal(program, SYS_openat2, SECCOMP_RET_ERRNO | ENOSYS);
}

static void build(program_t *program, bool is_announced) {
    load(program, offsetof(struct seccomp_data, arch));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCHITECTURE, 1, 0);
    verdict(program, SECCOMP_RET_KILL_PROCESS);
    load(program, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    // The numbers of the x32 ABI would go around the list.
    add(program, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    verdict(program, SECCOMP_RET_ERRNO | ENOSYS);
#endif
    for (size_t i = 0; i < postil_sandbox_allowed_call_count; i++) {
        verdict_if_equal(program, postil_sandbox_allowed_calls[i], SECCOMP_RET_ALLOW);
    }
    allow_threads(program);
    allow_own_signals(program);
    allow_reading_limits(program);
    allow_controls(program);
    allow_opening(program, is_announced);
    for (size_t i = 0; i < postil_sandbox_refused_call_count; i++) {
        verdict_if_equal(program, postil_sandbox_refused_calls[i].number, program->refused);
    }
    // Newer than this list, or too odd for it: "not there" lets libraries fall back.
    verdict(program, SECCOMP_RET_ERRNO | ENOSYS);
}

bool postil_sandbox_filter(bool is_announced, int *listener) {
    program_t program;
    program.count = 0;
    program.refused = is_announced ? SECCOMP_RET_USER_NOTIF : SECCOMP_RET_ERRNO | EPERM;
    build(&program, is_announced);
    struct sock_fprog filter = {program.count, program.code};
    unsigned int flags = is_announced ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
    long answer = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
    if (answer < 0) {
        return false;
    }
    if (is_announced) {
        *listener = (int)answer;
    }
    return true;
}
