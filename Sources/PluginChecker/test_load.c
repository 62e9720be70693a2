/// Loading, the entry, and what the library offers.
#define _GNU_SOURCE 1

#include "plugin.h"
#include "syscall_trap.h"
#include "tests.h"

#include <pthread.h>

enum { REPEATS = 1000, THREADS = 8 };

void test_load(void) {
    const postil_plugin_t *plugin = load_plugin();
    if (!plugin) {
        return;
    }
    if (!postil_bytes_are(plugin->id, request.plugin_id)) {
        fail("The library says that it is `%.*s`; the manifest says %s.", (int)plugin->id.count,
             (const char *)plugin->id.bytes, request.plugin_id);
    }
    if (!postil_bytes_are(plugin->version, request.plugin_version)) {
        fail("The library says that its version is `%.*s`; the manifest says %s.",
             (int)plugin->version.count, (const char *)plugin->version.bytes,
             request.plugin_version);
    }
    if (plugin->reserved != 0) {
        fail("`reserved` of the plugin table is not zero.");
    }
    if (plugin->abi_minimum > plugin->abi) {
        fail("The plugin needs a newer ABI than it was built with.");
    }
    if (plugin->abi_minimum > POSTIL_ABI_VERSION) {
        fail("The plugin needs ABI %u.%u; this host has %d.%d.", plugin->abi_minimum >> 16,
             plugin->abi_minimum & 0xFFFF, POSTIL_ABI_MAJOR, POSTIL_ABI_MINOR);
    }
}

void test_quiet_constructors(void) {
    int threads = thread_count();
    int descriptors = descriptor_count();
    syscall_trap_begin();
    entry_t entry = load_entry();
    if (entry) {
        entering(POSTIL_PLUGIN_ENTRY_SYMBOL, 0);
        entry(usual_host());
        left();
    }
    syscall_trap_end();
    if (thread_count() != threads) {
        fail("The library has made threads when it was loaded: %d more.", thread_count() - threads);
    }
    if (descriptor_count() != descriptors) {
        fail("The library has left descriptors open when it was loaded: %d more.",
             descriptor_count() - descriptors);
    }
    if (entry) {
        syscall_trap_report("while the library was loaded");
    }
}

void test_entry_repeats(void) {
    entry_t entry = load_entry();
    const postil_plugin_t *first = NULL;
    for (int i = 0; entry && i < REPEATS; i++) {
        entering(POSTIL_PLUGIN_ENTRY_SYMBOL, 0);
        const postil_plugin_t *plugin = entry(usual_host());
        left();
        first = i == 0 ? plugin : first;
        if (plugin != first) {
            fail("Call %d of the entry gave another table than the first one.", i + 1);
            return;
        }
    }
}

typedef struct ask {
    entry_t entry;
    const postil_plugin_t *answer;
    bool has_changed;
    pthread_barrier_t *barrier;
} ask_t;

static void *ask_often(void *argument) {
    ask_t *ask = argument;
    pthread_barrier_wait(ask->barrier);
    ask->answer = ask->entry(usual_host());
    for (int i = 0; i < REPEATS; i++) {
        ask->has_changed |= ask->entry(usual_host()) != ask->answer;
    }
    return NULL;
}

void test_entry_threads(void) {
    entry_t entry = load_entry();
    if (!entry) {
        return;
    }
    usual_host();
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, THREADS);
    ask_t asks[THREADS];
    pthread_t threads[THREADS];
    entering(POSTIL_PLUGIN_ENTRY_SYMBOL " from 8 threads", 0);
    for (int i = 0; i < THREADS; i++) {
        asks[i] = (ask_t){entry, NULL, false, &barrier};
        if (pthread_create(&threads[i], NULL, ask_often, &asks[i]) != 0) {
            give_up("No thread could be made.");
        }
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    left();
    for (int i = 0; i < THREADS; i++) {
        if (asks[i].has_changed || asks[i].answer != asks[0].answer) {
            fail("Called from 8 threads at once, the entry did not always give the same table.");
            return;
        }
    }
}

void test_older_abi(void) {
    entry_t entry = load_entry();
    if (!entry) {
        return;
    }
    postil_host_t host = host_table();
    host.abi = 0;
    entering(POSTIL_PLUGIN_ENTRY_SYMBOL " on a host of ABI 0.0", 0);
    const postil_plugin_t *plugin = entry(&host);
    left();
    if (plugin) {
        fail("The entry accepts a host of ABI 0.0, which is older than `abi_minimum`. Return NULL "
             "when host->abi is too low.");
    }
}

/// Walks the lines `<capability id> <name>` that the manifest lists.
static bool next_offer(postil_bytes_t *rest, postil_bytes_t *id, postil_bytes_t *name) {
    if (rest->count == 0) {
        return false;
    }
    const uint8_t *end = memchr(rest->bytes, '\n', rest->count);
    uint64_t length = end ? (uint64_t)(end - rest->bytes) : rest->count;
    const uint8_t *blank = memchr(rest->bytes, ' ', length);
    if (!blank) {
        return false;
    }
    *id = (postil_bytes_t){rest->bytes, (uint64_t)(blank - rest->bytes)};
    *name = (postil_bytes_t){blank + 1, length - id->count - 1};
    uint64_t taken = length + (end ? 1 : 0);
    *rest = (postil_bytes_t){rest->bytes + taken, rest->count - taken};
    return true;
}

void test_offers(void) {
    const postil_plugin_t *plugin = load_plugin();
    postil_bytes_t rest = request.offers, id, name;
    while (plugin && next_offer(&rest, &id, &name)) {
        entering("get_capability", 0);
        const void *first = plugin->get_capability(id, name);
        const void *second = plugin->get_capability(id, name);
        left();
        if (!first) {
            fail("get_capability gives NULL for %.*s `%.*s`, which the manifest lists.",
                 (int)id.count, (const char *)id.bytes, (int)name.count, (const char *)name.bytes);
        } else if (first != second) {
            fail("get_capability gives another table of `%.*s` at every call; it is constant and "
                 "static.",
                 (int)name.count, (const char *)name.bytes);
        }
    }
}

void test_unknown_capability(void) {
    const postil_plugin_t *plugin = load_plugin();
    postil_bytes_t rest = request.offers, id, name;
    if (!plugin || !next_offer(&rest, &id, &name)) {
        return;
    }
    const postil_bytes_t nothing = {NULL, 0};
    const struct {
        postil_bytes_t id, name;
        const char *what;
    } questions[] = {
        {postil_text("org.example.nobody-has-this/1"), name, "a capability that nobody has"},
        {postil_text("postil.exporter/99"), name, "another revision"},
        {postil_text(""), name, "an empty id"},
        {nothing, name, "an id of no bytes"},
        {id, postil_text("nobody-has-this-name"), "a name that it does not have"},
        {nothing, nothing, "no id and no name"},
    };
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        entering("get_capability", 0);
        const void *table = plugin->get_capability(questions[i].id, questions[i].name);
        left();
        if (table) {
            fail("get_capability gives a table for %s; it has to be NULL.", questions[i].what);
        }
    }
}

void test_newer_host_table(void) {
    entry_t entry = load_entry();
    if (!entry) {
        return;
    }
    // A host of the next minor version: same major, longer table, services that nobody knows yet.
    static struct {
        postil_host_t host;
        uint64_t tail[8];
    } newer;
    newer.host = host_table();
    newer.host.size = sizeof newer;
    newer.host.abi = POSTIL_ABI_VERSION + 1;
    memset(newer.tail, 0xDB, sizeof newer.tail);
    entering(POSTIL_PLUGIN_ENTRY_SYMBOL " on a newer host", 0);
    const postil_plugin_t *plugin = entry(&newer.host);
    left();
    if (!plugin) {
        fail("The entry refuses a host of the next minor version. Compare host->abi with >=.");
    }
}
