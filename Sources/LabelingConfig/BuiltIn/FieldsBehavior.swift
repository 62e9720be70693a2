internal import ValueTree

/// Checks results whose value is a few members: boxes, ellipses, key points, texts, dates.
struct FieldsBehavior: ImmediateTagBehavior {
    let fields: [ValueField]
    /// The key of `value` that holds the labels; `nil` for results without labels of their own.
    var labelsKey: String?

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        findings.fields(fields, of: value, at: result.pointer("value"))
        if let labelsKey { findings.labels(of: result, key: labelsKey) }
    }
}

extension FieldsBehavior {
    static let box = [
        ValueField("x", .number(PercentRange.position)),
        ValueField("y", .number(PercentRange.position)),
        ValueField("width", .number(PercentRange.length)),
        ValueField("height", .number(PercentRange.length)),
        ValueField("rotation", .number(PercentRange.rotation), isOptional: true),
    ]

    static func rectangle(labels: String? = nil) -> Self { Self(fields: box, labelsKey: labels) }

    static func ellipse(labels: String? = nil) -> Self {
        Self(
            fields: [
                ValueField("x", .number(PercentRange.position)),
                ValueField("y", .number(PercentRange.position)),
                ValueField("radiusX", .number(PercentRange.length)),
                ValueField("radiusY", .number(PercentRange.length)),
                ValueField("rotation", .number(PercentRange.rotation), isOptional: true),
            ],
            labelsKey: labels
        )
    }

    static func keyPoint(labels: String? = nil) -> Self {
        Self(
            fields: [
                ValueField("x", .number(PercentRange.position)),
                ValueField("y", .number(PercentRange.position)),
                ValueField("width", .number(PercentRange.length), isOptional: true),
            ],
            labelsKey: labels
        )
    }

    static let ocr = Self(
        fields: box + [
            ValueField("ocrtext", .texts, isOptional: true),
            ValueField("pageIndex", .whole(from: 0), isOptional: true),
        ],
        labelsKey: "ocrlabels"
    )

    /// Old results of `TextArea` hold one text instead of a list.
    static let textArea = Self(fields: [ValueField("text", .texts)])
    static let dateTime = Self(fields: [ValueField("datetime", .text)])
    static let pairwise = Self(fields: [ValueField("selected", .word(["left", "right"]))])
}
