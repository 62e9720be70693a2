import Synchronization

/// Measures how long a call has been inside a plugin, leaving out what the host itself takes.
///
/// A plugin that writes to a sink waits for a slow reader; that is not the plugin's fault.
final class CallClock: Sendable {
    private struct State {
        var spent = Duration.zero
        var enteredAt: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// Runs the plugin's code: time counts while `body` runs.
    func inPlugin<Answer>(_ body: () -> Answer) -> Answer {
        enter()
        defer { leave() }
        return body()
    }

    /// Runs the host's code on behalf of the plugin: time stands still while `body` runs.
    func inHost<Answer>(_ body: () -> Answer) -> Answer {
        leave()
        defer { enter() }
        return body()
    }

    /// Time spent inside the plugin until now.
    var spent: Duration {
        state.withLock { state in
            state.spent + (state.enteredAt.map { $0.duration(to: .now) } ?? .zero)
        }
    }

    private func enter() {
        state.withLock { $0.enteredAt = .now }
    }

    private func leave() {
        state.withLock { state in
            if let enteredAt = state.enteredAt { state.spent += enteredAt.duration(to: .now) }
            state.enteredAt = nil
        }
    }
}
