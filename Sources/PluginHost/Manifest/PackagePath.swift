import Contracts

/// The path of a file inside a plugin's package.
///
/// Safe to join to the package's folder and to put into a URL: relative, parts joined by `/`, each
/// of letters, digits and `. _ - + @`, none of them `.` or `..`.
struct PackagePath: Hashable, Sendable, CustomStringConvertible {
    let description: String

    var parts: [String] { description.split(separator: "/").map(String.init) }

    /// Checks a path.
    ///
    /// - Parameters:
    ///   - text: The path as the manifest writes it.
    ///   - pointer: Where it stands in the manifest.
    /// - Throws: `path_escapes`, or `manifest_invalid` for characters that no path needs.
    init(_ text: String, at pointer: String) throws(PluginError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !text.hasPrefix("/"), !parts.contains("..") else {
            throw .manifest(
                "has the path `\(text)`, which leads out of the package",
                at: pointer,
                hint: "Paths are relative to the folder of the manifest.",
                code: .pathEscapes
            )
        }
        let isSound =
            text.utf8.count <= 255
            && parts.allSatisfy { part in
                !part.isEmpty && part != "." && part.utf8.allSatisfy(Self.isAllowed)
            }
        guard isSound else {
            throw .manifest(
                "has `\(text)` as a path",
                at: pointer,
                hint: "Parts of letters, digits and . _ - + @, joined by `/`; at most 255 bytes."
            )
        }
        description = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || "._-+@".utf8.contains(byte)
    }
}
