public import Contracts

/// The keys that the operator trusts: a folder of files `NAME.pem`, read anew each time somebody
/// asks.
public struct TrustedKeys: Hashable, Sendable {
    private static let suffix = ".pem"

    /// Absolute; it need not be there.
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// The operator's name of a key; nil when the operator does not trust it.
    func name(of key: PluginVerifyingKey) -> String? { names()[key] }

    /// All keys; files that hold none are passed over.
    func names() -> [PluginVerifyingKey: String] {
        var names: [PluginVerifyingKey: String] = [:]
        for file in FolderEntries.names(folder) where file.hasSuffix(Self.suffix) {
            guard let key = try? Self.key(folder + "/" + file) else { continue }
            names[key] = String(file.dropLast(Self.suffix.count))
        }
        return names
    }

    /// Reads a public key from a file.
    ///
    /// - Throws: `key_unreadable`.
    public static func key(_ path: String) throws(PluginError) -> PluginVerifyingKey {
        try PluginVerifyingKey(pem: KeyFile.text(path))
    }

    /// Trusts a key from now on.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - name: What it is called in reports: letters, digits, `.`, `_`, `-`.
    /// - Throws: `key_unreadable` for an unsound name, `file_failed`.
    public func add(_ key: PluginVerifyingKey, as name: String) throws(PluginError) {
        guard PluginNames.isCapabilityName(name) else {
            throw PluginError(
                .keyUnreadable,
                "`\(name)` cannot be the name of a key.",
                hint: "Letters, digits, `_`, `-` and `.`; at most 64."
            )
        }
        try NewFolder.make(folder)
        try NewFile.write(Array(key.pem.utf8), to: folder + "/" + name + Self.suffix)
    }
}

/// Files that hold keys.
public enum KeyFile {
    private static let maximumBytes = 4096

    /// The text of a key file.
    ///
    /// - Throws: `key_unreadable`.
    static func text(_ path: String) throws(PluginError) -> String {
        do {
            let file = try ReadableFile(path: path)
            if let bytes = try file.contents(limit: maximumBytes) {
                return String(decoding: bytes, as: UTF8.self)
            }
        } catch {
            throw PluginError(
                .keyUnreadable,
                "The key file \(path) cannot be read: \(error.inWords)."
            )
        }
        throw PluginError(.keyUnreadable, "The file \(path) is too large for a key.")
    }

    /// Reads a private key from a file.
    ///
    /// - Throws: `key_unreadable`.
    public static func signingKey(_ path: String) throws(PluginError) -> PluginSigningKey {
        try PluginSigningKey(pem: text(path))
    }

    /// Writes a new pair: the private key to `path`, for its owner's eyes only, the public one to
    /// `<path>.pub.pem`.
    ///
    /// - Returns: Path of the public key.
    /// - Throws: `file_failed`; files that exist are not replaced.
    public static func write(_ key: PluginSigningKey, to path: String) throws(PluginError)
        -> String
    {
        let publicPath = path + ".pub.pem"
        try NewFile.write(Array(key.pem.utf8), to: path, mode: 0o600)
        try NewFile.write(Array(key.publicKey.pem.utf8), to: publicPath)
        return publicPath
    }
}
