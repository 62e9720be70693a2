/// A moment: whole microseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Label Studio writes moments as UTC ISO 8601 with six digits of a second and `Z`; so do we.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.microseconds < rhs.microseconds
    }

    /// The moment that lies `seconds` later.
    public func adding(seconds: Int64) -> Timestamp {
        Timestamp(microseconds: microseconds + seconds * 1_000_000)
    }
}

extension Timestamp {
    /// The moment as ASCII, `2026-01-31T08:05:09.000123Z`; always 27 bytes for years 0000 to 9999.
    public var iso8601: [UInt8] {
        let (days, microsecondOfDay) = microseconds.flooredDivision(by: 86_400_000_000)
        let (year, month, day) = Self.civil(fromDays: days)
        let second = microsecondOfDay / 1_000_000
        var text: [UInt8] = []
        text.reserveCapacity(27)
        text.append(number: year, digits: 4)
        text.append(UInt8(ascii: "-"))
        text.append(number: month, digits: 2)
        text.append(UInt8(ascii: "-"))
        text.append(number: day, digits: 2)
        text.append(UInt8(ascii: "T"))
        text.append(number: second / 3600, digits: 2)
        text.append(UInt8(ascii: ":"))
        text.append(number: second / 60 % 60, digits: 2)
        text.append(UInt8(ascii: ":"))
        text.append(number: second % 60, digits: 2)
        text.append(UInt8(ascii: "."))
        text.append(number: microsecondOfDay % 1_000_000, digits: 6)
        text.append(UInt8(ascii: "Z"))
        return text
    }

    /// Year, month (1...12) and day (1...31) of a day number counted from 1970-01-01.
    ///
    /// Howard Hinnant's `civil_from_days`, which counts years from March so that the leap day
    /// comes last.
    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: Int64, digits: Int) {
        let start = count
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
        var rest = number
        for place in stride(from: start + digits - 1, through: start, by: -1) {
            self[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}
