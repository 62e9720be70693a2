/// A version as semver.org 2.0.0 defines it, ordered by its rules.
struct SemanticVersion: Hashable, Sendable, Comparable {
    private let core: [UInt64]
    private let prerelease: [String]

    /// Reads `1.2.3`, `1.2.3-rc.1`, `1.2.3+build`; `nil` for anything else or over 64 bytes.
    init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let withoutBuild = text.split(
            separator: "+",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let main = withoutBuild[0].split(
            separator: "-",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        if withoutBuild.count == 2, Self.identifiers(withoutBuild[1]) == nil { return nil }
        let numbers = main[0].split(separator: ".", omittingEmptySubsequences: false)
            .map(Self.number)
        guard numbers.count == 3, numbers.allSatisfy({ $0 != nil }) else { return nil }
        core = numbers.compactMap(\.self)
        guard main.count == 2 else {
            prerelease = []
            return
        }
        guard let identifiers = Self.identifiers(main[1]),
            !identifiers.contains(where: Self.isPaddedNumber)
        else { return nil }
        prerelease = identifiers
    }

    static func < (lhs: SemanticVersion, rhs: SemanticVersion) -> Bool {
        if lhs.core != rhs.core { return lhs.core.lexicographicallyPrecedes(rhs.core) }
        // A version without a prerelease is the later one.
        if lhs.prerelease.isEmpty || rhs.prerelease.isEmpty {
            return !lhs.prerelease.isEmpty && rhs.prerelease.isEmpty
        }
        return lhs.prerelease.lexicographicallyPrecedes(rhs.prerelease, by: precedes)
    }

    /// Numbers before words, numbers by value, words as ASCII.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        switch (UInt64(left), UInt64(right)) {
        case (let left?, let right?): left < right
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): left.utf8.lexicographicallyPrecedes(right.utf8)
        }
    }

    private static func number(_ text: Substring) -> UInt64? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard text.utf8.count == 1 || text.first != "0" else { return nil }
        return UInt64(text)
    }

    private static func identifiers(_ text: Substring) -> [String]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isSound = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x2D }
        }
        return isSound ? parts.map(String.init) : nil
    }

    private static func isPaddedNumber(_ text: String) -> Bool {
        text.utf8.count > 1 && text.first == "0"
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension UInt8 {
    var isASCIILetterOrDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
