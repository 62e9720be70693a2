internal import ValueTree

/// Checks the frame ranges of `TimelineLabels`.
struct TimelineBehavior: ImmediateTagBehavior {
    private static let range = [
        ValueField("start", .whole(from: 0)), ValueField("end", .whole(from: 0)),
    ]

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        for (place, range) in findings.list(
            "ranges",
            of: value,
            at: result.pointer("value"),
            of: .object
        ) {
            findings.fields(Self.range, of: range, at: place)
            findings.order(of: range, at: place)
        }
        findings.labels(of: result, key: "timelinelabels")
    }
}
