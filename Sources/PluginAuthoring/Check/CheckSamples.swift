import Contracts
import LabelModel
import LabelingConfig
import PluginHost
import ValueTree

/// What a plugin is tried on: the author's sample where there is one, else the checker's.
///
/// The author's lies in the package's folder `samples`, or in `samples/<capability>` when it has
/// several:
///   - exporters: `tasks.json`, `label-config.xml`, `settings.json`
///   - import sources: `inputs/`, `settings.json`
///   - tags and metrics: `cases.json`
struct CheckSamples {
    /// Folder of the package.
    let folder: String
    let manifest: PluginManifest

    private func path(_ name: String, _ capability: String) -> String? {
        let places = ["samples/\(capability)/\(name)", "samples/\(name)"].map { folder + "/" + $0 }
        return places.first { Folder.exists($0) }
    }

    private func contents(_ name: String, _ capability: String) throws(AuthoringError) -> [UInt8]? {
        guard let path = path(name, capability) else { return nil }
        return try Folder.read(path)
    }

    /// JSON array of tasks, and whether they are the author's.
    func tasks(_ capability: String) throws(AuthoringError) -> (json: [UInt8], isOwn: Bool) {
        guard let own = try contents("tasks.json", capability) else {
            return (Array(BuiltInSamples.tasks.utf8), false)
        }
        return (try Self.array(own, "tasks.json"), true)
    }

    /// JSON array of questions, and whether they are the author's.
    func cases(_ capability: PluginManifest.Capability) throws(AuthoringError) -> (
        json: [UInt8], isOwn: Bool
    ) {
        guard let own = try contents("cases.json", capability.name) else {
            return (BuiltInSamples.cases(tag: capability.name, manifest), false)
        }
        return (try Self.array(own, "cases.json"), true)
    }

    /// JSON array of questions to a metric, and whether they are the author's.
    func pairs(_ capability: PluginManifest.Capability) throws(AuthoringError) -> (
        json: [UInt8], isOwn: Bool
    ) {
        guard let own = try contents("cases.json", capability.name) else {
            return (Array(BuiltInSamples.pairs.utf8), false)
        }
        return (try Self.array(own, "cases.json"), true)
    }

    /// Folder with the files of an import; `nil` when the author gives none.
    func inputs(_ capability: String) -> String? { path("inputs", capability) }

    /// What `open` gets, as exporter.h and import_source.h describe it.
    func context(
        _ capability: PluginManifest.Capability,
        _ inspection: PluginInspection
    ) throws(AuthoringError) -> [UInt8] {
        let config =
            try contents("label-config.xml", capability.name)
            .map { String(decoding: $0, as: UTF8.self) } ?? BuiltInSamples.labelConfig
        let given = try contents("settings.json", capability.name) ?? Array("{}".utf8)
        let settings: RawJSON
        do {
            let text = try JSONText(parsing: given)
            settings = try inspection.settings(RawJSON(checked: text.rawBytes), for: capability)
        } catch let error as PluginError {
            throw AuthoringError(
                .sourceInvalid,
                "The settings of the sample do not fit \(capability.name): \(error.message)",
                hint: error.hint
            )
        } catch {
            throw AuthoringError(.sourceInvalid, "samples/settings.json is not JSON.")
        }
        let parsed: RawJSON
        do {
            let tree = try LabelingConfigParser(limits: .standard).parse(config)
            parsed = LabelingConfig(tree, registry: .builtIn).parsedLabelConfig
        } catch {
            throw AuthoringError(
                .sourceInvalid,
                "samples/label-config.xml cannot be read: \(error.message)"
            )
        }
        return Self.context(config, parsed, settings)
    }

    private static func context(_ config: String, _ parsed: RawJSON, _ settings: RawJSON) -> [UInt8]
    {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("project")
            writer.object { writer in
                writer.member("id", 1)
                writer.member("title", "Check")
            }
            writer.member("label_config", config)
            writer.member("parsed_label_config", parsed)
            writer.key("export")
            writer.object { $0.member("created_at", Timestamp(microseconds: 0)) }
            writer.member("settings", settings)
        }
        return writer.bytes
    }

    private static func array(_ bytes: [UInt8], _ name: String) throws(AuthoringError) -> [UInt8] {
        do {
            let text = try JSONText(parsing: bytes)
            guard text.kind == .array, text.elements.allSatisfy({ $0.kind == .object }) else {
                throw AuthoringError(
                    .sourceInvalid,
                    "samples/\(name) is no JSON array of objects."
                )
            }
            return bytes
        } catch let error as AuthoringError {
            throw error
        } catch let error as JSONTextError {
            throw AuthoringError(
                .sourceInvalid,
                "samples/\(name) is not JSON: line \(error.line), column \(error.column): "
                    + error.message
            )
        } catch {
            throw AuthoringError(.sourceInvalid, "samples/\(name) cannot be read.")
        }
    }
}
