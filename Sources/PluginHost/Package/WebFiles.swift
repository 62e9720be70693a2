import Contracts

/// A package's files for the browser, hashed by the host itself.
struct WebFiles {
    let files: [PluginManifest.WebFile]
    /// Lower-case hexadecimal SHA-256 of the lines `<sha256 of the file>  <path>`, sorted.
    let digest: String
    /// SHA-256 of each file, by path.
    let digests: [String: String]

    init(_ document: ManifestDocument, in folder: String, noting stamps: inout FileStamps)
        throws(PluginError)
    {
        var digests: [String: String] = [:]
        var integrities: [(path: String, integrity: String)] = []
        for entry in document.web {
            stamps.note(folder + "/" + entry.path.description)
            let bytes = try Self.contents(entry, in: folder)
            let integrity = FileDigest.integrity(of: bytes)
            if let declared = entry.integrity, declared != integrity {
                throw .manifest(
                    "gives another integrity for `\(entry.path)` than the file has",
                    at: entry.pointer + "/integrity",
                    hint: "The file's is \(integrity).",
                    code: .digestMismatch
                )
            }
            integrities.append((entry.path.description, integrity))
            digests[entry.path.description] = FileDigest.sha256(of: bytes)
        }
        let lines = digests.map { "\($0.value)  \($0.key)\n" }.sorted().joined()
        let digest = FileDigest.sha256(of: Array(lines.utf8))
        self.digests = digests
        self.digest = digest
        files = integrities.map { path, integrity in
            PluginManifest.WebFile(
                path: path,
                url: "/plugins/\(document.plugin.id)/\(digest)/\(path)",
                integrity: integrity
            )
        }
    }

    private static func contents(_ entry: ManifestDocument.WebEntry, in folder: String)
        throws(PluginError) -> [UInt8]
    {
        let limit = PackageInspector.maximumWebFileBytes
        let file = try open(entry.path, in: folder, at: entry.pointer + "/module")
        do {
            if let bytes = try file.contents(limit: limit) { return bytes }
        } catch {
            throw .manifest(
                "names `\(entry.path)`, which cannot be read: \(error.inWords)",
                at: entry.pointer + "/module",
                code: .fileMissing
            )
        }
        throw .manifest(
            "names `\(entry.path)`, which is larger than \(limit) bytes",
            at: entry.pointer + "/module"
        )
    }
}
