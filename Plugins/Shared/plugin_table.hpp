// The table of a C++ plugin that offers tables of one capability, and the library's entry.
#pragma once

#include <postil/plugin.h>

#include <atomic>

namespace postil {

/// The host, for its services and its log; set by the entry.
inline std::atomic<const postil_host_t *> plugin_host{nullptr};

/// A name of the manifest and the capability's table that does it.
struct Offered {
    const char *name;
    const void *table;
};

} // namespace postil

/// Defines the library's entry; `offered` is an array of `postil::Offered`.
#define POSTIL_PLUGIN(capability, offered, plugin_id, plugin_version)                              \
    namespace {                                                                                    \
    const void *get_capability(postil_bytes_t id, postil_bytes_t name) {                           \
        if (postil_bytes_are(id, capability)) {                                                    \
            for (const postil::Offered &one : offered) {                                           \
                if (postil_bytes_are(name, one.name)) {                                            \
                    return one.table;                                                              \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
        return nullptr;                                                                            \
    }                                                                                              \
    const postil_plugin_t plugin_table = {                                                         \
        sizeof(postil_plugin_t),                                                                   \
        POSTIL_ABI_VERSION,                                                                        \
        POSTIL_ABI_VERSION,                                                                        \
        0,                                                                                         \
        {reinterpret_cast<const uint8_t *>(plugin_id), sizeof plugin_id - 1},                      \
        {reinterpret_cast<const uint8_t *>(plugin_version), sizeof plugin_version - 1},            \
        get_capability};                                                                           \
    }                                                                                              \
    const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {                     \
        postil::plugin_host = host;                                                                \
        return host->abi >= POSTIL_ABI_VERSION ? &plugin_table : nullptr;                          \
    }
