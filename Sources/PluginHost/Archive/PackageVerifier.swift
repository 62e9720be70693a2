import Contracts

/// Verifies an archive step by step while it is taken apart.
struct PackageVerifier: Sendable {
    let inspector: PackageInspector
    let trustedKeys: TrustedKeys?
    /// What is below is refused.
    let leastTrust: PackageTrust.Level

    /// Verifies an archive and unpacks it.
    ///
    /// - Parameters:
    ///   - archive: Path of the archive.
    ///   - folder: Fresh; holds the content afterwards, or parts of it.
    /// - Returns: What was found; the step `version` is the installer's and is skipped here.
    func verify(_ archive: String, into folder: String) -> PackageReport {
        var report = PackageReport()
        do throws(PackageRefusal) {
            try verify(archive, into: folder, &report)
        } catch {
            report.note(error)
        }
        report.completeWithSkipped()
        return report
    }

    private func verify(
        _ archive: String,
        into folder: String,
        _ report: inout PackageReport
    ) throws(PackageRefusal) {
        let content = try PackageUnpacker.unpack(archive, into: folder)
        report.digest = content.digests.digest
        report.files = content.files
        report.pass(.archive, "The archive was read to its end.")
        let megabytes = content.files.reduce(0) { $0 + $1.byteCount }
        report.pass(.entries, "\(content.files.count) plain files, \(megabytes) bytes.")
        report.pass(.digests, "Every file is the one that \(PackageFormat.digestsName) describes.")
        try checkSignature(content, &report)
        guard report.trust.level >= leastTrust else {
            throw PackageRefusal(
                .trust,
                .trustInsufficient,
                "The package is \(report.trust.inWords); this installation takes only packages "
                    + "that are \(leastTrust.rawValue).",
                hint: "The operator trusts a publisher's key with `postil plugin trust`."
            )
        }
        report.pass(.trust, "The package is \(report.trust.inWords).")
        switch inspector.inspect(folder, expected: nil).result {
        case .success(let package):
            report.plugin = package.manifest.plugin
            report.manifest = package.manifest
            report.pass(.manifest, "\(package.manifest.plugin) can be offered on this machine.")
        case .failure(let error):
            report.plugin = error.plugin
            throw PackageRefusal(.manifest, error)
        }
    }

    private func checkSignature(
        _ content: PackageUnpacker.Content,
        _ report: inout PackageReport
    ) throws(PackageRefusal) {
        guard let signature = content.signature else {
            report.checks.append(
                PackageReport.Check(
                    step: .signature,
                    verdict: .skipped,
                    detail: "The package is not signed."
                )
            )
            return
        }
        do {
            try signature.check(content.digests)
        } catch {
            throw PackageRefusal(.signature, error)
        }
        report.trust = PackageTrust(signature.key, trustedKeys?.name(of: signature.key))
        report.pass(.signature, "Signed by the key \(signature.key.fingerprint).")
    }
}

extension PackageTrust {
    /// The trust in what a key has signed.
    ///
    /// `name`: The operator's, when the operator trusts the key.
    init(_ key: PluginVerifyingKey, _ name: String?) {
        self.init(
            level: name == nil ? .signed : .trusted,
            fingerprint: key.fingerprint,
            keyName: name
        )
    }

    /// For sentences: "The package is …".
    var inWords: String {
        switch level {
        case .unsigned: "unsigned"
        case .signed: "signed by a key that the operator does not trust"
        case .trusted: "signed by the trusted key “\(keyName ?? "")”"
        case .bundled: "part of this installation"
        }
    }
}

extension PackageReport {
    mutating func pass(_ step: Step, _ detail: String) {
        checks.append(Check(step: step, verdict: .passed, detail: detail))
    }

    /// Notes a failure; the steps before it that nothing was said of have passed.
    mutating func note(_ refusal: PackageRefusal) {
        for step in Step.allCases.prefix(while: { $0 != refusal.step })
        where !checks.contains(where: { $0.step == step }) {
            let isOnTheWay = [.archive, .entries, .digests].contains(step)
            checks.append(
                Check(
                    step: step,
                    verdict: isOnTheWay ? .passed : .skipped,
                    detail: isOnTheWay ? "Nothing was wrong so far." : Self.notReached
                )
            )
        }
        checks.append(
            Check(
                step: refusal.step,
                verdict: .failed,
                detail: refusal.error.message,
                error: refusal.error
            )
        )
    }

    /// Adds the steps that were not come to.
    mutating func completeWithSkipped() {
        for step in Step.allCases where !checks.contains(where: { $0.step == step }) {
            checks.append(Check(step: step, verdict: .skipped, detail: Self.notReached))
        }
    }

    private static let notReached = "It was not come to."
}
