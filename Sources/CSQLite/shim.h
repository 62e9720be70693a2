/// SQLite's calls with a variable number of arguments, which Swift cannot make.
#ifndef POSTIL_CSQLITE_SHIM_H
#define POSTIL_CSQLITE_SHIM_H

#include <sqlite3.h>

/// Makes SQLite allocate without counting, which takes a lock of all threads at each call.
///
/// Before the first connection of the process.
static inline int postil_sqlite_stop_counting_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
