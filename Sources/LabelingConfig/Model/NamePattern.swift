/// The name of a tag inside a `Repeater`, which stands for one name per repetition.
///
/// `label_{{idx}}` stands for `label_0`, `label_1` and so on: in each attribute the first occurrence
/// of a repeater's flag is replaced by the index, which counts from 0.
public struct NamePattern: Hashable, Sendable {
    /// What stands between the indices; one part more than indices.
    private let parts: [String]

    /// Makes the pattern, or `nil` when the name holds no flag and so stands for itself.
    ///
    /// - Parameters:
    ///   - name: The name as written.
    ///   - flags: The index flags of the repeaters around the tag, the outermost first.
    public init?(_ name: String, flags: [String]) {
        var cuts: [Range<Substring.Index>] = []
        for flag in flags {
            guard let found = Self.firstRange(of: flag, in: name, notIn: cuts) else { continue }
            cuts.append(found)
        }
        guard !cuts.isEmpty else { return nil }
        cuts.sort { $0.lowerBound < $1.lowerBound }
        var parts: [String] = []
        var position = name.startIndex
        for cut in cuts {
            parts.append(String(name[position..<cut.lowerBound]))
            position = cut.upperBound
        }
        parts.append(String(name[position...]))
        self.parts = parts
    }

    /// Whether the name is one that the pattern stands for.
    public func matches(_ name: String) -> Bool {
        guard let first = parts.first, name.hasPrefix(first) else { return false }
        return Self.matches(name.dropFirst(first.count), parts.dropFirst())
    }

    private static func matches(_ rest: Substring, _ parts: ArraySlice<String>) -> Bool {
        guard let part = parts.first else { return rest.isEmpty }
        var rest = rest
        while let digit = rest.first, digit.isASCII, digit.isNumber {
            rest.removeFirst()
            if rest.hasPrefix(part), matches(rest.dropFirst(part.count), parts.dropFirst()) {
                return true
            }
        }
        return false
    }

    private static func firstRange(
        of flag: String,
        in name: String,
        notIn taken: [Range<String.Index>]
    ) -> Range<String.Index>? {
        guard !flag.isEmpty else { return nil }
        var start = name.startIndex
        while start < name.endIndex {
            if name[start...].hasPrefix(flag) {
                let range = start..<name.index(start, offsetBy: flag.count)
                if !taken.contains(where: { $0.overlaps(range) }) { return range }
            }
            start = name.index(after: start)
        }
        return nil
    }
}
