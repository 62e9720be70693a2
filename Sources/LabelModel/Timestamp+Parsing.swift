extension Timestamp {
    /// Reads ISO 8601: a date, or a date and a time with or without a fraction of the second and a
    /// zone.
    ///
    /// Without a zone it is UTC. Digits beyond microseconds are cut off. nil for anything else, and
    /// for days and hours that there are not.
    public init?(iso8601 text: String) {
        var scanner = Scanner(rest: Array(text.utf8)[...])
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2),
            scanner.skip("-"), let day = scanner.number(2), (1...12).contains(month),
            (1...Self.daysInMonth(month, of: year)).contains(day)
        else { return nil }
        var microseconds = Self.days(year, month, day) * 86_400_000_000
        if !scanner.rest.isEmpty {
            guard scanner.skip("T") || scanner.skip(" "), let time = scanner.timeOfDay(),
                let zone = scanner.zone()
            else { return nil }
            microseconds += time - zone
        }
        guard scanner.rest.isEmpty else { return nil }
        self.init(microseconds: microseconds)
    }

    /// The day's number counted from 1970-01-01.
    ///
    /// Howard Hinnant's `days_from_civil`, the reverse of what writing uses.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

/// Takes digits and signs from the front of a text.
private struct Scanner {
    var rest: ArraySlice<UInt8>

    mutating func number(_ digits: Int) -> Int64? {
        guard rest.count >= digits else { return nil }
        var number: Int64 = 0
        for byte in rest.prefix(digits) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        rest = rest.dropFirst(digits)
        return number
    }

    mutating func skip(_ sign: Character) -> Bool {
        guard let first = rest.first, first == sign.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    /// Microseconds since midnight.
    mutating func timeOfDay() -> Int64? {
        guard let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60 else {
            return nil
        }
        var microseconds = (hour * 60 + minute) * 60_000_000
        guard skip(":") else { return microseconds }
        guard let second = number(2), second < 60 else { return nil }
        microseconds += second * 1_000_000
        guard skip(".") else { return microseconds }
        var unit: Int64 = 100_000
        var digits = 0
        while let digit = number(1) {
            microseconds += digit * unit
            unit /= 10
            digits += 1
        }
        return digits > 0 ? microseconds : nil
    }

    /// Microseconds that the zone is before UTC.
    mutating func zone() -> Int64? {
        if rest.isEmpty || skip("Z") { return 0 }
        let sign: Int64 = skip("-") ? -1 : 1
        guard sign < 0 || skip("+"), let hours = number(2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = rest.isEmpty ? 0 : number(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes) * 60_000_000
    }
}
