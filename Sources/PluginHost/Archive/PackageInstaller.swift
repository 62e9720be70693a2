public import Contracts
import Dispatch
import Glibc

/// Installs packages into one plugin directory.
///
/// Processes take turns by a lock file; a package becomes visible by one `rename`.
public struct PackageInstaller: PluginInstaller {
    /// Hidden, as the scanner passes over what is hidden.
    private static let incomingName = ".incoming"
    private static let lockName = ".install.lock"
    /// What is older was left behind by a process that was killed.
    private static let staleSeconds = 3600

    /// Gets `<id>/<version>/`.
    private let directory: String
    private let verifier: PackageVerifier
    private let packer: PackagePacker

    /// - Parameters:
    ///   - directory: Absolute path of the plugin directory; made when it is not there.
    ///   - hostVersion: Compared with the manifests' `minHost`.
    ///   - trustedKeys: The operator's keys.
    ///   - leastTrust: What is vouched for less is refused.
    public init(
        directory: String,
        hostVersion: String,
        trustedKeys: TrustedKeys? = nil,
        leastTrust: PackageTrust.Level = .unsigned
    ) {
        self.directory = directory
        verifier = PackageVerifier(
            inspector: PackageInspector(hostVersion: SemanticVersion(hostVersion)),
            trustedKeys: trustedKeys,
            leastTrust: leastTrust
        )
        packer = PackagePacker(hostVersion: hostVersion)
    }

    public var incomingFolder: String { directory + "/" + Self.incomingName }

    public func install(archive path: String) async -> PackageReport {
        await Self.offPool { installNow(path) }
    }

    public func install(folder path: String) async -> PackageReport {
        await Self.offPool {
            let archive = incomingFolder + "/\(UInt64.random(in: 0...UInt64.max)).tar.gz"
            defer { _ = unsafe unlink(archive) }
            do throws(PluginError) {
                try NewFolder.make(incomingFolder, mode: 0o700)
                try packer.pack(path, to: archive)
            } catch {
                return Self.refused(.archive, error)
            }
            return installNow(archive)
        }
    }

    /// Verifies an archive without installing anything.
    public func verify(archive path: String) async -> PackageReport {
        await Self.offPool {
            inScratch { folder in verifier.verify(path, into: folder) }
        }
    }

    private func installNow(_ path: String) -> PackageReport {
        inScratch { folder in
            var report = verifier.verify(path, into: folder)
            guard report.failure == nil, let plugin = report.plugin, let digest = report.digest
            else { return report }
            report.checks.removeAll { $0.step == .version }
            do throws(PackageRefusal) {
                report.wasInstalled = try place(folder, plugin, digest)
                report.pass(
                    .version,
                    report.wasInstalled
                        ? "\(plugin) was installed before with this very content."
                        : "\(plugin) is installed now."
                )
            } catch {
                report.note(error)
            }
            return report
        }
    }

    /// Moves the unpacked content to where the catalog finds it.
    ///
    /// - Returns: Whether the same content was there.
    private func place(_ folder: String, _ plugin: PluginVersion, _ digest: String)
        throws(PackageRefusal) -> Bool
    {
        let parent = directory + "/" + plugin.id
        let target = parent + "/" + plugin.version
        if FileStamp(of: target) != nil {
            var stamps = FileStamps()
            let seal = try? PackageSeal.read(target, noting: &stamps)
            guard seal?.digests.digest == digest else {
                throw PackageRefusal(
                    .version,
                    .versionTaken,
                    "\(plugin) is installed already, with other content.",
                    hint: "Give the changed plugin a new version."
                )
            }
            return true
        }
        do {
            try NewFolder.make(parent)
        } catch {
            throw PackageRefusal(.version, error)
        }
        // What was the installer's alone becomes readable for the daemon, whoever runs it.
        guard unsafe chmod(folder, 0o755) == 0, unsafe rename(folder, target) == 0 else {
            throw PackageRefusal(.version, .system("\(target) cannot be made"))
        }
        NewFolder.synchronize(parent)
        return false
    }

    /// Works with a fresh folder that is gone afterwards, while no other process does.
    private func inScratch(_ work: (String) -> PackageReport) -> PackageReport {
        do throws(PluginError) {
            try NewFolder.make(incomingFolder, mode: 0o700)
            let lock = try InstallLock(path: directory + "/" + Self.lockName)
            removeStale()
            let folder = try Scratch.folder(in: incomingFolder)
            defer { NewFolder.remove(folder) }
            let report = work(folder)
            _ = consume lock
            return report
        } catch {
            return Self.refused(.archive, error)
        }
    }

    private func removeStale() {
        let limit = FileStamp.now() / 1_000_000_000 - Int64(Self.staleSeconds)
        for name in FolderEntries.names(incomingFolder) {
            let path = incomingFolder + "/" + name
            var status = stat()
            guard unsafe lstat(path, &status) == 0, Int64(status.st_mtim.tv_sec) < limit else {
                continue
            }
            NewFolder.remove(path)
        }
    }

    private static func refused(_ step: PackageReport.Step, _ error: PluginError)
        -> PackageReport
    {
        var report = PackageReport()
        report.note(PackageRefusal(step, error))
        report.completeWithSkipped()
        return report
    }

    /// Files and hashes block; the cooperative pool is for what does not.
    private static func offPool(_ work: @escaping @Sendable () -> PackageReport) async
        -> PackageReport
    {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }
}

/// The turn of one process at a plugin directory; the kernel takes it back when the process ends.
private struct InstallLock: ~Copyable {
    private let descriptor: Int32

    init(path: String) throws(PluginError) {
        let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("The file \(path) cannot be made") }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                close(descriptor)
                throw .system("The file \(path) cannot be locked")
            }
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
