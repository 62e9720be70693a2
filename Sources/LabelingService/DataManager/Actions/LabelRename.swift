import LabelModel
import ValueTree

/// Puts one label in the place of another in stored results, and leaves every other byte as it is.
struct LabelRename: Sendable {
    /// Only in results of this control; nil for all.
    let control: String?
    let old: String
    let new: String

    /// The results with the new label, or nil when they do not have the old one.
    func applied(to result: RawJSON) throws(ServiceError) -> RawJSON? {
        let places = try ranges(in: result)
        guard !places.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.value(new)
        var bytes: [UInt8] = []
        var position = 0
        for place in places {
            bytes += result.bytes[position..<place.lowerBound]
            bytes += writer.bytes
            position = place.upperBound
        }
        bytes += result.bytes[position...]
        return RawJSON(checked: bytes)
    }

    /// Where the old label stands, in order: in the list of labels of a result's value.
    private func ranges(in result: RawJSON) throws(ServiceError) -> [Range<Int>] {
        var places: [Range<Int>] = []
        for entry in try JSONText.parse(result.bytes).elements {
            guard let name = entry["from_name"]?.string, control == nil || name == control,
                let type = entry["type"]?.string, let labels = entry["value"]?[type]
            else { continue }
            for label in labels.elements where label.string == old { places.append(label.rawRange) }
        }
        return places
    }
}
