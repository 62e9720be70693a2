import Contracts

/// A plugin's folder whose files are what its manifest says.
struct PluginPackage: Sendable {
    /// The shared library for this machine.
    struct Library: Hashable, Sendable {
        var path: String
        var parts: [String]
        var sha256: String
    }

    /// The folder that holds `manifest.json`.
    var folder: String
    var manifest: PluginManifest
    /// `nil` for a plugin that only has files for the browser.
    var library: Library?
    /// SHA-256 over names and digests of all files for the browser.
    ///
    /// It stands in their addresses, so that they may import each other by relative paths and never
    /// change under one address.
    var webDigest: String
    /// Ids of capabilities in the manifest that this host does not know.
    var unknownCapabilities: [String]
    /// Architectures that the package has libraries for.
    var architectures: [String]
}
