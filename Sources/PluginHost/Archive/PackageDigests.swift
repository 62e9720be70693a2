import Contracts

/// The list of digests of a package, as `sha256sum` writes and reads it.
///
/// One line for each file, `<64 digits>  <path>`, sorted by path; its own digest is the address of
/// the whole content. Its two own files are not in it.
struct PackageDigests: Hashable, Sendable {
    /// SHA-256 in lower-case hexadecimal, by path.
    private(set) var byPath: [String: String] = [:]

    var paths: [String] { byPath.keys.sorted() }

    var text: [UInt8] {
        Array(paths.map { "\(byPath[$0] ?? "")  \($0)\n" }.joined().utf8)
    }

    /// SHA-256 of the list.
    var digest: String { FileDigest.sha256(of: text) }

    init() {}

    subscript(path: String) -> String? {
        get { byPath[path] }
        set { byPath[path] = newValue }
    }

    /// Reads a list.
    ///
    /// - Throws: `digest_list_invalid` or `path_escapes`; the list must be written exactly as
    ///   ``text`` would write it, so that one content has one address.
    init(parsing bytes: [UInt8]) throws(PluginError) {
        guard let text = String(validating: bytes, as: UTF8.self), text.last == "\n" else {
            throw Self.invalid("is no text with a line for each file")
        }
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            let digits = line.prefix(64)
            guard digits.utf8.count == 64, digits.utf8.allSatisfy(Self.isDigit),
                line.dropFirst(64).hasPrefix("  ")
            else { throw Self.invalid("has a line that is no digest and path") }
            let path = try Self.path(String(line.dropFirst(66)))
            guard byPath.updateValue(String(digits), forKey: path) == nil else {
                throw Self.invalid("names `\(path)` twice")
            }
        }
        guard byPath.count <= PackageFormat.maximumFiles else {
            throw PluginError(
                .archiveTooLarge,
                "The package lists \(byPath.count) files; \(PackageFormat.maximumFiles) are "
                    + "allowed."
            )
        }
        guard self.text == bytes else { throw Self.invalid("is not sorted by path") }
    }

    private static func path(_ text: String) throws(PluginError) -> String {
        guard !PackageFormat.isOwn(text) else { throw invalid("names `\(text)`") }
        do {
            return try PackagePath(text, at: "").description
        } catch {
            throw PluginError(
                error.code == .pathEscapes ? .pathEscapes : .digestListInvalid,
                "\(PackageFormat.digestsName) has `\(text)` as a path.",
                hint: error.hint
            )
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func invalid(_ clause: String) -> PluginError {
        PluginError(
            .digestListInvalid,
            "\(PackageFormat.digestsName) \(clause).",
            hint: "`postil plugin pack` writes it."
        )
    }
}
