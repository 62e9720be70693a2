/// The sandbox: each denial is tried out from the process in which the plugin is loaded.
#define _GNU_SOURCE 1

#include "confinement.h"
#include "plugin.h"
#include "sandbox.h"
#include "tests.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static bool can_read(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        close(file);
    }
    return file >= 0;
}

static bool can_write(const char *path) {
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) {
        close(file);
        unlink(path);
    }
    return file >= 0;
}

static bool can_connect(void) {
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0) {
        return false;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // Nobody has to listen: being refused by the other side is having got through.
    int status = connect(connection, (struct sockaddr *)&address, sizeof address);
    bool is_through = status == 0 || errno == ECONNREFUSED;
    close(connection);
    return is_through;
}

static bool can_fork(void) {
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    if (child > 0) {
        waitpid(child, NULL, 0);
    }
    return child > 0;
}

void test_sandbox(void) {
    if (!load_plugin()) {
        return;
    }
    if (confinement_level == POSTIL_SANDBOX_NONE) {
        fail("This kernel gives no sandbox: isolated plugins run with limits alone.");
        return;
    }
    const struct {
        const char *what;
        bool was_possible;
    } attempts[] = {
        {"reading /etc/passwd", can_read("/etc/passwd")},
        {"reading /proc/1/environ", can_read("/proc/1/environ")},
        {"writing into /tmp", can_write("/tmp/postil-plugin-checker-probe")},
        {"connecting to a port", can_connect()},
        {"forking", can_fork()},
        // Signal 0 only asks whether it would be allowed.
        {"sending a signal to the parent", kill(getppid(), 0) == 0},
        {"tracing the parent", ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0},
    };
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        if (attempts[i].was_possible) {
            fail("%s is possible inside the sandbox.", attempts[i].what);
        }
    }
    char *const arguments[] = {(char *)"/bin/true", NULL};
    execve("/bin/true", arguments, NULL);
    // Still here: it was denied.
}
