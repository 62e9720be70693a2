/// Sees which system calls a plugin makes, and refuses those that no plugin may make.
#ifndef POSTIL_CHECKER_SYSCALL_TRAP_H
#define POSTIL_CHECKER_SYSCALL_TRAP_H

/// Puts the filter on. Before the sandbox, whose own filter does not let another one follow; what
/// is called before `syscall_trap_begin` is let through.
void syscall_trap_install(void);

/// From here on forbidden calls of any thread are noted and fail with EACCES. Reading below /usr
/// and the files that the loader, the time zone and locales need stays possible.
void syscall_trap_begin(void);

/// From here on nothing is noted.
void syscall_trap_end(void);

/// Fails the test for each forbidden call that was noted. `when` goes into the message.
void syscall_trap_report(const char *when);

#endif
