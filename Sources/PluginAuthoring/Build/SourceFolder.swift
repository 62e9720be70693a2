import LabelModel
import ValueTree

/// The folder with a plugin's sources.
struct SourceFolder {
    enum Language: String {
        case c = "C"
        case cxx = "C++"
        case rust = "Rust"
        case swift = "Swift"
    }

    let path: String
    let id: String
    let version: String
    let language: Language
    /// Absolute paths of what is compiled; for Rust the root of the crate alone.
    let sources: [String]
    /// pkg-config packages to link with.
    let libraries: [String]
    /// Where the manifest says that this machine's library lies in the package.
    let libraryPath: String

    private static let manifestName = "manifest.json"

    /// Whether the folder holds sources rather than a built package.
    static func isSource(_ path: String) -> Bool {
        guard Folder.exists(path + "/" + manifestName) else { return false }
        return found(in: path) != nil
    }

    /// - Throws: `source_invalid` or `file_unreadable`.
    init(_ path: String, architecture: String) throws(AuthoringError) {
        self.path = path
        let text = try Self.manifestText(path, architecture: architecture)
        let manifest = try Self.parse(text)
        id = try Self.string(manifest, "id")
        version = try Self.string(manifest, "version")
        guard let (language, sources) = Self.found(in: path) else {
            throw AuthoringError(
                .sourceInvalid,
                "\(path) holds no sources.",
                hint: "Put *.c, *.cpp, *.swift or lib.rs there, or into its folder src/."
            )
        }
        (self.language, self.sources) = (language, sources)
        let entries = manifest["libraries"].map { Array($0.elements) } ?? []
        let own = entries.first { $0["arch"]?.string == architecture }
        guard let library = own?["path"]?.string, !library.hasPrefix("/"),
            !library.split(separator: "/").contains("..")
        else {
            throw AuthoringError(
                .sourceInvalid,
                "\(path)/\(Self.manifestName) lists no library for this machine (\(architecture)).",
                hint: #"Write "libraries": [{ "arch": "@ARCH@", "path": "lib/@ARCH@/x.so", "#
                    + #""sha256": "@SHA256@" }]."#
            )
        }
        libraryPath = library
        let named = (try? Folder.read(path + "/libraries")) ?? []
        libraries = String(decoding: named, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .map(String.init)
    }

    /// The manifest with this machine's architecture and the library's digest filled in.
    static func manifestText(
        _ path: String,
        architecture: String,
        sha256: String = String(repeating: "0", count: 64)
    ) throws(AuthoringError) -> String {
        guard Folder.exists(path + "/" + manifestName) else {
            throw AuthoringError(
                .sourceInvalid,
                "\(path) holds no \(manifestName).",
                hint: "`postil plugin new` makes a folder with one."
            )
        }
        let bytes = try Folder.read(path + "/" + manifestName)
        return String(decoding: bytes, as: UTF8.self)
            .replacing("@ARCH@", with: architecture)
            .replacing("@SHA256@", with: sha256)
    }

    private static func parse(_ text: String) throws(AuthoringError) -> JSONText {
        do {
            return try JSONText(parsing: Array(text.utf8))
        } catch {
            throw AuthoringError(
                .sourceInvalid,
                "\(manifestName) is not JSON: line \(error.line), column \(error.column): "
                    + error.message
            )
        }
    }

    private static func string(_ manifest: JSONText, _ name: String) throws(AuthoringError)
        -> String
    {
        let text = manifest[name]?.string ?? ""
        let isSound = text.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
                || [45, 46, 43].contains(byte)
        }
        guard !text.isEmpty, isSound, !text.hasPrefix(".") else {
            throw AuthoringError(.sourceInvalid, "\(manifestName) has no sound `\(name)`.")
        }
        return text
    }

    private static func found(in path: String) -> (Language, [String])? {
        let files = [path, path + "/src"].flatMap { folder in
            Folder.names(folder).map { folder + "/" + $0 }
        }
        func ending(_ suffixes: String...) -> [String] {
            files.filter { file in suffixes.contains { file.hasSuffix($0) } }
        }
        if let root = files.first(where: { $0.hasSuffix("/lib.rs") }) { return (.rust, [root]) }
        let swift = ending(".swift")
        if !swift.isEmpty { return (.swift, swift) }
        let cxx = ending(".cpp", ".cc", ".cxx")
        if !cxx.isEmpty { return (.cxx, cxx) }
        let c = ending(".c")
        return c.isEmpty ? nil : (.c, c)
    }
}

extension String {
    /// The text with every occurrence of another one replaced.
    fileprivate func replacing(_ old: String, with new: String) -> String {
        var result = ""
        var rest = self[...]
        while let range = rest.firstRange(of: old) {
            result += rest[..<range.lowerBound]
            result += new
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
