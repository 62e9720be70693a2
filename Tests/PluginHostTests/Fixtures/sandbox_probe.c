// Goes into the sandbox and tries what it must not. Linked with the runner's sandbox.
//
//   sandbox_probe SCRATCH SECRET [without-landlock|without-filter]...
//
// prints one line per attempt, "NAME allowed" or "NAME ERROR"; then, from the process that answers
// for the sandbox, one line "refused CALL DETAIL" per refusal; then "level LEVEL".
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *scratch, *secret;

static void tell(const char *name, long answer) {
    printf("%s %s\n", name, answer >= 0 ? "allowed" : strerrorname_np(errno));
    fflush(stdout);
}

static long file_in(const char *folder, const char *name, int flags) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return open(path, flags, 0600);
}

static void *idle(void *nothing) {
    return nothing;
}

static void attempt(void) {
    tell("open-passwd", open("/etc/passwd", O_RDONLY));
    tell("open-secret", open(secret, O_RDONLY));
    tell("write-outside", file_in("/tmp", "postil-sandbox-probe", O_CREAT | O_WRONLY));
    tell("write-scratch", file_in(scratch, "inside", O_CREAT | O_WRONLY));
    tell("read-zones", open("/usr/share/zoneinfo", O_RDONLY | O_DIRECTORY));
    tell("socket", socket(AF_INET, SOCK_STREAM, 0));
    tell("execute", execl("/bin/true", "true", (char *)NULL));
    long child = fork();
    if (child == 0) {
        _exit(0);
    }
    tell("fork", child);
    tell("kill-parent", kill(getppid(), SIGTERM));
    tell("trace-parent", ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
    struct rlimit more = {4096, 4096};
    tell("raise-limit", setrlimit(RLIMIT_NOFILE, &more));
    pthread_t thread;
    errno = pthread_create(&thread, NULL, idle, NULL);
    tell("thread", errno == 0 ? 0 : -1);
    tell("signal-self", raise(SIGCONT) == 0 ? 0 : -1);
}

/// Hands the listener to the parent, as a runner does.
static void send_descriptor(int channel, int descriptor, int level) {
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec piece = {&level, sizeof level};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (descriptor >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(&control.header), &descriptor, sizeof descriptor);
    }
    if (sendmsg(channel, &message, 0) < 0) {
        abort();
    }
}

static int receive_descriptor(int channel, int *level) {
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec piece = {level, sizeof *level};
    struct msghdr message = {.msg_iov = &piece,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    int descriptor = -1;
    if (recvmsg(channel, &message, 0) > 0 && message.msg_controllen > 0) {
        memcpy(&descriptor, CMSG_DATA(&control.header), sizeof descriptor);
    }
    return descriptor;
}

static void answer_until_it_ends(int listener, const postil_sandbox_policy_t *policy) {
    struct pollfd waiting = {.fd = listener, .events = POLLIN};
    while (listener >= 0 && poll(&waiting, 1, -1) > 0 && (waiting.revents & POLLIN) != 0) {
        postil_sandbox_refusal_t refusal;
        if (postil_sandbox_answer(listener, policy, &refusal) == 1) {
            printf("refused %s %s\n", refusal.call, refusal.detail);
            fflush(stdout);
        }
    }
}

int main(int count, char **arguments) {
    scratch = arguments[1];
    secret = arguments[2];
    const char *writable[] = {scratch, NULL};
    postil_sandbox_policy_t policy = {.writable = writable, .descriptors = 64};
    policy.choices = POSTIL_SANDBOX_ANNOUNCED;
    for (int i = 3; i < count; i++) {
        policy.choices |= strcmp(arguments[i], "without-landlock") == 0
                              ? POSTIL_SANDBOX_WITHOUT_LANDLOCK
                              : POSTIL_SANDBOX_WITHOUT_FILTER;
    }
    int channel[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel) != 0) {
        return 1;
    }
    pid_t child = fork();
    if (child == 0) {
        postil_sandbox_report_t report;
        postil_sandbox_apply(&policy, &report);
        send_descriptor(channel[1], report.listener, report.level);
        close(report.listener);
        attempt();
        _exit(0);
    }
    int level = 0;
    int listener = receive_descriptor(channel[0], &level);
    answer_until_it_ends(listener, &policy);
    int status = 0;
    waitpid(child, &status, 0);
    printf("level %s\n", postil_sandbox_level_name(level));
    printf("ended %d\n", status);
    return 0;
}
