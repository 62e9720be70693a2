public import LabelModel
internal import ValueTree

/// What checks of one answer want to know of its task, found out once and only when asked for.
public final class TaskContext {
    /// The task's `data`; `nil` when there is no task yet.
    public let data: RawJSON?
    private lazy var json = data.flatMap { try? JSONText(parsing: $0.bytes) }
    private var texts: [String: TaskText] = [:]

    public init(data: RawJSON?) {
        self.data = data
    }

    /// The text that an object shows, when the task is known and holds the text itself.
    func text(of object: ObjectTag) -> TaskText? {
        if let known = texts[object.name] { return known }
        guard let path = object.dataPath, object.tag["valueType"] != "url",
            object.tag["encoding"].map({ $0 == "none" }) ?? true,
            let text = json.flatMap(path.value), text.kind == .string
        else { return nil }
        let found = TaskText(text)
        texts[object.name] = found
        return found
    }
}

/// A text of a task, measured when that is needed.
final class TaskText {
    private let json: JSONText
    private lazy var length = json.string?.unicodeScalars.count ?? 0
    /// A length that the text surely has: the longest spelling of one code point in JSON is twelve
    /// bytes, a pair of escapes.
    private let leastLength: Int

    fileprivate init(_ json: JSONText) {
        self.json = json
        leastLength = (json.rawRange.count - 2) / 12
    }

    /// The length in Unicode code points, when an offset is beyond it.
    ///
    /// The text is not looked through when the offset is surely inside: it may have many megabytes.
    func length(ifShorterThan offset: Int) -> Int? {
        guard offset > leastLength else { return nil }
        return offset > length ? length : nil
    }
}
