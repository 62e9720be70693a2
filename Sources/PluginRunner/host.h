/// The host as a plugin in a worker sees it.
#ifndef POSTIL_HOST_H
#define POSTIL_HOST_H

#include "children.h"

#include <postil/plugin.h>

/// Fills the table. Once, before the library is loaded.
void host_start(int socket, const worker_spec_t *spec);

const postil_host_t *host_table(void);

/// Tells the host how many lines of the log were dropped, if any were. After each call.
void host_tell_dropped(void);

#endif
