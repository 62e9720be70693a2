/// What a labeling config may be at most.
///
/// Configs come from strangers.
public struct LabelingConfigLimits: Hashable, Sendable {
    /// The length of the text; it is looked at before any parsing.
    public var bytes: Int
    /// Tags inside one another, the root being 1.
    public var depth: Int
    /// Tags in all.
    public var tags: Int
    /// Attributes of one tag.
    public var attributesPerTag: Int

    public init(
        bytes: Int = 1 << 20,
        depth: Int = 64,
        tags: Int = 50_000,
        attributesPerTag: Int = 256
    ) {
        self.bytes = bytes
        self.depth = depth
        self.tags = tags
        self.attributesPerTag = attributesPerTag
    }

    /// 1 MiB, 64 deep, 50 000 tags, 256 attributes each.
    public static let standard = LabelingConfigLimits()
}
