#define _GNU_SOURCE 1

#include "confinement.h"
#include "sandbox.h"
#include "worker.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { FILE_BYTES = 64 << 20, DESCRIPTORS = 256 };

/// The folder of the package: the library lies in `lib/<arch>` of it.
static char *package_folder(void) {
    char *folder = strdup(request.library);
    for (int up = 0; folder && up < 3; up++) {
        char *slash = strrchr(folder, '/');
        if (!slash || slash == folder) {
            break;
        }
        *slash = 0;
    }
    return folder;
}

/// The folder of the Swift runtime that the installation brings.
static char *runtime_folder(void) {
    static char path[4096];
    ssize_t count = readlink("/proc/self/exe", path, sizeof path - 1);
    static const char below[] = "/lib/postil/swift";
    if (count <= 0 || (size_t)count + sizeof below >= sizeof path) {
        return NULL;
    }
    path[count] = 0;
    // <prefix>/libexec/postil/postil-plugin-checker
    for (int up = 0; up < 3; up++) {
        char *slash = strrchr(path, '/');
        if (!slash) {
            return NULL;
        }
        *slash = 0;
    }
    return strcat(path, below);
}

int32_t confinement_level;

void confine(void) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const char *readable[] = {package_folder(), NULL, NULL, NULL};
    size_t count = 1;
    char *runtime = runtime_folder();
    if (runtime) {
        readable[count++] = runtime;
    }
    // What the worker itself counts: its threads and descriptors.
    readable[count] = "/proc/self";
    postil_sandbox_policy_t policy = {
        .readable = readable, .file_bytes = FILE_BYTES, .descriptors = DESCRIPTORS};
    postil_sandbox_report_t report;
    if (request.is_sanitized) {
        // A sanitizer maps terabytes, reads /proc and asks the kernel what a plugin may not.
        policy.choices = POSTIL_SANDBOX_WITHOUT_FILTER | POSTIL_SANDBOX_WITHOUT_LANDLOCK;
    }
    postil_sandbox_apply(&policy, &report);
    confinement_level = report.level;
    if (report.level != POSTIL_SANDBOX_FULL && !request.is_sanitized) {
        note("The sandbox is %s here: %s", postil_sandbox_level_name(report.level), report.missing);
    }
}
