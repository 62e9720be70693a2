/// What authors of plugins need and an installation brings: headers, templates, the checker.
public struct PluginToolkit: Hashable, Sendable {
    /// Folder that holds `postil/plugin.h`.
    public var headers: String
    /// Linker script that leaves the entry as the one exported symbol.
    public var versionScript: String
    /// `<language>/<capability>/` for each template.
    public var templates: String
    /// Swift sources of `PostilPluginKit`.
    public var swiftKit: String
    /// The Swift runtime that the installation brings; where Swift plugins find theirs.
    public var swiftRuntime: String
    /// The program that performs one test against one library.
    public var checker: String
    /// The program in which a host runs plugins.
    public var runner: String
    /// ES module that runs the browser half of a tag under Node.
    public var browserHalf: String
    /// Pure modules of the web frontend, for the geometry that tags are handed.
    public var webFiles: String
    /// Compilers and Node, as commands.
    public var programs: Programs

    /// Commands that are run; an author may have others of them.
    public struct Programs: Hashable, Sendable {
        public var cc = "cc"
        public var cxx = "c++"
        public var rustc = "rustc"
        public var swiftc = "swiftc"
        public var node = "node"
        public var pkgConfig = "pkg-config"

        public init() {}
    }

    /// The toolkit of an installation.
    ///
    /// - Parameter prefix: The folder that holds `bin/postil`.
    public init(prefix: String) {
        headers = prefix + "/include"
        versionScript = prefix + "/share/postil/plugin.map"
        templates = prefix + "/share/postil/templates"
        swiftKit = prefix + "/share/postil/swift-kit"
        swiftRuntime = prefix + "/lib/postil/swift"
        checker = prefix + "/libexec/postil/postil-plugin-checker"
        runner = prefix + "/libexec/postil/postil-plugin-runner"
        browserHalf = prefix + "/libexec/postil/browser-half.mjs"
        webFiles = prefix + "/share/postil/web"
        programs = Programs()
    }
}
