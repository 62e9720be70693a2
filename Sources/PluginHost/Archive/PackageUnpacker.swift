import Contracts
import Crypto

/// Takes an archive apart into a folder, comparing each file with the list of digests.
///
/// The archive is a stranger's: nothing is written under a path that is not sound and listed, no
/// link is ever made, and bytes are counted while they come.
struct PackageUnpacker {
    /// What came out.
    struct Content {
        var digests: PackageDigests
        var signature: PackageSignature?
        var files: [PackageReport.File]
    }

    private static let pieceBytes = 256 << 10

    /// Fresh, and nobody else's.
    let folder: String

    private var digests: PackageDigests?
    private var signature: PackageSignature?
    private var files: [String: PackageReport.File] = [:]
    private var byteCount: Int64 = 0
    private var buffer = [UInt8](repeating: 0, count: Self.pieceBytes)

    init(folder: String) { self.folder = folder }

    /// Unpacks an archive.
    ///
    /// - Parameters:
    ///   - archive: Path of the archive.
    ///   - folder: Fresh, and nobody else's.
    /// - Returns: What the folder holds now.
    /// - Throws: ``PackageRefusal``; the folder may hold files then.
    static func unpack(_ archive: String, into folder: String) throws(PackageRefusal) -> Content {
        var unpacker = PackageUnpacker(folder: folder)
        return try unpacker.unpack(archive)
    }

    private mutating func unpack(_ path: String) throws(PackageRefusal) -> Content {
        let archive: ArchiveReader
        do {
            archive = try ArchiveReader(path: path)
        } catch {
            throw PackageRefusal(.archive, error)
        }
        while let entry = try Self.next(archive) { try take(entry, archive) }
        guard let digests else { throw Self.noList }
        for path in digests.paths where files[path] == nil {
            throw PackageRefusal(
                .digests,
                .fileMissing,
                "The archive lists `\(path)` and does not hold it.",
                hint: "Get the package again; it is not complete."
            )
        }
        do {
            try NewFile.write(digests.text, to: folder + "/" + PackageFormat.digestsName)
            if let signature {
                try NewFile.write(signature.text, to: folder + "/" + PackageFormat.signatureName)
            }
        } catch {
            throw PackageRefusal(.entries, error)
        }
        return Content(
            digests: digests,
            signature: signature,
            files: files.values.sorted { $0.path < $1.path }
        )
    }

    private static func next(_ archive: ArchiveReader) throws(PackageRefusal)
        -> ArchiveReader.Entry?
    {
        do {
            return try archive.next()
        } catch {
            throw PackageRefusal(.archive, error)
        }
    }

    private mutating func take(
        _ entry: ArchiveReader.Entry,
        _ archive: ArchiveReader
    ) throws(PackageRefusal) {
        switch entry.kind {
        case .folder:
            let path = entry.path.hasSuffix("/") ? String(entry.path.dropLast()) : entry.path
            _ = try Self.path(path)
        case .other(let what):
            throw PackageRefusal(
                .entries,
                .archiveEntryRefused,
                "The archive's entry `\(entry.path)` is \(what).",
                hint: "A package holds plain files."
            )
        case .file(let byteCount):
            try take(Self.path(entry.path), byteCount: byteCount, archive)
        }
    }

    private mutating func take(
        _ path: PackagePath,
        byteCount announced: Int64,
        _ archive: ArchiveReader
    ) throws(PackageRefusal) {
        let name = path.description
        if name == PackageFormat.digestsName {
            guard digests == nil else { throw Self.misplaced(name) }
            let bytes = try contents(name, limit: PackageFormat.maximumDigestsBytes, archive)
            digests = try Self.parse { () throws(PluginError) in
                try PackageDigests(parsing: bytes)
            }
            return
        }
        guard let digests else { throw Self.noList }
        if name == PackageFormat.signatureName {
            guard signature == nil, files.isEmpty else { throw Self.misplaced(name) }
            let bytes = try contents(name, limit: PackageFormat.maximumSignatureBytes, archive)
            do {
                signature = try PackageSignature(parsing: bytes)
            } catch {
                throw PackageRefusal(.signature, error)
            }
            return
        }
        guard let digest = digests[name] else {
            throw PackageRefusal(
                .digests,
                .fileUnlisted,
                "The archive holds `\(name)`, which \(PackageFormat.digestsName) does not list.",
                hint: "Pack it again with `postil plugin pack`."
            )
        }
        guard files[name] == nil else { throw Self.misplaced(name) }
        guard announced <= PackageFormat.maximumContentBytes - byteCount else {
            throw Self.tooLarge
        }
        files[name] = try store(path, digest, archive)
    }

    /// Writes one file, counting and hashing what comes.
    private mutating func store(
        _ path: PackagePath,
        _ digest: String,
        _ archive: ArchiveReader
    ) throws(PackageRefusal) -> PackageReport.File {
        let target = folder + "/" + path.description
        var hash = SHA256()
        var written: Int64 = 0
        do throws(PluginError) {
            let parents = path.parts.dropLast().joined(separator: "/")
            if !parents.isEmpty { try NewFolder.make(folder + "/" + parents) }
            let file = try NewFile(target)
            while true {
                let count = try archive.read(into: &buffer)
                guard count > 0 else { break }
                written += Int64(count)
                guard isHarmless(byteCount + written, archive) else { throw Self.tooLarge.error }
                hash.update(data: buffer[..<count])
                try file.write(buffer[..<count])
            }
            try file.synchronize()
        } catch {
            throw PackageRefusal(error.code == .archiveUnreadable ? .archive : .entries, error)
        }
        byteCount += written
        let sha256 = FileDigest.hexadecimal(hash.finalize())
        guard sha256 == digest else {
            throw PackageRefusal(
                .digests,
                .digestMismatch,
                "`\(path)` is not the file that \(PackageFormat.digestsName) describes.",
                hint: "Its SHA-256 is \(sha256). Get the package again; it was damaged or changed."
            )
        }
        return PackageReport.File(path: path.description, sha256: sha256, byteCount: written)
    }

    private mutating func contents(
        _ name: String,
        limit: Int,
        _ archive: ArchiveReader
    ) throws(PackageRefusal) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let count: Int
            do throws(PluginError) {
                count = try archive.read(into: &buffer)
            } catch {
                throw PackageRefusal(.archive, error)
            }
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
            guard bytes.count <= limit else {
                throw PackageRefusal(
                    .entries,
                    .archiveTooLarge,
                    "`\(name)` has more than \(limit) bytes."
                )
            }
        }
    }

    private func isHarmless(_ count: Int64, _ archive: ArchiveReader) -> Bool {
        guard count <= PackageFormat.maximumContentBytes else { return false }
        let packed = max(archive.packedByteCount, 1)
        return count <= PackageFormat.harmlessBytes
            || count / packed <= PackageFormat.maximumExpansion
    }

    private static func path(_ text: String) throws(PackageRefusal) -> PackagePath {
        do {
            return try PackagePath(text, at: "")
        } catch {
            throw PackageRefusal(
                .entries,
                error.code == .pathEscapes ? .pathEscapes : .archiveEntryRefused,
                "The archive has an entry with the path `\(text)`"
                    + (error.code == .pathEscapes ? ", which leads out of the package." : "."),
                hint: error.code == .pathEscapes
                    ? "Do not use archives of this publisher." : error.hint
            )
        }
    }

    private static func parse<Value>(_ body: () throws(PluginError) -> Value)
        throws(PackageRefusal) -> Value
    {
        do {
            return try body()
        } catch {
            throw PackageRefusal(error.code == .pathEscapes ? .entries : .digests, error)
        }
    }

    private static func misplaced(_ name: String) -> PackageRefusal {
        PackageRefusal(
            .entries,
            .archiveEntryRefused,
            "The archive holds `\(name)` twice or at the wrong place.",
            hint: "Pack it again with `postil plugin pack`."
        )
    }

    private static var noList: PackageRefusal {
        PackageRefusal(
            .digests,
            .digestListInvalid,
            "The archive does not begin with a list of digests (\(PackageFormat.digestsName)).",
            hint: "`postil plugin pack` makes packages."
        )
    }

    private static var tooLarge: PackageRefusal {
        PackageRefusal(
            .entries,
            .archiveTooLarge,
            "The archive unpacks to more than \(PackageFormat.maximumContentBytes >> 20) MiB, or "
                + "to more than \(PackageFormat.maximumExpansion) times its own size.",
            hint: "A package holds a plugin's libraries and little else."
        )
    }
}
