internal import FoundationEssentials
internal import PluginAuthoring

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
    /// The program in which plugins run that are not trusted.
    static var pluginRunner: String { prefix + "/libexec/postil/postil-plugin-runner" }
    /// Libraries of Swift's runtime, for plugins in Swift.
    static var swiftLibraries: String { prefix + "/lib/postil/swift" }
    static var webFiles: String { prefix + "/share/postil/web" }

    /// What authors of plugins need; the usual variables name other compilers.
    static var toolkit: PluginToolkit {
        var toolkit = PluginToolkit(prefix: prefix)
        let environment = ProcessInfo.processInfo.environment
        func named(_ variable: String, _ usual: String) -> String {
            environment[variable].flatMap { $0.isEmpty ? nil : $0 } ?? usual
        }
        toolkit.programs.cc = named("CC", toolkit.programs.cc)
        toolkit.programs.cxx = named("CXX", toolkit.programs.cxx)
        toolkit.programs.rustc = named("RUSTC", toolkit.programs.rustc)
        toolkit.programs.swiftc = named("SWIFTC", toolkit.programs.swiftc)
        toolkit.programs.node = named("NODE", toolkit.programs.node)
        return toolkit
    }
}
