import Testing

/// Says where the plugins of a test run.
///
/// Without the trait they run inside the test's process.
struct TransportTrait: TestTrait, SuiteTrait, TestScoping {
    /// The program in which plugins run; `nil` inside this process.
    @TaskLocal static var runner: String?

    let runsInProcess: Bool
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        if runsInProcess { try await function() }
        let runner = try await FixtureCompiler.shared.runner()
        try await Self.$runner.withValue(runner) { try await function() }
    }
}

extension Trait where Self == TransportTrait {
    /// The test holds wherever plugins run, and is run twice.
    static var onBothTransports: TransportTrait { TransportTrait(runsInProcess: true) }
    /// Plugins run in processes of their own.
    static var isolated: TransportTrait { TransportTrait(runsInProcess: false) }
}
