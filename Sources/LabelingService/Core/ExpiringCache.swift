import Synchronization

/// Remembers answers for a short while, in bounded memory, from any thread.
///
/// The age limit bounds how long a change made by another process goes unnoticed; changes made by
/// this one call ``remove(_:)`` or ``removeAll()``. When it is full it forgets everything, which costs one slow round
/// and needs no bookkeeping on the fast path.
final class ExpiringCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        let madeAt: ContinuousClock.Instant
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        /// Counts the removals: an answer that was asked for before one of them may be
        /// out of date when it arrives.
        var generation = 0
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let maxAge: Duration

    init(capacity: Int, maxAge: Duration) {
        self.capacity = capacity
        self.maxAge = maxAge
    }

    /// The remembered answer, or the one that `load` gives; nil is never remembered.
    func value(
        _ key: Key,
        orLoad load: () async throws(ServiceError) -> Value?
    ) async throws(ServiceError) -> Value? {
        let (entry, generation) = state.withLock { ($0.entries[key], $0.generation) }
        if let entry, entry.madeAt.duration(to: .now) < maxAge { return entry.value }
        guard let value = try await load() else { return nil }
        state.withLock { state in
            if state.generation == generation { insert(value, for: key, into: &state) }
        }
        return value
    }

    /// Remembers an answer that came by another way.
    func insert(_ value: Value, for key: Key) {
        state.withLock { insert(value, for: key, into: &$0) }
    }

    private func insert(_ value: Value, for key: Key, into state: inout State) {
        if state.entries.count >= capacity { state.entries.removeAll(keepingCapacity: true) }
        state.entries[key] = Entry(value: value, madeAt: .now)
    }

    func remove(_ key: Key) {
        state.withLock { state in
            state.entries[key] = nil
            state.generation += 1
        }
    }

    func removeAll() {
        state.withLock { state in
            state.entries.removeAll()
            state.generation += 1
        }
    }
}
