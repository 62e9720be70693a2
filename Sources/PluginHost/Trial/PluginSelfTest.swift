import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// Makes each capability of a package do a little, before anyone depends on it.
///
/// The library is loaded and its entry called; an exporter writes the package's sample or nothing,
/// an import source reads nothing, a metric is opened, a tag looks at one element. A plugin may
/// answer that it cannot work like that, in the words of the ABI; what it may not is crash, hang
/// or break the contract.
struct PluginSelfTest {
    /// How many turns an import source gets to come to its end.
    private static let mostTurns = 4

    let package: PluginPackage
    let transport: any PluginTransport

    /// - Returns: One proof for each capability.
    /// - Throws: What the first capability that fails did.
    func run() async throws(PluginError) -> [PluginProof] {
        var proofs: [PluginProof] = []
        for capability in package.manifest.capabilities {
            let start = ContinuousClock.now
            let detail = try await prove(capability)
            let spent = start.duration(to: .now).components
            proofs.append(
                PluginProof(
                    capability: "\(capability.kind.rawValue) \(capability.name)",
                    detail: detail,
                    milliseconds: Int(spent.seconds * 1000)
                        + Int(spent.attoseconds / 1_000_000_000_000_000)
                )
            )
        }
        return proofs
    }

    private func prove(_ capability: PluginManifest.Capability) async throws(PluginError)
        -> String
    {
        do {
            switch capability.kind {
            case .exporter: return try await export(capability)
            case .importSource: return try await importNothing(capability)
            case .metric: return try await openMetric(capability)
            case .tag: return try await ask(capability)
            }
        } catch {
            guard [.callFailed, .settingsInvalid].contains(error.code) else { throw error }
            return "It answered: \(error.message)"
        }
    }

    private func export(_ capability: PluginManifest.Capability) async throws(PluginError)
        -> String
    {
        let sink = CountingSink()
        let run = try await transport.openExporter(
            package,
            name: capability.name,
            context: try context(capability),
            sink: sink
        )
        let batches = try sample(capability)
        do throws(PluginError) {
            for batch in batches { try await run.consume(batch) }
        } catch {
            await run.abort()
            throw error
        }
        _ = try await run.finish()
        let count = batches.reduce(0) { $0 + $1.entries.count }
        return "It exported \(count) tasks to \(sink.byteCount) bytes."
    }

    private func importNothing(_ capability: PluginManifest.Capability) async throws(PluginError)
        -> String
    {
        let run = try await transport.openImportSource(
            package,
            name: capability.name,
            context: try context(capability),
            inputs: []
        )
        do throws(PluginError) {
            for _ in 0..<Self.mostTurns {
                guard try await run.next() != nil else { break }
            }
        } catch {
            await run.close()
            throw error
        }
        await run.close()
        return "It read nothing."
    }

    private func openMetric(_ capability: PluginManifest.Capability) async throws(PluginError)
        -> String
    {
        let metric = try MetricCatalog.metric(capability.name, of: package)
        let run = try await transport.openMetric(
            package,
            metric,
            context: try context(capability)
        )
        await run.close()
        return "It was opened."
    }

    private func ask(_ capability: PluginManifest.Capability) async throws(PluginError) -> String {
        let behavior = transport.tagBehavior(package, tag: capability.name)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("tag", capability.name)
            writer.key("attributes")
            writer.object { writer in
                writer.member("name", "field")
                writer.member("toName", "object")
            }
            writer.key("children")
            writer.array { _ in }
            writer.key("objects")
            writer.object { _ in }
        }
        let findings = try await behavior.findings(about: writer.bytes)
        return "It looked at an element and found \(findings) things."
    }

    private func context(_ capability: PluginManifest.Capability) throws(PluginError) -> [UInt8] {
        let settings = try SettingsCheck.checked(
            .emptyObject,
            capability,
            of: package.manifest.plugin
        )
        let config = try contents(["samples", "label-config.xml"]).map {
            String(decoding: $0, as: UTF8.self)
        }
        return ExporterTrial.context(config ?? "<View></View>", .emptyObject, settings)
    }

    /// The package's sample of tasks; nothing when it has none.
    private func sample(_ capability: PluginManifest.Capability) throws(PluginError)
        -> [ExportBatch]
    {
        if let own = try contents(["samples", capability.name, "tasks.json"]) {
            return try ExporterTrial.batches(own)
        }
        guard let common = try contents(["samples", "tasks.json"]) else { return [] }
        return try ExporterTrial.batches(common)
    }

    private func contents(_ parts: [String]) throws(PluginError) -> [UInt8]? {
        do throws(ReadableFile.Failure) {
            let file = try ReadableFile(folder: package.folder, parts: parts)
            return try file.contents(limit: 16 << 20)
        } catch .missing {
            return nil
        } catch {
            throw PluginError(
                .fileFailed,
                "\(parts.joined(separator: "/")) cannot be read: \(error.inWords)."
            )
        }
    }
}
