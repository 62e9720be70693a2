internal import ValueTree

/// Checks the paths of `Vector` and `VectorLabels`.
struct VectorBehavior: ImmediateTagBehavior {
    /// The key of `value` that holds the labels; `nil` for shapes without labels of their own.
    let labelsKey: String?

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        let pointer = result.pointer("value")
        findings.fields(
            [ValueField("closed", .flag, isOptional: true)],
            of: value,
            at: pointer
        )
        findings.vertices(of: value, at: pointer)
        if let labelsKey { findings.labels(of: result, key: labelsKey) }
    }
}

extension ResultFindings {
    private static let vertex = [
        ValueField("x", .number(PercentRange.position)),
        ValueField("y", .number(PercentRange.position)),
        ValueField("id", .text, isOptional: true),
        ValueField("prevPointId", .text, isOptional: true),
        ValueField("isBezier", .flag, isOptional: true),
    ]

    /// Control points of a curve may lie far outside of the image.
    private static let controlPoint = [
        ValueField("x", .number(PercentRange.anywhere)),
        ValueField("y", .number(PercentRange.anywhere)),
    ]

    /// Checks the `vertices` of a path: there is one at least, and each that names another as the
    /// one before it names one that is there.
    mutating func vertices(of value: JSONText, at pointer: String) {
        let vertices = list("vertices", of: value, at: pointer, of: .object)
        if value["vertices"]?.count == 0 {
            add(.tooFewPoints, at: "\(pointer)/vertices", "The path has no vertices.")
        }
        let names = Set(vertices.compactMap { $0.json["id"]?.string })
        for (place, vertex) in vertices where !isFull {
            fields(Self.vertex, of: vertex, at: place)
            for name in ["controlPoint1", "controlPoint2"] {
                guard let point = vertex[name], !point.isNull else { continue }
                fields(Self.controlPoint, of: point, at: "\(place)/\(name)")
            }
            guard let before = vertex["prevPointId"]?.string, !names.contains(before) else {
                continue
            }
            add(
                .fieldType,
                at: "\(place)/prevPointId",
                "No vertex of the path has the id “\(before)”."
            )
        }
    }
}
