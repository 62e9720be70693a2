internal import ValueTree

/// Checks the spans of `HyperTextLabels`, `ParagraphLabels` and `TimeSeriesLabels`.
struct SpanBehavior: ImmediateTagBehavior {
    let labelsKey: String

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        findings.span(value, of: result)
        // Old results of HyperTextLabels are of type htmllabels, and so is their key.
        let isOld = value["htmllabels"] != nil && value[labelsKey] == nil
        findings.labels(of: result, key: isOld ? "htmllabels" : labelsKey)
    }
}

extension ResultFindings {
    private static let nodeOffsets = [
        ValueField("startOffset", .whole(from: 0)), ValueField("endOffset", .whole(from: 0)),
    ]
    private static let globalOffsets = [
        ValueField("start", .whole(from: 0)), ValueField("end", .whole(from: 0)),
    ]
    /// Seconds; a drag to the edge may end a hair before the beginning.
    private static let seconds = [
        ValueField("start", .number(-0.01...1e9)), ValueField("end", .number(-0.01...1e9)),
        ValueField("channel", .whole(from: 0), isOptional: true),
    ]

    /// Checks where a span is, by what it is on.
    ///
    /// Plain text is not looked at.
    mutating func span(_ value: JSONText, of result: CheckedResult) {
        let pointer = result.pointer("value")
        switch result.object?.type {
        case "HyperText": markupSpan(value, at: pointer)
        case "Paragraphs": phraseSpan(value, at: pointer)
        case "Audio":
            fields(Self.seconds, of: value, at: pointer)
            order(of: value, at: pointer)
        case "TimeSeries":
            seriesSpan(value, at: pointer)
        default: break
        }
    }

    /// Either XPaths with offsets in their nodes, or offsets in the whole text.
    private mutating func markupSpan(_ value: JSONText, at pointer: String) {
        let whole = value["globalOffsets"].flatMap { $0.kind == .object ? $0 : nil }
        if let whole {
            fields(Self.globalOffsets, of: whole, at: "\(pointer)/globalOffsets")
            order(of: whole, at: "\(pointer)/globalOffsets")
        }
        if value["start"]?.kind == .number {
            fields(Self.globalOffsets, of: value, at: pointer)
            order(of: value, at: pointer)
        } else if whole == nil || value["start"] != nil {
            fields([ValueField("start", .text), ValueField("end", .text)], of: value, at: pointer)
            fields(Self.nodeOffsets, of: value, at: pointer)
        }
    }

    /// The first and the last phrase by number, which Label Studio writes as texts.
    private mutating func phraseSpan(_ value: JSONText, at pointer: String) {
        for name in ["start", "end"] {
            guard let json = value[name] else {
                add(.fieldMissing, at: "\(pointer)/\(name)", "“\(name)” is not there.")
                continue
            }
            let number = json.int ?? json.string.flatMap { Int($0) }
            if number.map({ $0 < 0 }) ?? true {
                add(
                    .fieldType,
                    at: "\(pointer)/\(name)",
                    "“\(name)” must be the number of a phrase, from 0, not \(Self.shown(json))."
                )
            }
        }
        fields(Self.nodeOffsets, of: value, at: pointer)
    }

    /// Numbers, or times written as the series writes them.
    private mutating func seriesSpan(_ value: JSONText, at pointer: String) {
        for name in ["start", "end"] {
            let rule: ValueField.Rule =
                value[name]?.kind == .string ? .text : .number(-1e300...1e300)
            fields([ValueField(name, rule)], of: value, at: pointer)
        }
        fields([ValueField("instant", .flag, isOptional: true)], of: value, at: pointer)
        order(of: value, at: pointer)
    }

    /// Adds a problem when `end` lies before `start`; both are numbers, or nothing is said.
    mutating func order(of object: JSONText, at pointer: String) {
        guard let start = object["start"]?.double, let end = object["end"]?.double, end < start
        else { return }
        add(
            .spanInvalid,
            at: "\(pointer)/end",
            "It ends at \(object["end"]?.rawText ?? ""), before it starts at "
                + "\(object["start"]?.rawText ?? "")."
        )
    }
}
