import Contracts
import Synchronization

/// Calls into one instance of a plugin: one at a time, on a thread of its own, with a time limit.
///
/// 1. ``call(_:_:)`` any number of times.
/// 2. ``end()`` when no further call will come.
///
/// A call over its limit fails; so does every later one. Its thread is given up, with whatever the
/// call still holds, and the plugin's version goes into quarantine. So does the version of a plugin
/// whose answer breaks the contract.
final class PluginCalls: Sendable {
    let plugin: PluginVersion
    private let thread: CallThread
    private let limit: Duration
    private let quarantine: Quarantine
    private let state = Mutex(State())

    private struct State {
        /// Why the thread was given up.
        var failure: PluginError?
        /// Fails a call that has begun or waits for its turn.
        var pending: [Int: @Sendable (PluginError) -> Void] = [:]
        var lastNumber = 0
    }

    init(plugin: PluginVersion, limit: Duration, quarantine: Quarantine) throws(PluginError) {
        self.plugin = plugin
        self.limit = limit
        self.quarantine = quarantine
        thread = try CallThread()
    }

    deinit { thread.retire() }

    /// True once a call was over its limit.
    ///
    /// What the plugin still asks for is refused from then on.
    var isGivenUp: Bool { state.withLock { $0.failure != nil } }

    /// - Throws: `plugin_quarantined`, also when another instance of the plugin is the cause.
    func checkUsable() throws(PluginError) { try quarantine.check(plugin) }

    /// Runs `body` on the instance's thread.
    ///
    /// - Parameters:
    ///   - function: What is called, for errors: `exporter.consume`.
    ///   - body: Gets the clock of the call; the time that it spends `inPlugin` is limited.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or `call_timed_out`.
    func call<Answer: Sendable>(
        _ function: String,
        _ body: @escaping @Sendable (CallClock) throws(PluginError) -> Answer
    ) async throws(PluginError) -> Answer {
        let clock = CallClock()
        let answer = FirstAnswer<Result<Answer, PluginError>>()
        let number = try begin(failing: { answer.give(.failure($0)) })
        let watch = Task { await self.watch(clock, function) }
        thread.run {
            do throws(PluginError) {
                answer.give(.success(try body(clock)))
            } catch {
                answer.give(.failure(error))
            }
        }
        let result = await answer.wait()
        watch.cancel()
        end(number)
        do {
            return try result.get()
        } catch {
            let error = error.of(plugin)
            if error.code == .answerInvalid { quarantine.put(plugin, because: error) }
            throw error
        }
    }

    /// Runs `body` on the instance's thread without waiting for it, as the last thing there.
    func end(_ body: @escaping @Sendable () -> Void = {}) {
        if !isGivenUp { thread.run(body) }
        thread.retire()
    }

    /// - Returns: The call's number, for ``end(_:)``.
    private func begin(
        failing fail: @escaping @Sendable (PluginError) -> Void
    ) throws(PluginError) -> Int {
        let (number, failure) = state.withLock { state in
            state.lastNumber += 1
            state.pending[state.lastNumber] = fail
            return (state.lastNumber, state.failure)
        }
        if let failure { throw failure }
        return number
    }

    private func end(_ number: Int) {
        state.withLock { $0.pending[number] = nil }
    }

    /// Gives the thread up when the call has been inside the plugin for too long.
    private func watch(_ clock: CallClock, _ function: String) async {
        while clock.spent < limit {
            do {
                try await Task.sleep(for: max(limit - clock.spent, .milliseconds(1)))
            } catch {
                return
            }
        }
        giveUp(
            because: PluginError(
                .callTimedOut,
                "\(plugin) did not come back from \(function) within \(limit).",
                hint: "The plugin is not used again until Postil starts anew.",
                plugin: plugin,
                function: function
            )
        )
    }

    /// Fails the call that hangs and all that wait behind it.
    private func giveUp(because error: PluginError) {
        let pending = state.withLock { state in
            state.failure = state.failure ?? error
            defer { state.pending = [:] }
            return state.pending.values
        }
        quarantine.put(plugin, because: error)
        thread.retire()
        for fail in pending { fail(error) }
    }
}
