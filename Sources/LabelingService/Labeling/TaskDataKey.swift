import LabelModel

/// The key that stands for "the field that the labeling config shows first".
///
/// Files that are not tables name no field. When a config is known at import its key is written;
/// tasks that came before the config keep the placeholder, and it is replaced whenever they are
/// read.
enum TaskDataKey {
    static let undefined = "$undefined$"

    private static let placeholder = Array("{\"$undefined$\":".utf8)

    /// `data` with the placeholder replaced, if there is one and the config names a field.
    static func resolved(_ data: RawJSON, firstKey: String?) -> RawJSON {
        guard let firstKey, data.bytes.starts(with: placeholder) else { return data }
        var writer = JSONWriter(capacity: data.bytes.count + firstKey.utf8.count)
        writer.beginObject()
        writer.key(firstKey)
        // What follows is the value and the closing brace.
        writer.raw(data.bytes.dropFirst(placeholder.count))
        return RawJSON(checked: writer.bytes)
    }

    /// Data of one text under one key.
    static func data(_ text: String, key: String?) -> RawJSON {
        var writer = JSONWriter(capacity: text.utf8.count + 32)
        writer.object { writer in
            writer.key(key ?? undefined)
            writer.value(text)
        }
        return RawJSON(checked: writer.bytes)
    }
}
