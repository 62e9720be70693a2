/// The tags that a config may use, and those that it could use if someone enabled them.
///
/// A value that is passed in: the composition root makes one from ``BuiltInTags/all`` and the
/// entries of plugins, a project's own from the plugins enabled there. Built-in tags and plugins'
/// tags are entries of one kind.
///
/// 1. ``init(_:unavailable:)`` refuses two entries of one name, so that a plugin cannot take the
///    place of a built-in tag or of another plugin's.
/// 2. Look-ups ignore case, as Label Studio's editor does.
public struct TagRegistry: Sendable {
    /// A tag with what it does.
    public struct Entry: Sendable {
        public let definition: TagDefinition
        /// `nil` for a tag whose results are not looked into.
        public let behavior: (any TagBehavior)?
        /// The behavior again when it answers at once; looked up here, not for each result.
        let immediateBehavior: (any ImmediateTagBehavior)?

        public init(_ definition: TagDefinition, behavior: (any TagBehavior)? = nil) {
            self.definition = definition
            self.behavior = behavior
            immediateBehavior = behavior as? any ImmediateTagBehavior
        }
    }

    /// A tag of an installed plugin that cannot be used here.
    public struct UnavailableEntry: Sendable {
        public let definition: TagDefinition
        public let unavailability: TagUnavailability

        public init(_ definition: TagDefinition, _ unavailability: TagUnavailability) {
            self.definition = definition
            self.unavailability = unavailability
        }
    }

    /// Two tags that answer to one name.
    public struct DuplicateTag: Error, Hashable, Sendable {
        public let name: String
        /// Who had the name first.
        public let taken: TagOrigin
        /// Who wanted it too.
        public let refused: TagOrigin
    }

    /// In the order given.
    public let entries: [Entry]
    /// In the order given; several plugins or versions may offer one name.
    public let unavailable: [UnavailableEntry]
    private let positions: [String: Int]
    private let unavailablePositions: [String: Int]

    /// Makes a registry.
    ///
    /// - Parameters:
    ///   - entries: The tags that can be used.
    ///   - unavailable: Tags to name in errors. One that shares its name with an entry is never
    ///     asked for; of several with one name the first counts.
    /// - Throws: ``DuplicateTag`` when two entries differ in name at most by case.
    public init(
        _ entries: [Entry],
        unavailable: [UnavailableEntry] = []
    ) throws(DuplicateTag) {
        var positions: [String: Int] = [:]
        for (position, entry) in entries.enumerated() {
            let name = entry.definition.name.lowercased()
            if let first = positions[name] {
                throw DuplicateTag(
                    name: entry.definition.name,
                    taken: entries[first].definition.origin,
                    refused: entry.definition.origin
                )
            }
            positions[name] = position
        }
        self.entries = entries
        self.unavailable = unavailable
        self.positions = positions
        unavailablePositions = Dictionary(
            unavailable.enumerated().map { ($1.definition.name.lowercased(), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The registry with further entries after its own.
    ///
    /// - Throws: ``DuplicateTag``, see ``init(_:unavailable:)``.
    public func adding(
        _ more: [Entry],
        unavailable moreUnavailable: [UnavailableEntry] = []
    ) throws(DuplicateTag) -> TagRegistry {
        try TagRegistry(entries + more, unavailable: unavailable + moreUnavailable)
    }

    /// The tag that can be used under this name, whatever the case.
    public subscript(name: String) -> Entry? {
        positions[name.lowercased()].map { entries[$0] }
    }

    /// The tag of this name that an installed plugin has and this project cannot use.
    public func unavailableEntry(_ name: String) -> UnavailableEntry? {
        unavailablePositions[name.lowercased()].map { unavailable[$0] }
    }
}
