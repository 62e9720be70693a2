import Synchronization

/// Tells those who wait that events were noted.
final class EventBell: Sendable {
    private let listeners = Mutex<[Int: AsyncStream<Void>.Continuation]>([:])
    private let numbers = Atomic<Int>(0)

    /// Rings that are not heard at once come as one.
    func rings() -> AsyncStream<Void> {
        let number = numbers.add(1, ordering: .relaxed).newValue
        return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            listeners.withLock { $0[number] = continuation }
            continuation.onTermination = { [weak self] _ in
                _ = self?.listeners.withLock { $0.removeValue(forKey: number) }
            }
        }
    }

    func ring() {
        for listener in listeners.withLock({ Array($0.values) }) { listener.yield() }
    }

    /// Ends what the listeners wait for.
    func close() {
        for listener in listeners.withLock({ Array($0.values) }) { listener.finish() }
    }
}
