public import Contracts
public import LabelModel
import Synchronization

/// A clock that goes one microsecond on with each look at it, and further when told to.
public final class SteppingClock: WallClock {
    private let microseconds = Mutex<Int64>(1_700_000_000_000_000)

    public init() {}

    public func now() -> Timestamp {
        microseconds.withLock { moment in
            moment += 1
            return Timestamp(microseconds: moment)
        }
    }

    /// Moves the clock on.
    public func advance(seconds: Int64) {
        microseconds.withLock { $0 += seconds * 1_000_000 }
    }
}

extension SteppingClock {
    /// Moves the clock to a moment that has not come yet.
    func advance(to moment: Timestamp) {
        microseconds.withLock { $0 = max($0, moment.microseconds) }
    }
}
