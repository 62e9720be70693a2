import Contracts
import LabelModel
import PluginHost
import ValueTree

/// One run of all checks that apply to a package.
struct CheckRun {
    let toolkit: PluginToolkit
    let package: String
    /// The sources, when they are known; sanitizers need them.
    let source: String?
    let inspection: PluginInspection
    let hostVersion: String
    let scratch: TemporaryFolder
    let level: Int
    let seed: UInt64
    let only: [String]
    private(set) var results: [CheckResult] = []

    private func isWanted(_ check: PluginCheck) -> Bool {
        check.level <= level && (only.isEmpty || only.contains { check.id.hasPrefix($0) })
    }

    /// - Throws: When samples cannot be read.
    mutating func run(_ progress: (CheckResult) -> Void) throws(AuthoringError) {
        let ofPackage = PackageChecks(folder: package, inspection: inspection).run()
        for result in ofPackage where isWanted(result.check) { keep(result, progress) }
        let isRefused = ofPackage.contains { $0.verdict == .failed && $0.check.level == 1 }
        guard !isRefused, let manifest = inspection.manifest else { return }
        if manifest.metrics.contains(where: { $0.binding != nil }) {
            for check in PluginCheck.binding where isWanted(check) {
                keep(bindings(check), progress)
            }
        }
        // A package that binds functions may bring nothing that is loaded by its entry.
        let ownCapabilities = manifest.capabilities.filter { capability in
            !manifest.metrics.contains { $0.binding != nil && $0.name == capability.name }
        }
        guard let library = inspection.libraryPath, !ownCapabilities.isEmpty else { return }
        let worker = try worker(manifest, library, ownCapabilities)
        for check in PluginCheck.library where isWanted(check) {
            keep(worker.run(check, capability: nil), progress)
        }
        guard !results.contains(where: { $0.check.id == "load.library" && $0.verdict != .passed })
        else { return }
        for capability in ownCapabilities {
            try run(capability, manifest, library, progress)
        }
        for check in PluginCheck.sandbox where isWanted(check) {
            keep(worker.run(check, capability: nil), progress)
        }
    }

    private mutating func keep(_ result: CheckResult, _ progress: (CheckResult) -> Void) {
        results.append(result)
        progress(result)
    }

    private mutating func run(
        _ capability: PluginManifest.Capability,
        _ manifest: PluginManifest,
        _ library: String,
        _ progress: (CheckResult) -> Void
    ) throws(AuthoringError) {
        let options = try options(capability, manifest)
        let worker = CheckWorker(
            checker: toolkit.checker,
            library: library,
            options: options,
            seed: seed
        )
        for check in PluginCheck.all
        where check.subject == capability.kind.subject && isWanted(check) {
            switch check.id.split(separator: ".").last {
            case "browser": keep(try browser(check, capability, manifest, worker), progress)
            case "sanitizers": keep(sanitizers(check, capability, options), progress)
            default: keep(worker.run(check, capability: capability.name), progress)
            }
        }
    }

    private func worker(
        _ manifest: PluginManifest,
        _ library: String,
        _ capabilities: [PluginManifest.Capability]
    ) throws(AuthoringError) -> CheckWorker {
        let offers = capabilities.map { "\($0.kind.rawValue) \($0.name)\n" }.joined()
        return CheckWorker(
            checker: toolkit.checker,
            library: library,
            options: [
                "id=\(manifest.plugin.id)", "version=\(manifest.plugin.version)",
                "offers=" + (try write(Array(offers.utf8), "offers")),
            ],
            seed: seed
        )
    }

    /// Resolves the functions that the manifest binds, and gives them their test vectors.
    private func bindings(_ check: PluginCheck) -> CheckResult {
        do {
            try BindingTrial.prove(
                folder: package,
                configuration: PluginHostConfiguration(
                    hostVersion: hostVersion,
                    callLimit: .seconds(check.deadlineSeconds),
                    runner: toolkit.runner
                )
            )
            return CheckResult(check, .passed)
        } catch {
            return CheckResult(check, .failed, findings: [error.message])
        }
    }

    private func write(_ bytes: [UInt8], _ name: String) throws(AuthoringError) -> String {
        let path = scratch.path + "/check/" + name
        try Folder.write(bytes, to: path)
        return path
    }

    private func options(
        _ capability: PluginManifest.Capability,
        _ manifest: PluginManifest
    ) throws(AuthoringError) -> [String] {
        let samples = CheckSamples(folder: package, manifest: manifest)
        let name = capability.name
        var options = ["capability=\(capability.kind.rawValue)", "name=\(name)"]
        var isOwn = false
        switch capability.kind.subject {
        case .exporter:
            let tasks = try samples.tasks(name)
            isOwn = tasks.isOwn
            let context = try samples.context(capability, inspection)
            options.append("tasks=" + (try write(tasks.json, name + "/tasks.json")))
            options.append("context=" + (try write(context, name + "/context.json")))
            options.append("reads=\(capability.reads.rawValue)")
        case .importSource:
            let own = samples.inputs(name)
            isOwn = own != nil
            let context = try samples.context(capability, inspection)
            options.append("context=" + (try write(context, name + "/context.json")))
            let inputs: String
            if let own { inputs = own } else { inputs = try builtInInputs(name) }
            options.append("inputs=" + inputs)
        case .metric:
            let cases = try samples.pairs(capability)
            isOwn = cases.isOwn
            let context = try samples.context(capability, inspection)
            options.append("cases=" + (try write(cases.json, name + "/cases.json")))
            options.append("context=" + (try write(context, name + "/context.json")))
            if let declared = Self.declaration(name, manifest) {
                options.append("reads=" + declared)
            }
        default:
            let cases = try samples.cases(capability)
            isOwn = cases.isOwn
            let measures = Array((Self.measures(name, manifest).joined(separator: "\n")).utf8)
            options.append("cases=" + (try write(cases.json, name + "/cases.json")))
            options.append("offers=" + (try write(measures, name + "/measures")))
        }
        return options + (isOwn ? ["own-sample=yes"] : [])
    }

    private func builtInInputs(_ name: String) throws(AuthoringError) -> String {
        for (file, bytes) in BuiltInSamples.inputs {
            _ = try write(bytes, name + "/inputs/" + file)
        }
        return scratch.path + "/check/" + name + "/inputs"
    }

    /// What the manifest says of a metric, in the words in which the worker reads its table.
    private static func declaration(_ name: String, _ manifest: PluginManifest) -> String? {
        guard let metric = manifest.metrics.first(where: { $0.name == name }) else { return nil }
        let isDirected = metric.subject != .pair || !metric.isSymmetric
        return [
            metric.subject == .pair ? "pair" : "answer", isDirected ? "directed" : "symmetric",
            metric.better == .lower ? "lower" : "higher",
            bound(metric.minimum ?? -.infinity), bound(metric.maximum ?? .infinity),
        ].joined(separator: " ")
    }

    /// A number as C's `%.17g` writes it, for those that ranges are made of.
    private static func bound(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    private static func measures(_ tag: String, _ manifest: PluginManifest) -> [String] {
        let entry = manifest.tags.first { $0.tag.lowercased() == tag.lowercased() }
        let text = entry.flatMap { try? JSONText(parsing: $0.json.bytes) }
        return text?["measures"]?.elements.compactMap { $0["name"]?.string } ?? []
    }

    /// Lets the tag's ES module make results of the sample and asks the server about them.
    private func browser(
        _ check: PluginCheck,
        _ capability: PluginManifest.Capability,
        _ manifest: PluginManifest,
        _ worker: CheckWorker
    ) throws(AuthoringError) -> CheckResult {
        let samples = CheckSamples(folder: package, manifest: manifest)
        let half = BrowserHalf(toolkit: toolkit, package: package, scratch: scratch.path)
        switch half.results(of: capability.name, manifest, cases: try samples.cases(capability)) {
        case .missing(let reason):
            return CheckResult(check, .skipped, capability: capability.name, findings: [reason])
        case .failed(let reasons):
            return CheckResult(check, .failed, capability: capability.name, findings: reasons)
        case .made(let cases):
            var worker = worker
            let path = try write(cases, capability.name + "/browser-cases.json")
            worker = CheckWorker(
                checker: worker.checker,
                library: worker.library,
                options: worker.options.filter { !$0.hasPrefix("cases=") } + ["cases=" + path],
                seed: seed
            )
            return worker.run(check, capability: capability.name)
        }
    }

    private func sanitizers(
        _ check: PluginCheck,
        _ capability: PluginManifest.Capability,
        _ options: [String]
    ) -> CheckResult {
        guard let source else {
            return CheckResult(
                check,
                .skipped,
                capability: capability.name,
                findings: ["Only a folder of sources can be built with sanitizers."]
            )
        }
        return SanitizerCheck(toolkit: toolkit, source: source, scratch: scratch.path)
            .run(check, capability.name, options, seed: seed)
    }
}

extension PluginManifest.Capability.Kind {
    /// What the checks of this kind are about.
    var subject: PluginCheck.Subject {
        switch rawValue.split(separator: "/")[0] {
        case "postil.exporter": .exporter
        case "postil.import-source": .importSource
        case "postil.metric": .metric
        default: .tag
        }
    }
}
