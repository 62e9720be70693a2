internal import LabelModel
internal import LabelingService
internal import ValueTree

/// Addresses of objects in clouds inside a task's data.
enum CloudReference {
    private static let mark = Array("\"s3://".utf8)

    /// The data with addresses of this server in place of `s3://bucket/key`, wherever a whole text
    /// is one; all other bytes stay as they are.
    static func resolved(_ data: RawJSON, of task: TaskID) -> RawJSON {
        guard data.bytes.firstRange(of: mark) != nil,
            let text = try? JSONText(parsing: data.bytes)
        else { return data }
        var places: [(range: Range<Int>, address: String)] = []
        find(in: text, &places)
        guard !places.isEmpty else { return data }
        var bytes: [UInt8] = []
        var position = 0
        for place in places {
            bytes += data.bytes[position..<place.range.lowerBound]
            let encoded = Base64.encode(Array(place.address.utf8))
                .replacing("+", with: "-").replacing("/", with: "_")
            bytes += "\"/tasks/\(task)/presign/?fileuri=\(encoded)\"".utf8
            position = place.range.upperBound
        }
        bytes += data.bytes[position...]
        return RawJSON(checked: bytes)
    }

    private static func find(
        in value: JSONText,
        _ places: inout [(range: Range<Int>, address: String)]
    ) {
        switch value.kind {
        case .string:
            if let text = value.string, text.hasPrefix("s3://") {
                places.append((value.rawRange, text))
            }
        case .object: for member in value.members { find(in: member.value, &places) }
        case .array: for element in value.elements { find(in: element, &places) }
        default: break
        }
    }
}
