internal import Contracts
internal import LabelModel
internal import LabelingService

extension PluginReason? {
    func write(to writer: inout JSONWriter) {
        guard let reason = self else { return writer.null() }
        writer.object { writer in
            writer.member("code", reason.code)
            writer.member("detail", reason.detail)
            writer.member("hint", reason.hint)
        }
    }
}

extension PluginReport {
    /// How many uses are told with title and user; `enabled_in` has all.
    private static let mostUses = 100

    /// A plugin on the plugins page.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", plugin.id)
            writer.member("version", plugin.version)
            writer.member("name", manifest?.name ?? plugin.id)
            writer.member("description", manifest?.description ?? "")
            writer.member("vendor", manifest?.vendor ?? "")
            writer.member("license", manifest?.license ?? "")
            writer.member("state", state.rawValue)
            writer.key("reason")
            reason.write(to: &writer)
            writer.member("isolation", runtime.isolation.rawValue)
            writer.member("runs_in_daemon", runtime.isolation == .inProcess)
            writer.key("health")
            runtime.write(to: &writer)
            writer.key("capabilities")
            writer.array { writer in
                for capability in manifest?.capabilities ?? [] { capability.write(to: &writer) }
            }
            writer.key("tags")
            (manifest?.tags ?? []).write(to: &writer)
            writer.member("permissions", manifest?.permissions ?? .emptyObject)
            writer.key("granted_permissions")
            runtime.permissions.write(to: &writer)
            writer.key("enabled_in")
            writer.identifiers(uses.map(\.project))
            writer.key("uses")
            writer.array { writer in
                for use in uses.prefix(Self.mostUses) { use.write(to: &writer) }
            }
            writer.member("bundled", isBundled)
            writer.key("trust")
            trust.write(to: &writer)
            writer.member("digest", digest)
            writer.key("last_report")
            lastReport.write(to: &writer)
        }
    }
}

extension PluginRuntime {
    /// How a plugin's code has fared since the start of the daemon.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("sandbox", sandbox?.level.rawValue)
            writer.member("sandbox_missing", sandbox?.missing ?? "")
            writer.member("active_runs", activeRunCount)
            writer.member("crashes", crashCount)
            writer.member("refused_calls", refusalCount)
            writer.key("last_crash")
            if let lastCrash { lastCrash.writeCrash(to: &writer) } else { writer.null() }
            writer.member("quarantine", quarantine?.message)
        }
    }
}

extension PluginUse {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("project", project)
            writer.member("title", projectTitle)
            writer.member("user", user)
            writer.member("at", at)
        }
    }
}

extension PluginRuntime.Permissions? {
    /// What a process of the plugin gets, in the manifest's words; `null` in process.
    fileprivate func write(to writer: inout JSONWriter) {
        guard let permissions = self else { return writer.null() }
        writer.object { writer in
            // No sandbox gives a network, or a folder to write to.
            writer.member("network", false)
            writer.member("scratch", 0)
            writer.member("memory", permissions.memoryBytes)
        }
    }
}

extension KeptPluginReport? {
    fileprivate func write(to writer: inout JSONWriter) {
        guard let kept = self else { return writer.null() }
        writer.object { writer in
            writer.member("at", kept.at)
            writer.member("report", kept.report)
        }
    }
}

extension PluginError {
    fileprivate func writeCrash(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("detail", message)
            writer.member("function", function)
            writer.member("task", task)
            writer.member("signal", signal.map { Int64($0) })
            writer.member("place", place)
        }
    }
}

extension ProjectPluginReport {
    /// A plugin on a project's plugins page.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", plugin.id)
            writer.member("version", plugin.version)
            writer.member("name", name)
            writer.member("state", state.rawValue)
            writer.member("enabled", isEnabled)
            writer.member("settings", settings)
            writer.member("settings_schema", settingsSchema)
            writer.key("capabilities")
            writer.array { writer in
                for capability in capabilities { capability.write(to: &writer) }
            }
            writer.key("tags")
            tags.write(to: &writer)
            writer.key("reason")
            reason.write(to: &writer)
        }
    }
}

extension PluginPanel {
    /// A panel as a page needs it.
    func write(to writer: inout JSONWriter, of plugin: ProjectPluginReport) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("plugin", plugin.plugin.id)
            writer.member("name", plugin.name)
            writer.member("title", title)
            writer.member("place", place)
            writer.member("module", module)
        }
    }
}

extension CapabilityReport {
    /// An entry of a project's menus.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", capability.name)
            writer.member("title", capability.title)
            writer.member("description", capability.description)
            writer.member("media_type", capability.mediaTypes.first)
            writer.member("extension", capability.fileExtension)
            writer.member("plugin", plugin.id)
            writer.member("version", plugin.version)
            writer.member("settings_schema", raw: capability.settingsSchema)
            writer.member("settings", settings)
            writer.member("enabled", isEnabled)
            writer.key("reason")
            reason.write(to: &writer)
        }
    }
}

extension PluginManifest.Capability {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", kind.rawValue)
            writer.member("name", name)
            writer.member("title", title)
            writer.member("description", description)
            writer.key("media_types")
            writer.strings(mediaTypes)
            writer.member("extension", fileExtension)
            writer.member("settings_schema", raw: settingsSchema)
        }
    }
}

extension [PluginTag] {
    func write(to writer: inout JSONWriter) {
        writer.array { writer in
            for tag in self {
                writer.object { writer in
                    writer.member("tag", tag.tag)
                    writer.member("kind", tag.kind)
                }
            }
        }
    }
}
