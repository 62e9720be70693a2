internal import Synchronization

/// Slows down guessing of passwords: each failure takes from a small stock that fills up with time.
///
/// There is one stock for each email and one for each address, so that neither one account tried
/// from many places nor many accounts tried from one place gets far. Kept in memory only: a
/// restart forgives.
package final class SignInLimiter: Sendable {
    private struct Stock {
        var left: Double
        var updatedAt: ContinuousClock.Instant
    }

    /// Failures that a full stock allows.
    private let capacity: Double
    /// How long one failure takes to be forgotten.
    private let refill: Duration
    private let stocks = Mutex<[String: Stock]>([:])

    package init(capacity: Int = 10, refill: Duration = .seconds(30)) {
        self.capacity = Double(capacity)
        self.refill = refill
    }

    /// How long to wait before the next try with these names, or nil when it may be now.
    package func delay(
        for names: [String],
        at now: ContinuousClock.Instant = .now
    ) -> Duration? {
        stocks.withLock { stocks in
            let left = names.map { level(of: stocks[$0], at: now) }.min() ?? capacity
            return left >= 1 ? nil : refill * (1 - left)
        }
    }

    /// Counts a failure against each of these names.
    package func countFailure(of names: [String], at now: ContinuousClock.Instant = .now) {
        stocks.withLock { stocks in
            for name in names {
                let left = max(0, level(of: stocks[name], at: now) - 1)
                stocks[name] = Stock(left: left, updatedAt: now)
            }
            // Full stocks say nothing; drop them before the table grows.
            if stocks.count > 10_000 {
                stocks = stocks.filter { level(of: $0.value, at: now) < capacity }
            }
        }
    }

    /// Forgets the failures of a name, as after a sign-in.
    package func forgive(_ name: String) {
        stocks.withLock { _ = $0.removeValue(forKey: name) }
    }

    private func level(of stock: Stock?, at now: ContinuousClock.Instant) -> Double {
        guard let stock else { return capacity }
        return min(capacity, stock.left + (now - stock.updatedAt) / refill)
    }
}
