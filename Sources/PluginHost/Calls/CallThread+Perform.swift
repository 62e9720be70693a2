import Contracts

extension CallThread {
    /// Runs `body` on the thread and waits for it.
    ///
    /// - Parameters:
    ///   - body: Runs after everything that was given to the thread before.
    ///   - onCancel: Runs at once, on another thread, when the calling task is cancelled.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    func perform<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(PluginError) -> Answer,
        onCancel: @escaping @Sendable () -> Void = {}
    ) async throws(PluginError) -> Answer {
        let answer = FirstAnswer<Result<Answer, PluginError>>()
        let result = await withTaskCancellationHandler {
            run {
                do throws(PluginError) {
                    answer.give(.success(try body()))
                } catch {
                    answer.give(.failure(error))
                }
            }
            return await answer.wait()
        } onCancel: {
            onCancel()
        }
        return try result.get()
    }
}
