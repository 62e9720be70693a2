/// A labeling config as text and as the tree of its tags, before anyone asked what the tags mean.
public struct ConfigTree: Hashable, Sendable {
    /// The text that was parsed.
    public let source: String
    public let root: ConfigTag
    /// The comments outside the root tag, in order.
    ///
    /// Templates keep sample task data in the last.
    public let outerComments: [String]

    public init(source: String, root: ConfigTag, outerComments: [String] = []) {
        self.source = source
        self.root = root
        self.outerComments = outerComments
    }

    /// Every tag, the root first, in the order of the text.
    public var tags: [ConfigTag] {
        var all: [ConfigTag] = []
        root.forEach { tag, _ in all.append(tag) }
        return all
    }
}
