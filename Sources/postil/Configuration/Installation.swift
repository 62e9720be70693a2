internal import FoundationEssentials

/// Where the parts of the installation are, counted from the executable, so that it can be moved.
enum Installation {
    /// `<prefix>` of `<prefix>/bin/postil`.
    static var prefix: String {
        let link = "/proc/self/exe"
        let executable =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: link))
            ?? AbsolutePath.of(CommandLine.arguments.first ?? "postil")
        return URL(filePath: executable).deletingLastPathComponent()
            .deletingLastPathComponent().path(percentEncoded: false).trimmingSlash
    }

    static var plugins: String { prefix + "/lib/postil/plugins" }
    static var webFiles: String { prefix + "/share/postil/web" }
}
