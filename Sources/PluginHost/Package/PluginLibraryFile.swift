import Contracts

/// Checks of a library's file before anyone loads it.
enum PluginLibraryFile {
    /// Compares the file with its entry in the manifest.
    ///
    /// - Returns: Lower-case hexadecimal SHA-256 of the file.
    static func check(_ file: borrowing ReadableFile, _ entry: ManifestDocument.Library)
        throws(PluginError) -> String
    {
        var head: [UInt8] = []
        let sha256: String
        do {
            sha256 = try FileDigest.sha256(of: file, head: &head)
        } catch {
            throw .manifest(
                "names `\(entry.path)`, which cannot be read: \(error.inWords)",
                at: entry.pointer + "/path",
                code: .fileMissing
            )
        }
        if let declared = entry.sha256, declared != sha256 {
            throw .manifest(
                "gives another digest for `\(entry.path)` than the file has",
                at: entry.pointer + "/sha256",
                hint: "The file's SHA-256 is \(sha256).",
                code: .digestMismatch
            )
        }
        switch LibraryImage(head: head) {
        case .sharedObject(entry.architecture):
            return sha256
        case .sharedObject(let architecture):
            throw .manifest(
                "gives `\(entry.path)` as a library for \(entry.architecture); it is one for "
                    + architecture,
                at: entry.pointer + "/arch",
                code: .architectureMissing
            )
        case .notASharedObject:
            throw .manifest(
                "gives `\(entry.path)` as a library, and it is no ELF shared object",
                at: entry.pointer + "/path",
                hint: "Build it with cc -shared -fPIC.",
                code: .notLoadable
            )
        }
    }
}
