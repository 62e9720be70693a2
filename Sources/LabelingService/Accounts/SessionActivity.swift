import LabelModel
import Synchronization

/// When each session was last used, in memory: after a restart all count as just used.
final class SessionActivity: Sendable {
    /// Sessions that are remembered; beyond that it forgets all, which ends none.
    private static let capacity = 65_536

    private let moments = Mutex<[[UInt8]: Timestamp]>([:])

    /// Notes a use.
    ///
    /// - Returns: Microseconds since the use before, or 0.
    func touch(_ digest: [UInt8], at now: Timestamp) -> Int64 {
        moments.withLock { moments in
            if moments.count >= Self.capacity { moments.removeAll(keepingCapacity: true) }
            let before = moments.updateValue(now, forKey: digest)
            return before.map { now.microseconds - $0.microseconds } ?? 0
        }
    }

    func forget(_ digest: [UInt8]) {
        moments.withLock { $0[digest] = nil }
    }
}
