internal import ValueTree

/// Checks the masks of `Brush`, `BrushLabels` and `MagicWand`: run lengths over the pixels, as bytes.
struct MaskBehavior: ImmediateTagBehavior {
    /// The key of `value` that holds the labels; `nil` for masks without labels of their own.
    let labelsKey: String?

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        checkRuns(value, of: result, &findings)
        if let labelsKey { findings.labels(of: result, key: labelsKey) }
    }

    private func checkRuns(
        _ value: JSONText,
        of result: CheckedResult,
        _ findings: inout ResultFindings
    ) {
        // Label Studio's editor stores strokes of an unfinished mask in these two.
        if value["rle"] == nil, value["maskDataURL"] != nil || value["touches"] != nil { return }
        let pointer = result.pointer("value")
        findings.fields(
            [ValueField("format", .word(["rle"]), isOptional: true)],
            of: value,
            at: pointer
        )
        guard let runs = value["rle"], runs.kind == .array else {
            return findings.add(
                value["rle"] == nil ? .fieldMissing : .fieldType,
                at: "\(pointer)/rle",
                "“rle” must be an array of bytes: the mask."
            )
        }
        for (index, byte) in runs.elements.enumerated() {
            guard let number = byte.int, 0...255 ~= number else {
                return findings.add(
                    .fieldType,
                    at: "\(pointer)/rle/\(index)",
                    "An element of “rle” must be a byte, 0 to 255, not "
                        + "\(ResultFindings.shown(byte))."
                )
            }
        }
    }
}
