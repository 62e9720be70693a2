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
    /// - Returns: The settings with the schemas' defaults filled in.
    /// - Throws: ``ServiceError`` `settings_invalid` with a pointer that begins at `settings`.
    static func checked(
        _ settings: RawJSON,
        of installed: InstalledPlugin,
        _ catalog: any PluginCatalog
    ) async throws(ServiceError) -> RawJSON {
        let text = try JSONText.parse(settings.bytes)
        guard text.kind == .object else { throw invalid("", "The settings are not an object.") }
        var writer = JSONWriter()
        writer.beginObject()
        for member in text.members {
            let name = member.name
            guard
                let capability = installed.manifest?.capabilities.first(where: { $0.name == name })
            else {
                throw invalid("/\(name)", "\(installed.plugin) has no capability \"\(name)\".")
            }
            writer.key(name)
            writer.value(
                try await checked(
                    RawJSON(checked: member.value.rawBytes),
                    of: capability,
                    installed.plugin,
                    catalog,
                    at: "/settings/\(name)"
                )
            )
        }
        writer.endObject()
        return RawJSON(checked: writer.bytes)
    }

    /// Checks the settings of one capability against its schema.
    ///
    /// - `pointer`: Of the settings in what the client sent.
    ///
    /// Returns the settings with the schema's defaults filled in.
    static func checked(
        _ settings: RawJSON,
        of capability: PluginManifest.Capability,
        _ plugin: PluginVersion,
        _ catalog: any PluginCatalog,
        at pointer: String
    ) async throws(ServiceError) -> RawJSON {
        do {
            return try await catalog.checkedSettings(
                settings,
                of: plugin,
                kind: capability.kind,
                name: capability.name
            )
        } catch {
            var failure = ServiceError(error)
            if case .pointer(let inner) = failure.place {
                failure.place = .pointer(pointer + inner)
            }
            failure.field = "settings"
            throw failure
        }
    }

    private static func invalid(_ pointer: String, _ message: String) -> ServiceError {
        ServiceError(
            .invalid,
            "settings_invalid",
            message,
            at: .pointer("/settings\(pointer)"),
            field: "settings"
        )
    }
}
