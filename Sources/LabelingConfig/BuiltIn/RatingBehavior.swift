internal import ValueTree

/// Checks the stars of `Rating`; 0 is no rating.
struct RatingBehavior: ImmediateTagBehavior {
    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        let most = result.control.tag["maxRating"].flatMap { Double($0) } ?? 5
        findings.fields(
            [ValueField("rating", .number(0...max(0, most)))],
            of: value,
            at: result.pointer("value")
        )
    }
}
