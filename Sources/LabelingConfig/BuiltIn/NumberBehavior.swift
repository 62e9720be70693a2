internal import ValueTree

/// Checks the numbers of `Number` against its `min` and `max`.
struct NumberBehavior: ImmediateTagBehavior {
    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        let tag = result.control.tag
        let least = tag["min"].flatMap { Double($0) } ?? -.greatestFiniteMagnitude
        let most = tag["max"].flatMap { Double($0) } ?? .greatestFiniteMagnitude
        findings.fields(
            [ValueField("number", .number(least...max(least, most)))],
            of: value,
            at: result.pointer("value")
        )
    }
}
