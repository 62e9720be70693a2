public import Contracts

/// What can be said of a plugin's folder without running its code; for `postil plugin inspect`.
public struct PluginInspection: Sendable {
    /// `nil` when the manifest could not be read so far.
    public let plugin: PluginVersion?
    public let manifest: PluginManifest?
    /// Why a host would not offer the plugin; `nil` when it would.
    public let refusal: PluginError?
    /// What is worth knowing and no mistake, one sentence each.
    public let notes: [String]
    /// The architectures that the package has libraries for.
    public let architectures: [String]
    /// The library for this machine.
    public let libraryPath: String?

    /// Reads the folder that holds `manifest.json`; the folder may have any name.
    public init(folder: String, hostVersion: String) {
        let inspector = PackageInspector(hostVersion: SemanticVersion(hostVersion))
        switch inspector.inspect(folder, expected: nil).result {
        case .success(let package):
            plugin = package.manifest.plugin
            manifest = package.manifest
            refusal = nil
            notes = Self.notes(package)
            architectures = package.architectures
            libraryPath = package.library?.path
        case .failure(let error):
            plugin = error.plugin
            manifest = nil
            refusal = error
            notes = []
            architectures = []
            libraryPath = nil
        }
    }

    private static func notes(_ package: PluginPackage) -> [String] {
        var notes = package.unknownCapabilities.map {
            "The capability \($0) is not known to this version of Postil and is not offered."
        }
        let manifest = package.manifest
        let withCode = Set(
            manifest.capabilities.filter { $0.kind == .tag }.map { $0.name.lowercased() }
        )
        for tag in manifest.tags where !withCode.contains(tag.tag.lowercased()) {
            notes.append("Results of <\(tag.tag)> are stored without being checked by the plugin.")
        }
        return notes
    }
}
