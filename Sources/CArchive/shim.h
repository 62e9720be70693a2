/// libarchive, as `PluginHost` reads and writes packages of plugins with it.
///
/// Only tar inside gzip is switched on; every other format stays out of strangers' reach.
#ifndef POSTIL_CARCHIVE_SHIM_H
#define POSTIL_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

#endif
