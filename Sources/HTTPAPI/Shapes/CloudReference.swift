internal import LabelModel
internal import LabelingService
internal import ValueTree

/// Addresses of objects in clouds inside a task's data.
enum CloudReference {
    /// The data with addresses of this server in place of `s3://bucket/key`, wherever a whole text
    /// is one; all other bytes stay as they are.
    static func resolved(_ data: RawJSON, of task: TaskID) -> RawJSON {
        guard isPossible(in: data.bytes), let text = try? JSONText(parsing: data.bytes)
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

    /// Whether there may be an address; most data have none, and every task of a list is asked.
    ///
    /// The slashes of `s3://` may be escaped.
    private static func isPossible(in bytes: [UInt8]) -> Bool {
        let bytes = bytes.span
        var place = 2
        while place < bytes.count {
            if bytes[place - 1] == UInt8(ascii: ":"), bytes[place - 2] == UInt8(ascii: "3"),
                bytes[place] == UInt8(ascii: "/") || bytes[place] == UInt8(ascii: "\\")
            {
                return true
            }
            place += 1
        }
        return false
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
