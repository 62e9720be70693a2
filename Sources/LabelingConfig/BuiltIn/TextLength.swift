internal import LabelModel
internal import ValueTree

/// How long the text is that an object shows.
enum TextLength {
    /// The length in Unicode code points, when the task is known and holds the text itself.
    ///
    /// - Parameters:
    ///   - result: Says what object it is about, and the task's data.
    ///   - offset: When the text is surely this long there is no need to count; texts may have many
    ///     megabytes.
    /// - Returns: `nil` when it is not known or not needed.
    static func ofObject(of result: CheckedResult, atLeast offset: Int) -> Int? {
        guard let object = result.object, let path = object.dataPath, let data = result.taskData,
            object.tag["valueType"] != "url",
            object.tag["encoding"].map({ $0 == "none" }) ?? true,
            let text = path.value(in: data), text.kind == .string
        else { return nil }
        // The longest spelling of one code point in JSON is twelve bytes, a pair of escapes.
        if offset <= (text.rawBytes.count - 2) / 12 { return nil }
        return text.string?.unicodeScalars.count
    }
}
