// The entry of a C++ plugin that offers exporters.
#pragma once

#include "exporter_table.hpp"
#include "plugin_table.hpp"

namespace postil {

template <class Exporter>
inline constexpr postil_exporter_t exporter_table =
    ExporterTable<Exporter>::table(POSTIL_READS_TREE);

} // namespace postil

/// Defines the library's entry. The formats follow the version, each as
/// `{"NAME", &postil::exporter_table<Class>}`, where the class is as `ExporterTable` wants it.
#define POSTIL_EXPORTERS_PLUGIN(plugin_id, plugin_version, ...)                                    \
    namespace {                                                                                    \
    const postil::Offered offered_exporters[] = {__VA_ARGS__};                                     \
    }                                                                                              \
    POSTIL_PLUGIN(POSTIL_CAPABILITY_EXPORTER, offered_exporters, plugin_id, plugin_version)

/// The same for one format.
#define POSTIL_EXPORTER_PLUGIN(Exporter, plugin_id, plugin_version, format_name)                   \
    POSTIL_EXPORTERS_PLUGIN(plugin_id, plugin_version,                                             \
                            {format_name, &postil::exporter_table<Exporter>})
