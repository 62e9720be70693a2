public import Contracts
import Glibc

/// Makes archives of packages, and signs them.
///
/// The same files give the same bytes, whenever and wherever they are packed.
public struct PackagePacker: Sendable {
    private let inspector: PackageInspector

    public init(hostVersion: String) {
        inspector = PackageInspector(hostVersion: SemanticVersion(hostVersion))
    }

    /// Which plugin a package's folder holds.
    ///
    /// - Throws: Why a host would refuse the folder.
    public func plugin(in folder: String) throws(PluginError) -> PluginVersion {
        try inspector.inspect(folder, expected: nil).result.get().manifest.plugin
    }

    /// Packs a folder; a signature in it stays when it is one over what the folder holds.
    ///
    /// - Parameters:
    ///   - folder: Holds `manifest.json`.
    ///   - archive: Path of the file to be made; an older one is replaced.
    /// - Returns: SHA-256 of the list of digests: the content's address.
    /// - Throws: Why a host would refuse the folder, `archive_entry_refused` for what is no plain
    ///   file, `signature_invalid`, `file_failed`.
    @discardableResult
    public func pack(_ folder: String, to archive: String) throws(PluginError) -> String {
        _ = try plugin(in: folder)
        let paths = try PackageFiles.paths(in: folder)
        var digests = PackageDigests()
        for path in paths { digests[path.description] = try Self.sha256(path, in: folder) }
        let signature = try Self.signature(in: folder)
        try signature?.check(digests)
        try Self.write(digests, signature, paths, of: folder, to: archive)
        return digests.digest
    }

    /// Signs an archive in place.
    ///
    /// - Parameters:
    ///   - archive: Path of the archive; a signature that it has is replaced.
    ///   - key: The publisher's.
    /// - Returns: SHA-256 of the list of digests.
    /// - Throws: What is wrong with the archive, or `file_failed`; the archive is as it was then.
    @discardableResult
    public func sign(_ archive: String, with key: PluginSigningKey) throws(PluginError) -> String {
        let folder = try Scratch.folder(beside: archive)
        defer { NewFolder.remove(folder) }
        let content: PackageUnpacker.Content
        do {
            content = try PackageUnpacker.unpack(archive, into: folder)
        } catch {
            throw error.error
        }
        _ = try plugin(in: folder)
        try Self.write(
            content.digests,
            PackageSignature(content.digests, with: key),
            PackageFiles.paths(in: folder),
            of: folder,
            to: archive
        )
        return content.digests.digest
    }

    private static func write(
        _ digests: PackageDigests,
        _ signature: PackageSignature?,
        _ paths: [PackagePath],
        of folder: String,
        to archive: String
    ) throws(PluginError) {
        let draft = archive + ".part"
        _ = unsafe unlink(draft)
        do throws(PluginError) {
            let writer = try ArchiveWriter(path: draft)
            try writer.add(PackageFormat.digestsName, digests.text)
            if let signature { try writer.add(PackageFormat.signatureName, signature.text) }
            for path in paths {
                try writer.add(path.description, contentOf: PackageFiles.open(path, in: folder))
            }
            try writer.finish()
        } catch {
            _ = unsafe unlink(draft)
            throw error
        }
        guard unsafe rename(draft, archive) == 0 else {
            throw .system("The file \(archive) cannot be replaced")
        }
    }

    private static func sha256(_ path: PackagePath, in folder: String) throws(PluginError)
        -> String
    {
        let file = try PackageFiles.open(path, in: folder)
        var head: [UInt8] = []
        do {
            return try FileDigest.sha256(of: file, head: &head)
        } catch {
            throw PluginError(.fileFailed, "`\(path)` cannot be read: \(error.inWords).")
        }
    }

    private static func signature(in folder: String) throws(PluginError) -> PackageSignature? {
        let name = PackageFormat.signatureName
        guard FileStamp(of: folder + "/" + name) != nil else { return nil }
        let file = try PackageFiles.open(PackagePath(name, at: ""), in: folder)
        guard let bytes = try? file.contents(limit: PackageFormat.maximumSignatureBytes) else {
            throw PluginError(.signatureInvalid, "\(name) is too large for a signature.")
        }
        return try PackageSignature(parsing: bytes)
    }
}

/// The plain files of a package's folder.
enum PackageFiles {
    /// Paths of all files but the format's own, sorted.
    ///
    /// - Throws: `archive_entry_refused` for what is no plain file or has an unsound name.
    static func paths(in folder: String) throws(PluginError) -> [PackagePath] {
        var found: [PackagePath] = []
        try visit(folder, "", &found)
        return found.filter { !PackageFormat.isOwn($0.description) }
            .sorted { $0.description < $1.description }
    }

    private static func visit(_ folder: String, _ prefix: String, _ found: inout [PackagePath])
        throws(PluginError)
    {
        for name in FolderEntries.names(folder) {
            let path = try path(prefix + name)
            var status = stat()
            let isThere = unsafe lstat(folder + "/" + name, &status) == 0
            switch isThere ? status.st_mode & S_IFMT : 0 {
            case S_IFDIR: try visit(folder + "/" + name, prefix + name + "/", &found)
            case S_IFREG: found.append(path)
            default:
                throw PluginError(
                    .archiveEntryRefused,
                    "`\(path)` is no plain file.",
                    hint: "A package holds plain files."
                )
            }
        }
    }

    private static func path(_ text: String) throws(PluginError) -> PackagePath {
        do {
            return try PackagePath(text, at: "")
        } catch {
            throw PluginError(
                .archiveEntryRefused,
                "A package cannot hold a file `\(text)`.",
                hint: error.hint
            )
        }
    }

    static func open(_ path: PackagePath, in folder: String) throws(PluginError) -> ReadableFile {
        do {
            return try ReadableFile(folder: folder, parts: path.parts)
        } catch {
            throw PluginError(.fileFailed, "`\(path)` cannot be read: \(error.inWords).")
        }
    }
}

/// Folders for the time of a piece of work.
enum Scratch {
    /// Makes a hidden folder in the folder that holds `path`.
    static func folder(beside path: String) throws(PluginError) -> String {
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        return try folder(in: "/" + parent)
    }

    /// Makes a hidden folder, readable by nobody else.
    static func folder(in parent: String) throws(PluginError) -> String {
        let path = "\(parent)/.unpacking-\(UInt64.random(in: 0...UInt64.max))"
        guard unsafe mkdir(path, 0o700) == 0 else {
            throw .system("The folder \(path) cannot be made")
        }
        return path
    }
}
