import Contracts
import LabelModel
import ValueTree

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
    /// What the package that was installed said of its content; `nil` for a folder that came
    /// otherwise.
    var seal: PackageSeal?
    /// What an administrator lets it have; `nil` without such a word.
    var grant: PluginGrant?
    /// Ids of capabilities in the manifest that this host does not know.
    var unknownCapabilities: [String]
    /// Architectures that the package has libraries for.
    var architectures: [String]

    /// Memory of one of its processes: what the manifest asks for, below what was granted and what
    /// the host has to give.
    func memoryByteLimit(atMost limit: UInt64) -> UInt64 {
        let text = try? JSONText(parsing: manifest.permissions.bytes)
        let asked = (text?["memory"]?.int64).map { UInt64(clamping: $0) }
        let granted = (grant?.memoryByteLimit).map { UInt64(clamping: $0) }
        return min(asked ?? UInt64.max, granted ?? UInt64.max, limit)
    }
}
