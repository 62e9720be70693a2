internal import Contracts
internal import FoundationEssentials
internal import LabelModel

/// The machine's clock.
struct SystemClock: WallClock {
    func now() -> Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}
