/// The commands that make a library of a plugin's sources.
struct Compilation {
    /// One run of a compiler.
    struct Step {
        var program: String
        var arguments: [String]
    }

    let source: SourceFolder
    let toolkit: PluginToolkit
    /// Path of the shared library to be made.
    let library: String
    /// Folder for what lies between sources and library.
    let scratch: String
    /// Builds with AddressSanitizer and UndefinedBehaviorSanitizer; C and C++ only.
    var isSanitized = false

    /// Runs the compilers.
    ///
    /// - Throws: `compiler_missing`, or `compiler_failed` with what the compiler said.
    func run() throws(AuthoringError) {
        for step in try steps() {
            guard let outcome = ChildProcess(step.program, step.arguments).run() else {
                throw Self.missing(step.program, for: source.language)
            }
            guard outcome.isSuccess else {
                throw AuthoringError(
                    .compilerFailed,
                    "\(step.program) could not compile \(source.path):\n\(outcome.output)"
                )
            }
        }
    }

    private static func missing(
        _ program: String,
        for language: SourceFolder.Language
    ) -> AuthoringError {
        let package =
            switch language {
            case .c: "Debian's package gcc brings one; another compiler is named by CC."
            case .cxx: "Debian's package g++ brings one; another compiler is named by CXX."
            case .rust:
                "Debian's package rustc brings one (1.63 or later is enough); another one "
                    + "is named by RUSTC."
            case .swift:
                "Use the toolchain that Postil was built with, from swift.org; another "
                    + "place of it is named by SWIFTC."
            }
        return AuthoringError(
            .compilerMissing,
            "The \(language.rawValue) compiler `\(program)` cannot be run.",
            hint: package
        )
    }

    private func steps() throws(AuthoringError) -> [Step] {
        switch source.language {
        case .c: [Step(program: toolkit.programs.cc, arguments: try cFlags(["-std=c11"]))]
        case .cxx:
            [
                Step(
                    program: toolkit.programs.cxx,
                    arguments: try cFlags(["-std=c++17"] + uniqueSymbolsFlag())
                )
            ]
        case .rust: [Step(program: toolkit.programs.rustc, arguments: rustFlags())]
        case .swift: swiftSteps()
        }
    }

    /// A unique symbol keeps its library in memory and binds across libraries; only g++ has them.
    private func uniqueSymbolsFlag() -> [String] {
        let said = ChildProcess(toolkit.programs.cxx, ["--version"]).run()?.output ?? ""
        return said.contains("clang") ? [] : ["-fno-gnu-unique"]
    }

    private func cFlags(_ language: [String]) throws(AuthoringError) -> [String] {
        let sanitizers = [
            "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined",
            "-fno-omit-frame-pointer", "-O1",
        ]
        return language
            + ["-O2", "-g", "-fPIC", "-shared", "-fvisibility=hidden", "-Wall", "-Wextra"]
            + ["-Wpedantic", "-I\(toolkit.headers)", "-I\(source.path)", "-Wl,-z,relro,-z,now"]
            + ["-Wl,--version-script=\(toolkit.versionScript)"]
            + (isSanitized ? sanitizers : ["-Wl,--no-undefined"])
            + ["-o", library] + source.sources + (try packageFlags()) + ["-lm"]
    }

    private func packageFlags() throws(AuthoringError) -> [String] {
        guard !source.libraries.isEmpty else { return [] }
        let command = ChildProcess(
            toolkit.programs.pkgConfig,
            ["--cflags", "--libs"] + source.libraries
        )
        guard let outcome = command.run() else {
            throw AuthoringError(
                .compilerMissing,
                "`\(toolkit.programs.pkgConfig)` cannot be run; \(source.path)/libraries needs it.",
                hint: "Debian's package pkg-config brings it."
            )
        }
        guard outcome.isSuccess else {
            throw AuthoringError(
                .compilerFailed,
                "pkg-config does not know what \(source.path)/libraries names:\n\(outcome.output)"
            )
        }
        return outcome.output.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// rustc writes the version script of a cdylib itself: it leaves the `#[no_mangle]` functions.
    private func rustFlags() -> [String] {
        [
            "--edition", "2021", "--crate-type", "cdylib", "--crate-name", "plugin", "-O", "-g",
            "-C", "panic=unwind", "-C", "link-arg=-Wl,-z,relro,-z,now", "-o", library,
        ] + source.sources
    }

    private func swiftSteps() -> [Step] {
        let kit = Folder.names(toolkit.swiftKit).filter { $0.hasSuffix(".swift") }
            .map { toolkit.swiftKit + "/" + $0 }
        // Without these the library would need more of the runtime than its core.
        let lean = [
            "-Xfrontend", "-disable-implicit-string-processing-module-import",
            "-Xfrontend", "-disable-implicit-concurrency-module-import",
        ]
        let common =
            ["-O", "-g", "-whole-module-optimization", "-parse-as-library", "-swift-version", "6"]
            + ["-enable-upcoming-feature", "InternalImportsByDefault"]
            + ["-enable-upcoming-feature", "ExistentialAny"]
            + lean + ["-I", toolkit.swiftKit + "/CPostilPlugin", "-I", toolkit.headers]
        let object = scratch + "/PostilPluginKit.o"
        return [
            Step(
                program: toolkit.programs.swiftc,
                arguments: common + ["-emit-module", "-emit-object", "-o", object]
                    + ["-module-name", "PostilPluginKit", "-strict-memory-safety"]
                    + ["-emit-module-path", scratch + "/PostilPluginKit.swiftmodule"] + kit
            ),
            Step(
                program: toolkit.programs.swiftc,
                arguments: common + ["-emit-library", "-o", library, "-module-name", "Plugin"]
                    + ["-I", scratch, "-no-toolchain-stdlib-rpath", "-Xlinker"]
                    + ["--version-script=\(toolkit.versionScript)"]
                    + ["-Xlinker", "-z", "-Xlinker", "now"]
                    + source.sources + [object]
            ),
        ]
    }
}
