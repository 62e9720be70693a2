/// The order of versions such as `1.10.0-beta.2` (semver.org, without build metadata).
struct SemanticVersion: Comparable {
    private let numbers: [Int]
    private let preRelease: [Substring]

    init(_ text: String) {
        let plain = text.prefix { $0 != "+" }
        let parts = plain.split(separator: "-", maxSplits: 1)
        numbers = (parts.first ?? "").split(separator: ".").map { Int($0) ?? 0 }
        preRelease = parts.count > 1 ? parts[1].split(separator: ".") : []
    }

    static func < (lhs: SemanticVersion, rhs: SemanticVersion) -> Bool {
        if lhs.numbers != rhs.numbers { return lhs.numbers.lexicographicallyPrecedes(rhs.numbers) }
        // A pre-release comes before its release.
        if lhs.preRelease.isEmpty || rhs.preRelease.isEmpty {
            return !lhs.preRelease.isEmpty && rhs.preRelease.isEmpty
        }
        return lhs.preRelease.lexicographicallyPrecedes(rhs.preRelease) { left, right in
            switch (Int(left), Int(right)) {
            case (let left?, let right?): left < right
            case (.some, nil): true
            case (nil, .some): false
            case (nil, nil): left < right
            }
        }
    }
}
