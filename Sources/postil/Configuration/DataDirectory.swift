internal import FoundationEssentials
internal import PluginHost

/// The folder with everything that lasts: database, uploads, plugins of this installation's own.
struct DataDirectory: Hashable, Sendable {
    /// Absolute.
    let path: String

    init(_ path: String) {
        self.path = AbsolutePath.of(path)
    }

    var database: String { path + "/postil.sqlite" }
    var uploads: String { path + "/upload" }
    /// Exports that are kept as files.
    var exports: String { path + "/export" }
    /// Waveforms and the like: made of media, and made again when they are not there.
    var derived: String { path + "/derived" }
    var plugins: String { path + "/plugins" }
    /// What `--plugin-dev` builds; made anew at each start.
    var developedPlugins: String { path + "/plugin-dev" }
    /// Public keys of publishers whose packages the operator trusts, `NAME.pem` each.
    var trustedKeys: TrustedKeys { TrustedKeys(folder: path + "/plugin-keys") }
    /// Held by the daemon that hands out tasks; there is one at a time.
    var lock: String { path + "/serve.lock" }

    /// Makes the folder and those inside it, readable by nobody else.
    func prepare() throws {
        for folder in [path, uploads, exports, plugins] {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw CommandFailure("The folder \(folder) cannot be made.", hint: "\(error)")
            }
        }
    }
}

/// Paths as the person at the terminal means them.
enum AbsolutePath {
    /// Relative paths count from the working directory.
    static func of(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return trimmed(path) }
        return trimmed(FileManager.default.currentDirectoryPath + "/" + path)
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    private static func trimmed(_ path: String) -> String {
        URL(filePath: path).standardized.path(percentEncoded: false).trimmingSlash
    }
}

extension String {
    /// Without slashes at the end, unless it is only one.
    var trimmingSlash: String {
        var text = self[...]
        while text.count > 1, text.last == "/" { text.removeLast() }
        return String(text)
    }
}
