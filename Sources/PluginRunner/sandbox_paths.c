#include "sandbox_paths.h"

#include <stddef.h>

const char *const postil_sandbox_system_paths[] = {
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/timezone",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/usr/share/i18n",
    "/usr/share/proj",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
    "/dev/null",
    NULL,
};
