internal import ArgumentParser
internal import PluginAuthoring

/// `postil plugin build`.
struct PluginBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a package from the folder with a plugin's sources.",
        discussion: """
            The language follows from the files, in FOLDER or its src/: *.c, *.cpp, lib.rs or \
            *.swift. In manifest.json, @ARCH@ and @SHA256@ stand for the machine and the library's \
            digest. A file named `libraries` names pkg-config packages to link with. web/, \
            locale/, samples/, LICENSE and README.md are copied.

            CC, CXX, RUSTC and SWIFTC name other compilers than cc, c++, rustc and swiftc.
            """
    )

    @Argument(help: "The folder with manifest.json.")
    var folder = "."

    @Option(
        name: .shortAndLong,
        help: "Plugin directory that gets <id>/<version>/. FOLDER/build when it is not given."
    )
    var output: String?

    func run() async throws {
        try await CommandFailure.telling {
            let source = AbsolutePath.of(folder)
            let target = output.map(AbsolutePath.of) ?? source + "/build"
            let package = try PluginBuilder(toolkit: Installation.toolkit)
                .build(source, into: target)
            Terminal.print("Built \(package.id) \(package.version): \(package.folder)")
        }
    }
}
