import LabelModel
import LabelingConfig
import ValueTree

/// Puts labels in the place of others in stored results, and leaves every other byte as it is.
struct ResultRelabeler: Sendable {
    /// Finds the control of a result, also one that a `Repeater` repeats.
    private let config: LabelingConfig
    /// By control, then by the old label.
    private let replacements: [String: [String: LabelReplacement]]

    init(_ replacements: [LabelReplacement], in config: LabelingConfig) {
        self.config = config
        var byControl: [String: [String: LabelReplacement]] = [:]
        for replacement in replacements {
            byControl[replacement.control, default: [:]][replacement.old] = replacement
        }
        self.replacements = byControl
    }

    /// Results with new labels, and how many of them changed, by their type.
    struct Relabeled {
        let result: RawJSON
        /// For each label that was put in.
        let uses: [LabelReplacement: [String: Int64]]
        /// Each changed result counts once.
        let types: [String: Int64]
    }

    /// The results with the new labels, or nil when they have none of the old ones.
    func relabel(_ result: RawJSON) throws(ServiceError) -> Relabeled? {
        var uses: [LabelReplacement: [String: Int64]] = [:]
        var types: [String: Int64] = [:]
        var bytes: [UInt8] = []
        var position = 0
        for entry in try JSONText.parse(result.bytes).elements {
            guard let type = entry["type"]?.string,
                let known = replacements(for: entry["from_name"]?.string)
            else { continue }
            // Regions of a film have their labels under `labels`, whatever their type.
            let keys = type == "labels" ? [type] : [type, "labels"]
            // In the order of the text, since a value may have them in either.
            let lists = keys.compactMap { entry["value"]?[$0] }.filter { $0.kind == .array }
                .sorted { $0.rawRange.lowerBound < $1.rawRange.lowerBound }
            var used: Set<LabelReplacement> = []
            for labels in lists {
                var list = LabelList(known)
                guard let text = list.relabeled(labels) else { continue }
                bytes += result.bytes[position..<labels.rawRange.lowerBound]
                bytes += text
                position = labels.rawRange.upperBound
                used.formUnion(list.used)
            }
            if !used.isEmpty { types[type, default: 0] += 1 }
            for replacement in used { uses[replacement, default: [:]][type, default: 0] += 1 }
        }
        guard position > 0 else { return nil }
        bytes += result.bytes[position...]
        return Relabeled(result: RawJSON(checked: bytes), uses: uses, types: types)
    }

    private func replacements(for name: String?) -> [String: LabelReplacement]? {
        guard let name else { return nil }
        return replacements[name] ?? config.control(named: name).flatMap { replacements[$0.name] }
    }
}

/// One list of labels on its way to other ones.
private struct LabelList {
    private let known: [String: LabelReplacement]
    private(set) var used: Set<LabelReplacement> = []

    init(_ known: [String: LabelReplacement]) {
        self.known = known
    }

    /// The list's text with new labels, each once; nil when nothing changes.
    mutating func relabeled(_ labels: JSONText) -> [UInt8]? {
        var elements: [[UInt8]] = []
        for label in labels.elements {
            let element = text(of: label)
            if !elements.contains(element) { elements.append(element) }
        }
        guard !used.isEmpty else { return nil }
        return Array("[".utf8) + elements.joined(separator: ",".utf8) + Array("]".utf8)
    }

    /// A label, or the labels on the way to one in a taxonomy.
    private mutating func text(of label: JSONText) -> [UInt8] {
        if label.kind == .array {
            var elements: [[UInt8]] = []
            for inner in label.elements { elements.append(text(of: inner)) }
            return Array("[".utf8) + elements.joined(separator: ",".utf8) + Array("]".utf8)
        }
        guard let old = label.string, let replacement = known[old] else { return label.rawBytes }
        used.insert(replacement)
        var writer = JSONWriter()
        writer.value(replacement.new)
        return writer.bytes
    }
}
