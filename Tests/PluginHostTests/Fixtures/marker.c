// Leaves a file when it is loaded, so that a test sees whether listing has run any code.
#include <postil/plugin.h>
#include <stdio.h>

__attribute__((constructor)) static void leave_a_mark(void) {
    FILE *file = fopen(MARK, "w");
    if (file) {
        fclose(file);
    }
}

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    host->log(host, POSTIL_LOG_ERROR, postil_text("this host will not do"));
    return NULL;
}
