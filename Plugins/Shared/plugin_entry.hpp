// The entry of a C++ plugin that offers exporters.
#pragma once

#include "exporter_table.hpp"

#include <atomic>

namespace postil {

/// The host, for its services; set by the entry.
inline std::atomic<const postil_host_t *> plugin_host{nullptr};

/// One format of a plugin and what makes it.
struct OfferedExporter {
    const char *name;
    const postil_exporter_t *table;
};

template <class Exporter>
inline constexpr postil_exporter_t exporter_table =
    ExporterTable<Exporter>::table(POSTIL_READS_TREE);

} // namespace postil

/// Defines the library's entry. The formats follow the version, each as
/// `{"NAME", &postil::exporter_table<Class>}`, where the class is as `ExporterTable` wants it.
#define POSTIL_EXPORTERS_PLUGIN(plugin_id, plugin_version, ...)                                    \
    namespace {                                                                                    \
    const postil::OfferedExporter offered_exporters[] = {__VA_ARGS__};                             \
    const void *get_capability(postil_bytes_t id, postil_bytes_t name) {                           \
        if (postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER)) {                                    \
            for (const postil::OfferedExporter &offered : offered_exporters) {                     \
                if (postil_bytes_are(name, offered.name)) {                                        \
                    return offered.table;                                                          \
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

/// The same for one format.
#define POSTIL_EXPORTER_PLUGIN(Exporter, plugin_id, plugin_version, format_name)                   \
    POSTIL_EXPORTERS_PLUGIN(plugin_id, plugin_version,                                             \
                            {format_name, &postil::exporter_table<Exporter>})
