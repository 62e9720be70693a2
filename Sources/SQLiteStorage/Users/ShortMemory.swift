import Synchronization

/// Remembers for a second what was read, for rows that each request asks for.
///
/// A change in this process forgets everything at once; a change by another process is seen after
/// a second at the latest. What was not found is not remembered, so new rows are seen at once.
final class ShortMemory<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        /// Counts what made the memory forget, so that a slow read does not bring back old values.
        var generation = 0
        var values: [Key: (value: Value, readAt: ContinuousClock.Instant)] = [:]
    }

    private static var lifetime: Duration { .seconds(1) }
    /// Keys beyond which the memory starts anew, so that it cannot grow without bound.
    private static var limit: Int { 10_000 }

    private let state = Mutex(State())

    /// The remembered value, or what `read` finds.
    func value<Failure: Error>(
        of key: Key,
        read: () async throws(Failure) -> Value?
    ) async throws(Failure) -> Value? {
        let now = ContinuousClock.now
        let (known, generation) = state.withLock { state in
            (state.values[key], state.generation)
        }
        if let known, now - known.readAt < Self.lifetime { return known.value }
        guard let value = try await read() else {
            state.withLock { $0.values[key] = nil }
            return nil
        }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.values.count >= Self.limit { state.values.removeAll() }
            state.values[key] = (value, now)
        }
        return value
    }

    /// Must be called after each change, before whoever made it is answered.
    func forget() {
        state.withLock { state in
            state.generation += 1
            state.values.removeAll()
        }
    }
}
