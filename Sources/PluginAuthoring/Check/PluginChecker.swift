import Contracts
import FoundationEssentials
import LabelModel
import PluginHost
import ValueTree

/// Checks a plugin: what its files say, then what its code does, one process for each test.
///
///   1. A folder of sources is built into a package first.
///   2. Package and ELF checks read files alone. If the host would refuse the package, that is all.
///   3. Every other check is one run of the checker with a deadline. A library that cannot be
///      loaded ends the run.
public struct PluginChecker: Sendable {
    private let toolkit: PluginToolkit
    private let hostVersion: String

    public init(toolkit: PluginToolkit, hostVersion: String) {
        self.toolkit = toolkit
        self.hostVersion = hostVersion
    }

    /// Checks a package or a folder of sources.
    ///
    /// - Parameters:
    ///   - folder: Absolute path.
    ///   - level: Checks above it are left out.
    ///   - seed: What random tests start from.
    ///   - only: Ids or beginnings of ids; empty means all.
    ///   - progress: Gets each result as soon as it is there.
    /// - Returns: The report.
    /// - Throws: When there is nothing to check: sources that do not compile, no checker.
    public func check(
        _ folder: String,
        level: Int,
        seed: UInt64,
        only: [String] = [],
        progress: (CheckResult) -> Void = { _ in }
    ) throws(AuthoringError) -> CheckReport {
        guard Folder.exists(toolkit.checker) else {
            throw AuthoringError(
                .checkerMissing,
                "This installation has no checker.",
                hint: "It would be \(toolkit.checker)."
            )
        }
        let scratch = try TemporaryFolder()
        var package = folder
        let isSource = PluginBuilder.isSource(folder)
        if isSource {
            let built = try PluginBuilder(toolkit: toolkit).build(folder, into: scratch.path)
            package = built.folder
        }
        let inspection = PluginInspection(folder: package, hostVersion: hostVersion)
        var run = CheckRun(
            toolkit: toolkit,
            package: package,
            source: isSource ? folder : nil,
            inspection: inspection,
            hostVersion: hostVersion,
            scratch: scratch,
            level: level,
            seed: seed,
            only: only
        )
        try run.run(progress)
        return CheckReport(
            plugin: inspection.plugin?.description ?? folder,
            folder: folder,
            level: level,
            seed: seed,
            isPartial: !only.isEmpty,
            results: run.results
        )
    }
}
