import Contracts
import LabelModel
import ValueTree

/// The manifest's `capabilities`.
enum ManifestCapabilities {
    /// Reads the entries.
    ///
    /// - Returns: What this host can open, and the ids of what it cannot. A plugin made for a later
    ///   host keeps offering here what this one understands.
    static func read(_ entries: [JSONText]) throws(PluginError)
        -> (known: [PluginManifest.Capability], unknown: [String])
    {
        var known: [PluginManifest.Capability] = []
        var unknown: [String] = []
        var taken: Set<String> = []
        for entry in entries {
            var object = try ManifestObject(entry)
            let id = try object.requiredString("id")
            let name = try object.requiredString("name")
            guard PluginNames.isCapabilityID(id) else {
                throw .manifest(
                    "has `\(id)` as the id of a capability",
                    at: entry.pointer + "/id",
                    hint: "Name and revision, such as postil.exporter/1."
                )
            }
            guard PluginNames.isCapabilityName(name) else {
                throw .manifest(
                    "has `\(name)` as the name of a capability",
                    at: entry.pointer + "/name",
                    hint: "Letters, digits and _ - . without blanks; at most 64 bytes."
                )
            }
            guard taken.insert("\(id) \(name.lowercased())").inserted else {
                throw .manifest("offers \(id) `\(name)` twice", at: entry.pointer + "/name")
            }
            guard let kind = PluginManifest.Capability.Kind(rawValue: id) else {
                unknown.append(id)
                continue
            }
            known.append(try capability(kind, name, &object))
            try object.refuseUnknown()
        }
        return (known, unknown)
    }

    private static func capability(
        _ kind: PluginManifest.Capability.Kind,
        _ name: String,
        _ object: inout ManifestObject
    ) throws(PluginError) -> PluginManifest.Capability {
        try readScheduling(&object)
        return PluginManifest.Capability(
            kind: kind,
            name: name,
            title: try object.string("title", limit: 256) ?? name,
            description: try object.string("description") ?? "",
            mediaTypes: try object.strings("mediaTypes"),
            fileExtension: try fileExtension(&object),
            settingsSchema: try settingsSchema(&object),
            reads: try object.word("reads", Reads.self)?.value ?? .tree,
            needs: try ManifestNeeds.read(&object)
        )
    }

    /// How a run may be cut up.
    ///
    /// Read for its shape; runs are in order and in one piece.
    private static func readScheduling(_ object: inout ManifestObject) throws(PluginError) {
        _ = try object.word("order", Order.self)
        _ = try object.bool("parallel")
        _ = try object.bool("resumable")
        guard let limits = try object.object("limits") else { return }
        var inner = try ManifestObject(limits)
        _ = try inner.integer("taskBytes", in: 1...Int.max)
        _ = try inner.integer("outputBytes", in: 1...Int.max)
        try inner.refuseUnknown()
    }

    private static func fileExtension(_ object: inout ManifestObject) throws(PluginError) -> String?
    {
        guard let text = try object.string("fileExtension", limit: 32) else { return nil }
        let isSound = text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIILetterOrDigit)
        }
        guard isSound else {
            throw .manifest(
                "has `\(text)` as `fileExtension`",
                at: object.text.pointer + "/fileExtension",
                hint: "Letters and digits without a leading dot, such as json or tar.gz."
            )
        }
        return text
    }

    private static func settingsSchema(_ object: inout ManifestObject) throws(PluginError)
        -> RawJSON?
    {
        guard let text = try object.object("settingsSchema") else { return nil }
        do {
            _ = try SettingsSchema(text)
        } catch {
            throw .manifest(
                "has a settings schema with a mistake: \(error.message)",
                at: error.pointer,
                hint: error.hint
            )
        }
        return RawJSON(checked: text.rawBytes)
    }

    private enum Order: String, CaseIterable {
        case any, task
    }

    private enum Reads: String, CaseIterable {
        case text, tree, both

        var value: PluginManifest.Capability.Reads {
            switch self {
            case .text: .text
            case .tree: .tree
            case .both: .both
            }
        }
    }
}
