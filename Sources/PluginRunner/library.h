/// Loading the plugin's library and asking its entry.
#ifndef POSTIL_LIBRARY_H
#define POSTIL_LIBRARY_H

#include "children.h"

#include <postil/plugin.h>

typedef struct library {
    const postil_plugin_t *plugin; ///< NULL when `reason` is not 0.
    const void *entry;
    int reason; ///< POSTIL_WIRE_NOT_LOADABLE, …; 0 when all is well.
    char problem[1024];
} library_t;

/// Loads the library for good: it is never closed.
void library_load(library_t *library, const worker_spec_t *spec, const postil_host_t *host);

#endif
