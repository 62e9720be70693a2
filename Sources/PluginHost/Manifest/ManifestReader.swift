import Contracts
import LabelModel
import ValueTree

/// Reads `manifest.json`: what a plugin says of itself, checked without touching another file.
///
/// The manifest is a stranger's text: of bounded size and depth, no key twice, no unknown key, no
/// path that leads out of the package.
struct ManifestReader {
    static let maximumBytes = 256 * 1024
    /// Objects and arrays inside each other, the root included.
    static let maximumDepth = 32

    static func read(_ bytes: [UInt8]) throws(PluginError) -> ManifestDocument {
        guard bytes.count <= maximumBytes else { throw tooLarge(bytes.count) }
        let text = try parse(bytes)
        try checkStructure(text, depth: 1)
        return try document(text)
    }

    static func tooLarge(_ count: Int) -> PluginError {
        PluginError(
            .manifestTooLarge,
            "The manifest has \(count) bytes; \(maximumBytes) are allowed.",
            hint: "Long texts belong into files of the package."
        )
    }

    private static func parse(_ bytes: [UInt8]) throws(PluginError) -> JSONText {
        do {
            return try JSONText(parsing: bytes)
        } catch {
            throw PluginError(
                .manifestNotJSON,
                "The manifest is not JSON: line \(error.line), column \(error.column): "
                    + error.message,
                hint: "Check manifest.json with a JSON linter.",
                pointer: error.pointer
            )
        }
    }

    private static func checkStructure(_ text: JSONText, depth: Int) throws(PluginError) {
        guard depth <= maximumDepth else {
            throw .manifest("nests deeper than \(maximumDepth) levels", at: text.pointer)
        }
        for element in text.elements { try checkStructure(element, depth: depth + 1) }
        var names: Set<String> = []
        for member in text.members {
            guard names.insert(member.name).inserted else {
                throw .manifest("has the key `\(member.name)` twice", at: text.pointer)
            }
            try checkStructure(member.value, depth: depth + 1)
        }
    }

    private static func document(_ text: JSONText) throws(PluginError) -> ManifestDocument {
        var manifest = try ManifestObject(text)
        try checkFormatVersion(manifest.required("manifestVersion"))
        let plugin = try identity(&manifest)
        let abi = try abiVersions(manifest.required("abi"))
        let (capabilities, unknown) = try ManifestCapabilities.read(
            manifest.elements("capabilities")
        )
        let bindings = try ManifestBindings.read(manifest.elements("bindings"))
        let metrics = try ManifestMetrics.read(
            manifest.elements("metrics"),
            capabilities: capabilities,
            bindings: bindings
        )
        let web = try ManifestFiles.web(manifest.elements("web"))
        let document = ManifestDocument(
            plugin: plugin,
            name: try manifest.requiredString("name"),
            description: try manifest.string("description") ?? "",
            vendor: try manifest.string("vendor") ?? "",
            license: try manifest.string("license") ?? "",
            abiBuilt: abi.built,
            abiMinimum: abi.minimum,
            capabilities: capabilities + bindings.map(\.capability),
            unknownCapabilities: unknown,
            tags: try ManifestTags.read(manifest.elements("tags")),
            metrics: metrics + bindings.map(\.metric),
            web: web,
            panels: try ManifestFiles.panels(manifest.elements("panels"), in: web),
            libraries: try ManifestFiles.libraries(manifest.elements("libraries")),
            permissions: try ManifestPermissions.read(manifest.object("permissions")),
            minimumHost: try minimumHost(&manifest)
        )
        try ManifestBindings.checkLibraries(bindings, document.libraries)
        try readReserved(&manifest)
        try manifest.refuseUnknown()
        try checkReferences(document)
        return document
    }

    private static func checkFormatVersion(_ value: JSONText) throws(PluginError) {
        guard value.int == 1 else {
            throw .manifest(
                "has a `manifestVersion` that this host does not know",
                at: value.pointer,
                hint: "This host reads version 1."
            )
        }
    }

    private static func identity(_ manifest: inout ManifestObject) throws(PluginError)
        -> PluginVersion
    {
        let id = try manifest.requiredString("id")
        guard PluginNames.isPluginID(id) else {
            throw .manifest(
                "has `\(id)` as `id`",
                at: "/id",
                hint: "Reverse DNS in lower case, such as org.example.my-plugin."
            )
        }
        let version = try manifest.requiredString("version")
        guard SemanticVersion(version) != nil else {
            throw .manifest(
                "has `\(version)` as `version`",
                at: "/version",
                hint: "A semantic version, such as 1.4.0."
            )
        }
        return PluginVersion(id: id, version: version)
    }

    private static func abiVersions(_ text: JSONText) throws(PluginError)
        -> (built: ABIVersion, minimum: ABIVersion)
    {
        var object = try ManifestObject(text)
        let built = try abiVersion(&object, "built")
        let minimum = try abiVersion(&object, "min")
        try object.refuseUnknown()
        guard minimum <= built else {
            throw .manifest("needs a newer ABI than it was built for", at: text.pointer)
        }
        guard ABIVersion.isServed(built: built, minimum: minimum) else {
            throw .manifest(
                "names the ABI \(built) (at least \(minimum)), which this host does not have",
                at: text.pointer,
                hint:
                    "This host has the ABI \(ABIVersion.host). Build the plugin with its headers.",
                code: .abiUnknown
            )
        }
        return (built, minimum)
    }

    private static func abiVersion(_ object: inout ManifestObject, _ name: String)
        throws(PluginError) -> ABIVersion
    {
        let text = try object.requiredString(name)
        guard let version = ABIVersion(text) else {
            throw .manifest(
                "has `\(text)` as an ABI version",
                at: "/abi/\(name)",
                hint: "Major and minor, such as \(ABIVersion.host)."
            )
        }
        return version
    }

    private static func minimumHost(_ manifest: inout ManifestObject) throws(PluginError)
        -> SemanticVersion?
    {
        guard let text = try manifest.string("minHost") else { return nil }
        guard let version = SemanticVersion(text) else {
            throw .manifest(
                "has `\(text)` as `minHost`",
                at: "/minHost",
                hint: "A semantic version, such as 0.1.0."
            )
        }
        return version
    }

    /// Fields that the format has and that this host does not act on; their shape is checked, so
    /// that a manifest written now is right later.
    private static func readReserved(_ manifest: inout ManifestObject) throws(PluginError) {
        _ = try manifest.word("isolation", ManifestIsolation.self)
        for id in try manifest.strings("replaces") where !PluginNames.isPluginID(id) {
            throw .manifest("has `\(id)` in `replaces`", at: "/replaces", hint: "Ids of plugins.")
        }
    }

    private static func checkReferences(_ document: ManifestDocument) throws(PluginError) {
        let tags = Set(document.tags.map { $0.tag.lowercased() })
        for (index, capability) in document.capabilities.enumerated()
        where capability.kind == .tag && !tags.contains(capability.name.lowercased()) {
            throw .manifest(
                "offers the tag `\(capability.name)` and does not describe it",
                at: "/capabilities/\(index)/name",
                hint: "Add an entry to `tags`."
            )
        }
        let needsLibrary = document.capabilities.contains { capability in
            !document.metrics.contains { $0.binding != nil && $0.name == capability.name }
        }
        guard !needsLibrary || !document.libraries.isEmpty else {
            throw .manifest(
                "offers capabilities and lists no library",
                at: "",
                hint: "Add `libraries`."
            )
        }
        try ManifestTags.checkModules(document.tags, against: document.web)
    }
}

/// How a plugin, or a file of it, asks to be run.
enum ManifestIsolation: String, CaseIterable {
    case isolated
    case inProcess = "in-process"
}
