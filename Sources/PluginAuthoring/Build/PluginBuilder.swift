import Crypto
import FoundationEssentials

/// Makes a package of a plugin's sources.
///
///   1. The manifest says id, version and where the library lies; the language follows from the
///      files.
///   2. The library is compiled into a folder beside the package.
///   3. Files for the browser, locales, samples and license are copied, and the manifest is written
///      last, with the library's digest.
///   4. The finished folder takes the place of an older one, in one step each.
public struct PluginBuilder: Sendable {
    /// What was built.
    public struct Package: Hashable, Sendable {
        /// `<output>/<id>/<version>`.
        public var folder: String
        public var id: String
        public var version: String
    }

    /// The parts of a source folder that a package holds as they are.
    private static let copied = ["web", "locale", "samples", "LICENSE", "README.md"]

    private let toolkit: PluginToolkit

    public init(toolkit: PluginToolkit) {
        self.toolkit = toolkit
    }

    /// This machine, as `uname -m` says it.
    public static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "aarch64"
        #else
            "unknown"
        #endif
    }

    /// Whether a folder holds sources rather than a built package.
    public static func isSource(_ folder: String) -> Bool { SourceFolder.isSource(folder) }

    /// Builds a package.
    ///
    /// - Parameters:
    ///   - folder: Absolute path of the sources.
    ///   - output: Plugin directory that gets the package.
    /// - Returns: The package.
    /// - Throws: ``AuthoringError``; nothing of an older package has changed then.
    public func build(_ folder: String, into output: String) throws(AuthoringError) -> Package {
        try build(folder, into: output, isSanitized: false)
    }

    func build(
        _ folder: String,
        into output: String,
        isSanitized: Bool
    ) throws(AuthoringError) -> Package {
        let source = try SourceFolder(folder, architecture: Self.architecture)
        let target = "\(output)/\(source.id)/\(source.version)"
        // A name that no version can have, so that a daemon which looks sees no half package.
        let building = "\(output)/\(source.id)/.building-\(UUID().uuidString)"
        try Folder.make(building)
        defer { Folder.remove(building) }
        let scratch = try TemporaryFolder()
        let library = building + "/" + source.libraryPath
        try Folder.make(
            library.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                .joined(separator: "/")
        )
        try Compilation(
            source: source,
            toolkit: toolkit,
            library: library,
            scratch: scratch.path,
            isSanitized: isSanitized
        ).run()
        for name in Self.copied where Folder.exists(folder + "/" + name) {
            try Folder.copy(folder + "/" + name, to: building + "/" + name)
        }
        let manifest = try SourceFolder.manifestText(
            folder,
            architecture: Self.architecture,
            sha256: Self.sha256(of: try Folder.read(library))
        )
        try Folder.write(Array(manifest.utf8), to: building + "/manifest.json")
        let old = building + "-old"
        if Folder.exists(target) { try Folder.move(target, to: old) }
        try Folder.move(building, to: target)
        Folder.remove(old)
        return Package(folder: target, id: source.id, version: source.version)
    }

    private static func sha256(of bytes: [UInt8]) -> String {
        var hash = SHA256()
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        let digits = Array("0123456789abcdef".utf8)
        let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
