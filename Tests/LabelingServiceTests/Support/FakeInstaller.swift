import Contracts

/// Takes no package: each is refused with the same words.
struct FakeInstaller: PluginInstaller {
    let incomingFolder: String

    func install(archive path: String) async -> PackageReport { Self.refusal }
    func install(folder path: String) async -> PackageReport { Self.refusal }

    private static let refusal = PackageReport(checks: [
        PackageReport.Check(
            step: .archive,
            verdict: .failed,
            detail: "It is no archive.",
            error: PluginError(
                PluginError.Code(rawValue: "archive_unreadable"),
                "It is no archive."
            )
        )
    ])
}
