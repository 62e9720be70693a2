import Contracts
import LabelModel

/// A manifest that is right in itself; whether the package holds what it lists is not known yet.
struct ManifestDocument: Sendable {
    /// A shared library for one processor architecture.
    struct Library: Hashable, Sendable {
        /// As `uname -m` says it: `x86_64`, `aarch64`.
        var architecture: String
        var path: PackagePath
        /// Lower-case hexadecimal SHA-256; `nil` when the manifest does not declare one.
        var sha256: String?
        /// Names of language runtimes that the library brings or needs, such as `swift`.
        var runtimes: [String]
        /// JSON pointer of the entry.
        var pointer: String
    }

    /// A file that the browser loads.
    struct WebEntry: Hashable, Sendable {
        var path: PackagePath
        /// `sha384-` and base64; `nil` when the manifest does not declare it.
        var integrity: String?
        /// JSON pointer of the entry.
        var pointer: String
    }

    struct Panel: Hashable, Sendable {
        var id: String
        var title: String
        var place: String
        /// Path of a file that `web` lists.
        var module: String
    }

    var plugin: PluginVersion
    var name: String
    var description: String
    var vendor: String
    var license: String
    var abiBuilt: ABIVersion
    var abiMinimum: ABIVersion
    var capabilities: [PluginManifest.Capability]
    /// Ids of capabilities that this host does not know, such as those of vendors.
    var unknownCapabilities: [String]
    var tags: [TagDescription]
    var metrics: [PluginMetric]
    var web: [WebEntry]
    var panels: [Panel]
    var libraries: [Library]
    var permissions: RawJSON
    var minimumHost: SemanticVersion?
}
