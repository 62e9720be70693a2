/// Builds C and C++ sources with AddressSanitizer and runs the rough tests on them.
struct SanitizerCheck {
    let toolkit: PluginToolkit
    let source: String
    let scratch: String

    /// The tests that reach the most code, by subject.
    private static let tests: [PluginCheck.Subject: [String]] = [
        .exporter: [
            "exporter.data.sample", "exporter.data.odd", "exporter.data.every-kind",
            "exporter.data.fuzz", "exporter.sinks.write", "exporter.contract.abort",
        ],
        .importSource: [
            "import.data.sample", "import.data.resume", "import.data.truncated",
            "import.data.garbage", "import.data.unreadable",
        ],
        .tag: ["tag.data.sample", "tag.data.fuzz", "tag.contract.missing-trees"],
        .metric: ["metric.data.sample", "metric.data.fuzz"],
    ]

    func run(_ check: PluginCheck, _ capability: String, _ options: [String], seed: UInt64)
        -> CheckResult
    {
        func skipped(_ reason: String) -> CheckResult {
            CheckResult(check, .skipped, capability: capability, findings: [reason])
        }
        let architecture = PluginBuilder.architecture
        guard let folder = try? SourceFolder(source, architecture: architecture),
            folder.language == .c || folder.language == .cxx
        else { return skipped("Sanitizers are for C and C++.") }
        let compiler = folder.language == .c ? toolkit.programs.cc : toolkit.programs.cxx
        guard let runtime = Self.runtime(of: compiler) else {
            return skipped("The compiler brings no AddressSanitizer that can be preloaded.")
        }
        let output = scratch + "/sanitized"
        let package: PluginBuilder.Package
        do throws(AuthoringError) {
            package = try PluginBuilder(toolkit: toolkit)
                .build(source, into: output, isSanitized: true)
        } catch {
            return skipped("The sources cannot be built with sanitizers: \(error.message)")
        }
        let worker = CheckWorker(
            checker: toolkit.checker,
            library: package.folder + "/" + folder.libraryPath,
            options: options + ["sanitized=yes"],
            seed: seed,
            // Leaks are for the slope: its finding names a number, and needs no ptrace.
            environment: [
                "LD_PRELOAD=\(runtime)", "ASAN_OPTIONS=detect_leaks=0:abort_on_error=1",
                "UBSAN_OPTIONS=print_stacktrace=1",
            ]
        )
        var sum = CheckResult(check, .passed, capability: capability, seed: seed)
        for test in Self.tests[check.subject] ?? [] {
            let result = worker.run(check, capability: capability, test: test)
            sum.milliseconds += result.milliseconds
            guard result.verdict == .failed || result.verdict == .broken else { continue }
            sum.verdict = result.verdict
            sum.findings += result.findings.map { "\(test): \($0)" }
            break
        }
        return sum
    }

    /// Path of the library that has to be there before everything else.
    private static func runtime(of compiler: String) -> String? {
        let names = ["libasan.so", "libclang_rt.asan-\(PluginBuilder.architecture).so"]
        for name in names {
            let outcome = ChildProcess(compiler, ["-print-file-name=\(name)"]).run()
            let path = outcome?.output.split(separator: "\n").first.map(String.init) ?? ""
            if path.hasPrefix("/") && Folder.exists(path) { return path }
        }
        return nil
    }
}
