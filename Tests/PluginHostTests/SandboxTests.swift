import Foundation
import Testing

/// The runner's sandbox by itself: a process goes into it and tries what it must not.
@Suite struct SandboxTests {
    /// What a kernel with landlock and seccomp refuses.
    private static let refusedAttempts = [
        "open-passwd EACCES", "open-secret EACCES", "write-outside EACCES", "socket EPERM",
        "execute EPERM", "fork EPERM", "kill-parent EPERM", "trace-parent EPERM",
        "raise-limit EPERM",
    ]
    private static let allowedAttempts = [
        "write-scratch allowed", "read-zones allowed", "thread allowed", "signal-self allowed",
    ]

    private func lines(_ arguments: [String] = []) async throws -> Set<String> {
        let folder = try TemporaryFolder()
        let secret = try folder.write("secret", to: "outside/secret.txt")
        try folder.write("", to: "scratch/.keep")
        let probe = try await FixtureCompiler.shared.program("sandbox_probe", with: ["sandbox"])
        let output = try run(probe, [folder.path + "/scratch", secret] + arguments)
        return Set(output.replacing(folder.path, with: "").split(separator: "\n").map(String.init))
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether this kernel offers both parts; the probe's own report is what is tested elsewhere.
    private var isKernelComplete: Bool {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let modules = try? String(contentsOfFile: "/sys/kernel/security/lsm", encoding: .utf8)
        let hasLandlock = modules?.contains("landlock") ?? true
        return hasLandlock && (status?.contains("Seccomp_filters:") ?? false)
    }

    @Test func `what reaches beyond the process is refused, and each refusal is told`()
        async throws
    {
        let lines = try await lines()

        #expect(lines.isSuperset(of: Self.allowedAttempts))
        guard isKernelComplete else { return }
        #expect(lines.isSuperset(of: Self.refusedAttempts))
        let told = [
            "refused open /etc/passwd", "refused open /outside/secret.txt",
            "refused open /tmp/postil-sandbox-probe", "refused socket ", "refused execve ",
            "refused clone ", "refused kill ", "refused ptrace ", "refused prlimit64 ",
        ]
        #expect(lines.isSuperset(of: told))
        #expect(lines.contains("level full"))
    }

    @Test func `without landlock the level is partial, and system calls are still refused`()
        async throws
    {
        let lines = try await lines(["without-landlock"])

        #expect(!lines.contains("level full"))
        guard isKernelComplete else { return }
        #expect(lines.contains("level partial"))
        #expect(lines.isSuperset(of: ["socket EPERM", "fork EPERM", "kill-parent EPERM"]))
    }

    @Test func `without a filter the level is partial, and files are still refused`() async throws {
        let lines = try await lines(["without-filter"])

        #expect(!lines.contains("level full"))
        guard isKernelComplete else { return }
        #expect(lines.contains("level partial"))
        #expect(lines.isSuperset(of: ["open-passwd EACCES", "open-secret EACCES"]))
    }

    @Test func `without both the level is none`() async throws {
        let lines = try await lines(["without-landlock", "without-filter"])

        #expect(lines.contains("level none"))
        #expect(lines.contains("open-secret allowed"))
    }
}
