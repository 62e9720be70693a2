internal import ValueTree

/// Checks the boxes of `Rectangle` and `RectangleLabels`.
struct RectangleBehavior: ImmediateTagBehavior {
    /// The key of `value` that holds the labels; `nil` for shapes without labels of their own.
    let labelsKey: String?

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        for side in ["x", "y"] {
            findings.number(
                value[side],
                side,
                at: result.pointer("value/\(side)"),
                in: PercentRange.position
            )
        }
        for side in ["width", "height"] {
            findings.number(
                value[side],
                side,
                at: result.pointer("value/\(side)"),
                in: PercentRange.length
            )
        }
        if let rotation = value["rotation"], !rotation.isNull {
            findings.number(
                rotation,
                "rotation",
                at: result.pointer("value/rotation"),
                in: PercentRange.rotation
            )
        }
        if let labelsKey { findings.labels(of: result, key: labelsKey) }
    }
}
