/// The plugin under test, loaded, and the host that it is shown.
#ifndef POSTIL_CHECKER_PLUGIN_H
#define POSTIL_CHECKER_PLUGIN_H

#include "worker.h"

/// A host table as of this ABI; change fields of the copy to show another host.
postil_host_t host_table(void);

/// The host that tests show unless they are about hosts.
const postil_host_t *usual_host(void);

typedef const postil_plugin_t *(*entry_t)(const postil_host_t *host);

/// Loads the library and finds its entry; NULL, having failed the test, when it cannot.
entry_t load_entry(void);

/// Loads the library and asks its entry; NULL, having failed the test, when it cannot.
const postil_plugin_t *load_plugin(void);

/// The table of the request's capability; NULL, having failed the test, when there is none.
const void *load_capability(void);

/// How many lines the plugin has logged.
uint64_t logged_lines(void);

#endif
