import Contracts
import Synchronization

/// Makes workers for one run of one plugin, and keeps the books on how they end.
struct WorkerFactory: Sendable {
    let spec: WorkerSpec
    let spawner: Spawner
    let host: WorkerHost
    let health: PluginHealth
    let temporaryFolder: String
    let outputByteLimit: Int64

    var plugin: PluginVersion { spec.plugin }
    var callLimit: Duration { host.callLimit }

    func make() throws(WorkerFailure) -> Worker {
        let worker = try Worker(spec, spawner: spawner, host: host)
        health.note(worker.sandbox, of: plugin)
        return worker
    }

    /// Tells the log of a death that may still be got over.
    func report(_ death: WorkerDeath) {
        let error = death.error(plugin)
        host.write(PluginLogLine(level: .error, plugin: plugin, message: error.message))
    }

    /// Puts an incident into the books; three within an hour are enough.
    func note(_ error: PluginError) { health.note(error, of: plugin) }

    /// The error that ends a run without a death; who breaks the contract is not used again.
    func fail(_ error: PluginError) -> PluginError {
        if error.code == .answerInvalid { health.distrust(plugin, because: error) }
        return error
    }

    /// The error for a death that ends the run, after putting it into the books.
    func fail(_ death: WorkerDeath) -> PluginError {
        let error = death.error(plugin)
        if death.isCrash {
            report(death)
            note(error)
        }
        return error
    }
}
