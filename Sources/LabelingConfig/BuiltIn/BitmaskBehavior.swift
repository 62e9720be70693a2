internal import ValueTree

/// Checks the masks of `Bitmask` and `BitmaskLabels`: a PNG image in a data URL.
struct BitmaskBehavior: ImmediateTagBehavior {
    /// The key of `value` that holds the labels; `nil` for masks without labels of their own.
    let labelsKey: String?

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        let pointer = result.pointer("value")
        findings.fields([ValueField("imageDataURL", .text)], of: value, at: pointer)
        if let url = value["imageDataURL"]?.string, !url.hasPrefix("data:image/") {
            findings.add(
                .fieldType,
                at: "\(pointer)/imageDataURL",
                "“imageDataURL” must be an image in a data URL: data:image/png;base64,…"
            )
        }
        if let labelsKey { findings.labels(of: result, key: labelsKey) }
    }
}
