/// The name of a new plugin, in the spellings that its files want.
public struct PluginName: Hashable, Sendable {
    /// Lower-case words joined by hyphens: `parcel-list`.
    public let kebab: String

    private static let longest = 40

    /// - Throws: `name_invalid`.
    public init(_ text: String) throws(AuthoringError) {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let isSound = words.allSatisfy { word in
            !word.isEmpty
                && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
        }
        guard isSound, let first = text.utf8.first, (97...122).contains(first),
            text.utf8.count <= Self.longest
        else {
            throw AuthoringError(
                .nameInvalid,
                "`\(text)` cannot be the name of a plugin.",
                hint:
                    "Lower-case letters and digits, words joined by hyphens, a letter first, at "
                    + "most \(Self.longest) characters: parcel-list."
            )
        }
        kebab = text
    }

    private var words: [String] { kebab.split(separator: "-").map(String.init) }

    /// `parcel_list`.
    public var snake: String { words.joined(separator: "_") }

    /// `PARCEL-LIST`: formats are named so.
    public var shouting: String { kebab.uppercased() }

    /// `ParcelList`: tags are named so.
    public var pascal: String { words.map(Self.capitalized).joined() }

    /// `parcellist`: result types are named so.
    public var lower: String { words.joined() }

    /// `Parcel list`: for people.
    public var title: String {
        words.enumerated().map { $0.offset == 0 ? Self.capitalized($0.element) : $0.element }
            .joined(separator: " ")
    }

    private static func capitalized(_ word: String) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }
}
