/// The process that forks workers: small, with one thread, so that a fork is cheap and safe.
#ifndef POSTIL_SPAWNER_H
#define POSTIL_SPAWNER_H

/// Serves the host until it closes the socket; then ends all workers.
///
/// 1. SPAWN forks a worker, which goes into the sandbox by itself.
/// 2. Calls that the sandbox refuses are answered here and told to the host.
/// 3. A worker's end is told with its status.
///
/// Returns the status of the process.
int postil_spawner_run(int host);

#endif
