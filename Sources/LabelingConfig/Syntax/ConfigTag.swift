/// One attribute of a tag, as written.
public struct ConfigAttribute: Hashable, Sendable {
    /// The name in the spelling of the config, with its prefix if it has one.
    public let name: String
    /// The value with entities and character references resolved.
    public let value: String
    /// Where the name begins.
    public let place: SourcePlace

    public init(name: String, value: String, place: SourcePlace) {
        self.name = name
        self.value = value
        self.place = place
    }
}

/// One tag of a labeling config with everything that stands in it, known or not.
public struct ConfigTag: Hashable, Sendable {
    /// The name in the spelling of the config, with its prefix if it has one.
    public let name: String
    /// In the order of the text; names are unique in their exact spelling.
    public let attributes: [ConfigAttribute]
    public let children: [ConfigTag]
    /// What stands inside besides tags: the text, or for ``takesMarkup(_:)`` tags the markup
    /// between start and end tag exactly as written.
    ///
    /// White space at both ends is cut off, and `nil` means that nothing is left.
    public let content: String?
    /// Where the tag's `<` stands.
    public let place: SourcePlace

    public init(
        name: String,
        attributes: [ConfigAttribute] = [],
        children: [ConfigTag] = [],
        content: String? = nil,
        place: SourcePlace
    ) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.content = content
        self.place = place
    }

    /// Whether what stands inside such a tag is markup for a page, not tags of the config.
    public static func takesMarkup(_ name: String) -> Bool {
        name.lowercased() == "hypertext"
    }
}

extension ConfigTag {
    /// The attribute of that name: in this very spelling, else in any mixture of cases, since Label
    /// Studio's server minds the case of attributes and its editor does not.
    public func attribute(_ name: String) -> ConfigAttribute? {
        if let exact = attributes.first(where: { $0.name == name }) { return exact }
        let lowercased = name.lowercased()
        return attributes.first { $0.name.lowercased() == lowercased }
    }

    /// The value of the attribute of that name, see ``attribute(_:)``.
    public subscript(name: String) -> String? { attribute(name)?.value }

    /// The value of the attribute in exactly this spelling.
    public func exact(_ name: String) -> String? {
        attributes.first { $0.name == name }?.value
    }

    /// Whether the attribute is there and says exactly `true`.
    public func isTrue(_ name: String) -> Bool { self[name] == "true" }

    /// The `value` attribute, else what stands inside a tag without children.
    public var value: String? {
        self["value"] ?? (children.isEmpty ? content : nil)
    }

    /// Visits this tag and all below it in the order of the text.
    ///
    /// - Parameter visit: Takes a tag and the tags around it, the outermost first.
    public func forEach(_ visit: (_ tag: ConfigTag, _ ancestors: [ConfigTag]) -> Void) {
        var ancestors: [ConfigTag] = []
        walk(&ancestors, visit)
    }

    private func walk(
        _ ancestors: inout [ConfigTag],
        _ visit: (ConfigTag, [ConfigTag]) -> Void
    ) {
        visit(self, ancestors)
        ancestors.append(self)
        for child in children { child.walk(&ancestors, visit) }
        ancestors.removeLast()
    }
}
