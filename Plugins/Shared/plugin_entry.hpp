// The entry of a C++ plugin that offers one exporter.
#pragma once

#include "exporter_table.hpp"

#include <atomic>

namespace postil {

/// The host, for its services; set by the entry.
inline std::atomic<const postil_host_t *> plugin_host{nullptr};

} // namespace postil

/// Defines the library's entry. `Exporter` is a class as `ExporterTable` wants it.
#define POSTIL_EXPORTER_PLUGIN(Exporter, plugin_id, plugin_version, format_name)                   \
    namespace {                                                                                    \
    const postil_exporter_t exporter_table =                                                       \
        postil::ExporterTable<Exporter>::table(POSTIL_READS_TREE);                                 \
    const void *get_capability(postil_bytes_t id, postil_bytes_t name) {                           \
        bool is_exporter = postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER);                       \
        return is_exporter && postil_bytes_are(name, format_name) ? &exporter_table : nullptr;     \
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
