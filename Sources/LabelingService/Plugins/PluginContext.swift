import LabelModel

/// What a plugin is told of the project that it works for, as a JSON object.
enum PluginContext {
    /// - `settings`: JSON object with the settings of the capability.
    static func json(
        of setup: ProjectSetup,
        settings: RawJSON,
        createdAt: Timestamp
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024 + setup.project.settings.labelConfig.utf8.count * 2)
        writer.object { writer in
            writer.key("project")
            writer.object { writer in
                writer.key("id")
                writer.value(setup.project.id)
                writer.member("title", setup.project.settings.title)
            }
            writer.member("label_config", setup.project.settings.labelConfig)
            writer.member("parsed_label_config", setup.parsedLabelConfig)
            writer.key("export")
            writer.object { $0.member("created_at", createdAt) }
            writer.member("settings", settings)
        }
        return writer.bytes
    }
}
