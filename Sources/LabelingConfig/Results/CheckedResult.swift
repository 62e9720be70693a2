public import ValueTree

/// One result as its control's behavior sees it, after `from_name`, `to_name` and `type` were found
/// right.
public struct CheckedResult {
    /// The position in the answer's `result` array.
    public let index: Int
    /// The whole result, an object.
    public let json: JSONText
    public let control: ControlTag
    /// What the result is about; `nil` when it is about the control itself, as with `Pairwise`.
    public let object: ObjectTag?
    public let config: LabelingConfig
    public let task: TaskContext

    /// The result's `value`, or `nil` when it is no object.
    public var value: JSONText? {
        guard let value = json["value"], value.kind == .object else { return nil }
        return value
    }

    /// The JSON pointer of something in this result, such as `value/x`.
    public func pointer(_ path: String) -> String { "/\(index)/\(path)" }
}
