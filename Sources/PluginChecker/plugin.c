#include "plugin.h"
#include "json_service.h"

#include <dlfcn.h>

static uint64_t lines;

static const void *get_service(const postil_host_t *host, postil_bytes_t id) {
    (void)host;
    return postil_bytes_are(id, POSTIL_SERVICE_JSON_TEXT) ? json_text_service() : NULL;
}

static void take_line(const postil_host_t *host, int32_t level, postil_bytes_t message) {
    (void)host;
    (void)level;
    if (message.count > 0 && !message.bytes) {
        fail("The plugin logged %llu bytes at NULL.", (unsigned long long)message.count);
    }
    __atomic_fetch_add(&lines, 1, __ATOMIC_RELAXED);
}

uint64_t logged_lines(void) {
    return __atomic_load_n(&lines, __ATOMIC_RELAXED);
}

postil_host_t host_table(void) {
    postil_host_t host = {
        .size = sizeof host,
        .abi = POSTIL_ABI_VERSION,
        .name = postil_text("postil-plugin-checker"),
        .version = postil_text("0.1.0"),
        .get_service = get_service,
        .log = take_line,
    };
    return host;
}

const postil_host_t *usual_host(void) {
    static postil_host_t host;
    host = host_table();
    return &host;
}

entry_t load_entry(void) {
    entering("the library's constructors", 0);
    void *library = dlopen(request.library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    left();
    if (!library) {
        fail("The system cannot load the library: %s", dlerror());
        return NULL;
    }
    // POSIX asks for this detour from an object pointer to a function pointer.
    entry_t entry = NULL;
    *(void **)&entry = dlsym(library, POSTIL_PLUGIN_ENTRY_SYMBOL);
    if (!entry) {
        fail("The library has no symbol %s. Export it with POSTIL_EXPORT from postil/plugin.h.",
             POSTIL_PLUGIN_ENTRY_SYMBOL);
    }
    return entry;
}

const postil_plugin_t *load_plugin(void) {
    entry_t entry = load_entry();
    if (!entry) {
        return NULL;
    }
    entering(POSTIL_PLUGIN_ENTRY_SYMBOL, 0);
    const postil_plugin_t *plugin = entry(usual_host());
    left();
    if (!plugin) {
        fail("The entry gave NULL: the plugin says that it cannot run on a host of ABI %d.%d.",
             POSTIL_ABI_MAJOR, POSTIL_ABI_MINOR);
        return NULL;
    }
    if (plugin->size < sizeof *plugin) {
        fail("The plugin table has %u bytes; %zu are the least. Set `size` to sizeof of it.",
             plugin->size, sizeof *plugin);
        return NULL;
    }
    if (!plugin->get_capability) {
        fail("The plugin table has no get_capability.");
        return NULL;
    }
    return plugin;
}

const void *load_capability(void) {
    const postil_plugin_t *plugin = load_plugin();
    if (!plugin) {
        return NULL;
    }
    entering("get_capability", 0);
    const void *table =
        plugin->get_capability(postil_text(request.capability), postil_text(request.name));
    left();
    if (!table) {
        fail("get_capability gives NULL for %s `%s`, which the manifest lists.", request.capability,
             request.name);
    }
    return table;
}
