import Contracts
import LabelModel
import ValueTree

/// The settings of a plugin in a project: a JSON object with one member for each capability.
enum PluginSettings {
    /// The settings of one capability; `{}` when there are none.
    static func of(_ capability: String, in enablement: PluginEnablement?) -> RawJSON {
        guard let enablement, enablement.settings != .emptyObject,
            let settings = try? JSONText(parsing: enablement.settings.bytes),
            let own = settings[capability], own.kind == .object
        else { return .emptyObject }
        return RawJSON(checked: own.rawBytes)
    }

    /// JSON object: capability name to the JSON Schema of its settings.
    static func schema(of installed: InstalledPlugin) -> RawJSON {
        var writer = JSONWriter()
        writer.object { writer in
            for capability in installed.manifest?.capabilities ?? [] {
                guard let schema = capability.settingsSchema else { continue }
                writer.key(capability.name)
                writer.value(schema)
            }
        }
        return RawJSON(checked: writer.bytes)
    }

    /// Checks the settings of all capabilities against their schemas.
    ///
    /// - Throws: ``ServiceError`` `settings_invalid` with a pointer that begins at `settings`.
    static func check(
        _ settings: RawJSON, of installed: InstalledPlugin
    ) throws(ServiceError) {
        let text = try JSONText.parse(settings.bytes)
        guard text.kind == .object else {
            throw invalid("", "The settings are not an object.")
        }
        for member in text.members {
            guard
                let capability = installed.manifest?.capabilities.first(where: {
                    $0.name == member.name
                })
            else {
                throw invalid(
                    "/\(member.name)", "\(installed.plugin) has no capability \"\(member.name)\".")
            }
            try check(member.value, of: capability, at: "/\(member.name)")
        }
    }

    /// Checks the settings of one capability against its schema.
    static func check(
        _ settings: JSONText, of capability: PluginManifest.Capability, at pointer: String
    ) throws(ServiceError) {
        guard let schema = capability.settingsSchema else {
            if settings.kind == .object, settings.count == 0 { return }
            throw invalid(pointer, "\(capability.name) has no settings.")
        }
        let check = SettingsSchema(try JSONText.parse(schema.bytes))
        if let problem = check.problem(with: settings, at: pointer) {
            throw invalid(problem.pointer, problem.message)
        }
    }

    private static func invalid(_ pointer: String, _ message: String) -> ServiceError {
        ServiceError(
            .invalid, "settings_invalid", message, at: .pointer("/settings\(pointer)"),
            field: "settings")
    }
}
