import FoundationEssentials

/// Runs one test in a process of its own and says what it came to.
struct CheckWorker {
    let checker: String
    let library: String
    /// `NAME=VALUE` for the worker.
    let options: [String]
    let seed: UInt64
    /// Environment of the worker: nothing, unless a sanitizer has to be put before the library.
    var environment: [String] = []

    private static let recordBytes = 4096

    func run(_ check: PluginCheck, capability: String?, test: String? = nil) -> CheckResult {
        let start = ContinuousClock.now
        let record =
            FileManager.default.temporaryDirectory.path(percentEncoded: false)
            + "/postil-check-\(UUID().uuidString)"
        _ = FileManager.default.createFile(
            atPath: record,
            contents: Data(count: Self.recordBytes)
        )
        defer { Folder.remove(record) }
        let outcome = ChildProcess(
            checker,
            [test ?? check.id, library, "seed=\(seed)"] + options,
            environment: environment,
            record: record,
            deadlineSeconds: check.deadlineSeconds
        ).run()
        var result = CheckResult(check, .broken, capability: capability, seed: seed)
        if let outcome {
            take(outcome, place: Self.place(record), into: &result)
        } else {
            result.findings = ["The checker \(checker) cannot be run."]
        }
        let elapsed = start.duration(to: .now)
        result.milliseconds = Int(elapsed / .milliseconds(1))
        return result
    }

    private func take(
        _ outcome: ChildProcess.Outcome,
        place: String,
        into result: inout CheckResult
    ) {
        var isDone = false
        var skips: [String] = []
        for line in outcome.report.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            let text = words.count > 1 ? String(words[1]) : ""
            switch words[0] {
            case "fail": result.findings.append(text)
            case "skip": skips.append(text)
            case "note": result.notes.append(text)
            case "done": isDone = true
            case "broken":
                result.verdict = .broken
                result.findings = [text]
                return
            default: result.findings.append("The report was written to by the plugin: \(line)")
            }
        }
        if !isDone { result.findings.append(Self.ending(outcome, place, result.check)) }
        result.verdict = result.findings.isEmpty ? .passed : .failed
        if result.verdict == .passed && !skips.isEmpty {
            result.verdict = .skipped
            result.findings = skips
        }
    }

    /// Why the worker has not come to its end, as far as can be seen from outside.
    private static func ending(
        _ outcome: ChildProcess.Outcome,
        _ place: String,
        _ check: PluginCheck
    ) -> String {
        let said = outcome.output.split(separator: "\n").prefix(12).joined(separator: " | ")
        let tail = said.isEmpty ? "" : " It said: \(said)"
        switch outcome.end {
        case .signal(let number):
            return "The process ended by \(SignalName.of(number)) in \(place).\(tail)"
        case .deadline:
            return "\(place) had not returned after \(Int(check.deadlineSeconds)) seconds.\(tail)"
        case .exit(let code):
            return "The process was ended with exit code \(code) in \(place).\(tail)"
        }
    }

    /// The function that was entered last, from the flight record: 128 bytes of name, then the
    /// task's id.
    private static func place(_ record: String) -> String {
        let bytes = (try? Folder.read(record)) ?? []
        let name = String(decoding: bytes.prefix(128).prefix { $0 != 0 }, as: UTF8.self)
        guard !name.isEmpty else { return "no function of the plugin" }
        let id = bytes.dropFirst(128).prefix(8).reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        return id == 0 ? name : "\(name), task \(Int64(bitPattern: id))"
    }
}

/// Names of the signals that end plugins.
enum SignalName {
    private static let names: [Int32: String] = [
        4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
        11: "SIGSEGV", 13: "SIGPIPE", 15: "SIGTERM", 19: "SIGSTOP", 25: "SIGXFSZ", 31: "SIGSYS",
    ]

    static func of(_ number: Int32) -> String {
        names[number].map { "\($0) (signal \(number))" } ?? "signal \(number)"
    }
}
