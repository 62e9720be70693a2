import Synchronization

/// Hands the first answer that is given to the one who waits, and drops the others.
final class FirstAnswer<Answer: Sendable>: Sendable {
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
