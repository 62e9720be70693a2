/// What every sandboxed process may read, whatever its policy says.
#ifndef POSTIL_SANDBOX_PATHS_H
#define POSTIL_SANDBOX_PATHS_H

/// Libraries, and the data without which results would be silently wrong: zones, locales,
/// converters of character sets, map projections. Ended by NULL.
extern const char *const postil_sandbox_system_paths[];

#endif
