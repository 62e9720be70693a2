internal import ValueTree

/// Checks the outlines of `Polygon` and `PolygonLabels`.
struct PolygonBehavior: ImmediateTagBehavior {
    /// The key of `value` that holds the labels; `nil` for shapes without labels of their own.
    let labelsKey: String?

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        checkPoints(value["points"], of: result, &findings)
        if let closed = value["closed"], closed.bool == nil, !closed.isNull {
            findings.add(
                .fieldType,
                at: result.pointer("value/closed"),
                "“closed” must be true or false, not \(ResultFindings.shown(closed))."
            )
        }
        if let labelsKey { findings.labels(of: result, key: labelsKey) }
    }

    private func checkPoints(
        _ points: JSONText?,
        of result: CheckedResult,
        _ findings: inout ResultFindings
    ) {
        let pointer = result.pointer("value/points")
        guard let points else {
            return findings.add(.fieldMissing, at: pointer, "The polygon has no “points”.")
        }
        guard points.kind == .array else {
            return findings.add(
                .fieldType,
                at: pointer,
                "“points” must be an array of [x, y] pairs."
            )
        }
        if points.count < 3 {
            findings.add(
                .tooFewPoints,
                at: pointer,
                "A polygon needs at least three points; this one has \(points.count).",
                hint: "Draw the outline to its end, or delete the region."
            )
        }
        for (index, point) in points.elements.enumerated() where !findings.isFull {
            guard point.kind == .array, point.count == 2 else {
                findings.add(
                    .fieldType,
                    at: "\(pointer)/\(index)",
                    "A point must be [x, y], not \(ResultFindings.shown(point))."
                )
                continue
            }
            for (axis, number) in point.elements.enumerated() {
                findings.number(
                    number,
                    axis == 0 ? "x" : "y",
                    at: "\(pointer)/\(index)/\(axis)",
                    in: PercentRange.position
                )
            }
        }
    }
}
