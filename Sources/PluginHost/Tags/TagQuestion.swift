/// What the functions of a tag are asked about.
struct TagQuestion: Sendable {
    /// The element in the labeling config, as tag.h describes it.
    var element: [UInt8]
    /// The task's `data`.
    var data: [UInt8]?
    /// One result of this tag.
    var result: [UInt8]?
}

/// One finding of a plugin.
struct TagFinding: Hashable, Sendable {
    var code: String
    var pointer: String
    var message: String
    var hint: String?
}
