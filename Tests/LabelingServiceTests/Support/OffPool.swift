import Contracts
import Dispatch

/// Runs what may block on a thread of its own, as the plugin host does.
enum OffPool {
    static func run(
        _ work: @escaping @Sendable () throws(PluginError) -> Void
    ) async throws(PluginError) {
        let failure: PluginError? = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                do throws(PluginError) {
                    try work()
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
        }
        if let failure { throw failure }
    }
}
