import Contracts

/// What an installed folder says of its own content and origin; folders that were not installed
/// from a package have none.
struct PackageSeal: Sendable {
    let digests: PackageDigests
    /// The key that signed; the signature has been checked.
    let signer: PluginVerifyingKey?

    /// Reads the list of digests and the signature over it.
    ///
    /// - Returns: nil when the folder has no list.
    /// - Throws: `digest_list_invalid` or `signature_invalid`.
    static func read(_ folder: String, noting stamps: inout FileStamps) throws(PluginError)
        -> PackageSeal?
    {
        let list = try contents(
            PackageFormat.digestsName,
            limit: PackageFormat.maximumDigestsBytes,
            in: folder,
            noting: &stamps
        )
        guard let list else { return nil }
        let digests = try PackageDigests(parsing: list)
        let signature = try contents(
            PackageFormat.signatureName,
            limit: PackageFormat.maximumSignatureBytes,
            in: folder,
            noting: &stamps
        )
        guard let signature else { return PackageSeal(digests: digests, signer: nil) }
        let parsed = try PackageSignature(parsing: signature)
        try parsed.check(digests)
        return PackageSeal(digests: digests, signer: parsed.key)
    }

    /// - Throws: `digest_mismatch` or `file_unlisted` when a file is not the one that was packed.
    func check(_ path: String, sha256: String) throws(PluginError) {
        guard let listed = digests[path] else {
            throw PluginError(
                .fileUnlisted,
                "`\(path)` was not in the package that was installed.",
                hint: "Install the package again."
            )
        }
        guard listed == sha256 else {
            throw PluginError(
                .digestMismatch,
                "`\(path)` was changed after the package was installed.",
                hint: "Install the package again."
            )
        }
    }

    private static func contents(
        _ name: String,
        limit: Int,
        in folder: String,
        noting stamps: inout FileStamps
    ) throws(PluginError) -> [UInt8]? {
        stamps.note(folder + "/" + name)
        guard FileStamp(of: folder + "/" + name) != nil else { return nil }
        do {
            let file = try ReadableFile(folder: folder, parts: [name])
            if let bytes = try file.contents(limit: limit) { return bytes }
        } catch {
            throw PluginError(.digestListInvalid, "`\(name)` cannot be read: \(error.inWords).")
        }
        throw PluginError(.digestListInvalid, "`\(name)` has more than \(limit) bytes.")
    }
}
