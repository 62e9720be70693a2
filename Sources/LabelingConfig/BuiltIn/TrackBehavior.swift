internal import ValueTree

/// Checks the tracks of `VideoRectangle`, `VideoVector` and `VideoVectorLabels`: shapes at key frames.
struct TrackBehavior: ImmediateTagBehavior {
    enum Shape: Sendable {
        case box, path
    }

    let shape: Shape

    /// Tracked things leave the picture, so a box may lie well outside of it.
    private static let box = [
        ValueField("x", .number(PercentRange.around)),
        ValueField("y", .number(PercentRange.around)),
        ValueField("width", .number(PercentRange.around)),
        ValueField("height", .number(PercentRange.around)),
        ValueField("rotation", .number(PercentRange.rotation), isOptional: true),
    ]
    private static let keyFrame = [
        ValueField("frame", .whole(from: 0)),
        ValueField("time", .number(0...1e9), isOptional: true),
        ValueField("enabled", .flag, isOptional: true),
    ]

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        let pointer = result.pointer("value")
        for (place, frame) in findings.list("sequence", of: value, at: pointer, of: .object) {
            findings.fields(Self.keyFrame, of: frame, at: place)
            switch shape {
            case .box: findings.fields(Self.box, of: frame, at: place)
            case .path: findings.vertices(of: frame, at: place)
            }
        }
    }
}
