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
    private let failure = Mutex<PluginError?>(nil)

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
    var isGivenUp: Bool { failure.withLock { $0 != nil } }

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
        if let failure = failure.withLock({ $0 }) { throw failure }
        let clock = CallClock()
        let answer = FirstAnswer<Result<Answer, PluginError>>()
        let watch = Task { await self.watch(clock, function, answer) }
        thread.run {
            do throws(PluginError) {
                answer.give(.success(try body(clock)))
            } catch {
                answer.give(.failure(error))
            }
        }
        let result = await answer.wait()
        watch.cancel()
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

    private func watch<Answer>(
        _ clock: CallClock,
        _ function: String,
        _ answer: FirstAnswer<Result<Answer, PluginError>>
    ) async {
        while clock.spent < limit {
            do {
                try await Task.sleep(for: max(limit - clock.spent, .milliseconds(1)))
            } catch {
                return
            }
        }
        let error = PluginError(
            .callTimedOut,
            "\(plugin) did not come back from \(function) within \(limit).",
            hint: "The plugin is not used again until Postil starts anew.",
            plugin: plugin,
            function: function
        )
        guard answer.give(.failure(error)) else { return }
        failure.withLock { $0 = error }
        quarantine.put(plugin, because: error)
        thread.retire()
    }
}

/// Hands the first answer that is given to the one who waits, and drops the others.
private final class FirstAnswer<Answer: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Answer, Never>)
        case given(Answer)
        case taken
    }

    private let state = Mutex(State.open)

    /// - Returns: False when another answer came first.
    @discardableResult
    func give(_ answer: Answer) -> Bool {
        let (isFirst, waiting) = state.withLock {
            state -> (Bool, CheckedContinuation<Answer, Never>?) in
            switch state {
            case .open:
                state = .given(answer)
                return (true, nil)
            case .awaited(let continuation):
                state = .taken
                return (true, continuation)
            case .given, .taken:
                return (false, nil)
            }
        }
        waiting?.resume(returning: answer)
        return isFirst
    }

    func wait() async -> Answer {
        await withCheckedContinuation { continuation in
            let given = state.withLock { state -> Answer? in
                if case .given(let answer) = state {
                    state = .taken
                    return answer
                }
                state = .awaited(continuation)
                return nil
            }
            if let given { continuation.resume(returning: given) }
        }
    }
}
