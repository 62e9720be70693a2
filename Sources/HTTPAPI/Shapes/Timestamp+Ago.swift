internal import FoundationEssentials
package import LabelModel

extension Timestamp {
    /// The present moment, for sentences such as "2 hours"; what is stored takes the store's time.
    static var present: Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }

    /// How long ago this was, in the two largest units, as Django says it: `1 hour, 5 minutes`.
    package func ago(from now: Timestamp) -> String {
        let minutes = max(0, (now.microseconds - microseconds) / 60_000_000)
        guard minutes > 0 else { return "0\u{A0}minutes" }
        for (index, unit) in Self.units.enumerated() where minutes >= unit.minutes {
            var text = Self.phrase(minutes / unit.minutes, unit.name)
            if index + 1 < Self.units.count {
                let smaller = Self.units[index + 1]
                let rest = minutes % unit.minutes / smaller.minutes
                if rest > 0 { text += ", " + Self.phrase(rest, smaller.name) }
            }
            return text
        }
        return Self.phrase(minutes, "minute")
    }

    private static let units: [(name: String, minutes: Int64)] = [
        ("year", 525_600), ("month", 43_200), ("week", 10_080), ("day", 1_440), ("hour", 60),
        ("minute", 1),
    ]

    private static func phrase(_ count: Int64, _ unit: String) -> String {
        "\(count)\u{A0}\(unit)\(count == 1 ? "" : "s")"
    }
}
