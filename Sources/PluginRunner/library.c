#define _GNU_SOURCE
#include "library.h"

#include "plugin_wire.h"

#include <dlfcn.h>
#include <stdio.h>

typedef const postil_plugin_t *(*entry_t)(const postil_host_t *host);

static void refuse(library_t *library, int reason, const char *problem) {
    library->reason = reason;
    library->plugin = NULL;
    snprintf(library->problem, sizeof library->problem, "%s", problem);
}

/// Whether a plugin that was built for one ABI and needs at least another runs here.
static bool is_served(uint32_t built, uint32_t minimum, uint32_t host) {
    return built >> 16 == host >> 16 && minimum <= host;
}

static void check(library_t *library, const worker_spec_t *spec) {
    const postil_plugin_t *plugin = library->plugin;
    if (!POSTIL_HAS_FIELD(plugin, postil_plugin_t, get_capability)) {
        refuse(library, POSTIL_WIRE_TABLE_WRONG, "plugin table");
    } else if (!is_served(plugin->abi, plugin->abi_minimum, spec->abi)) {
        char text[32];
        snprintf(text, sizeof text, "%u.%u", plugin->abi >> 16, plugin->abi & 0xFFFF);
        refuse(library, POSTIL_WIRE_ABI_UNKNOWN, text);
    } else if (!postil_bytes_are(plugin->id, spec->plugin_id) ||
               !postil_bytes_are(plugin->version, spec->plugin_version)) {
        char text[512];
        snprintf(text, sizeof text, "%.*s %.*s", (int)(plugin->id.count & 0xFF),
                 (const char *)plugin->id.bytes, (int)(plugin->version.count & 0xFF),
                 (const char *)plugin->version.bytes);
        refuse(library, POSTIL_WIRE_IDENTITY_WRONG, text);
    } else if (plugin->get_capability == NULL) {
        refuse(library, POSTIL_WIRE_TABLE_WRONG, "get_capability");
    }
}

void library_load(library_t *library, const worker_spec_t *spec, const postil_host_t *host) {
    library->reason = 0;
    void *handle = dlopen(spec->library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        const char *problem = dlerror();
        refuse(library, POSTIL_WIRE_NOT_LOADABLE, problem != NULL ? problem : "unknown reason");
        return;
    }
    void *symbol = dlsym(handle, POSTIL_PLUGIN_ENTRY_SYMBOL);
    if (symbol == NULL) {
        refuse(library, POSTIL_WIRE_ENTRY_MISSING, "");
        return;
    }
    entry_t entry;
    *(void **)&entry = symbol;
    library->entry = symbol;
    library->plugin = entry(host);
    if (library->plugin == NULL) {
        refuse(library, POSTIL_WIRE_ENTRY_REFUSED, "");
        return;
    }
    check(library, spec);
}
