internal import ValueTree

/// Checks the spans of `Labels`.
///
/// What a span is depends on the object: on `Text` two offsets, on the others what ``SpanBehavior``
/// says. On images and films the shape's own result is looked at. The labels are checked on all.
struct LabelsBehavior: ImmediateTagBehavior {
    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        // Beside a shape or video tag the type, and with it the key, is that of the shape.
        let type = result.json["type"]?.string ?? "labels"
        findings.labels(of: result, key: value["labels"] == nil ? type : "labels")
        if result.object?.type == "Text" {
            checkOffsets(value, of: result, &findings)
        } else {
            findings.span(value, of: result)
        }
    }

    private func checkOffsets(
        _ value: JSONText,
        of result: CheckedResult,
        _ findings: inout ResultFindings
    ) {
        guard let start = offset("start", value, result, &findings),
            let end = offset("end", value, result, &findings)
        else { return }
        if end < start {
            return findings.add(
                .spanInvalid,
                at: result.pointer("value/end"),
                "The span ends at \(end), before it starts at \(start)."
            )
        }
        guard let object = result.object,
            let length = result.task.text(of: object)?.length(ifShorterThan: end)
        else { return }
        findings.add(
            .spanInvalid,
            at: result.pointer("value/end"),
            "The span ends at \(end), and the text has \(length) characters.",
            hint: "Offsets count Unicode code points of the text, from 0."
        )
    }

    private func offset(
        _ name: String,
        _ value: JSONText,
        _ result: CheckedResult,
        _ findings: inout ResultFindings
    ) -> Int? {
        let pointer = result.pointer("value/\(name)")
        guard let json = value[name] else {
            findings.add(.fieldMissing, at: pointer, "The span has no “\(name)”.")
            return nil
        }
        guard let offset = json.int else {
            findings.add(
                .fieldType,
                at: pointer,
                "“\(name)” must be a whole number, not \(ResultFindings.shown(json))."
            )
            return nil
        }
        guard offset >= 0 else {
            findings.add(.spanInvalid, at: pointer, "“\(name)” is \(offset); offsets begin at 0.")
            return nil
        }
        return offset
    }
}
