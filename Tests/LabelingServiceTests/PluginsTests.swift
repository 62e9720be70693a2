import Contracts
import LabelModel
import LabelingConfig
import LabelingService
import Testing

@Suite(.serialized)
struct PluginsTests {
    private static let star = FakeCatalog.Plugin.tag("com.example.star", "Star", bundled: false)
    private static let starConfig = """
        <View><Image name="image" value="$image"/>
          <Star name="s" toName="image"><Label value="Big"/></Star></View>
        """

    @Test func `a strange plugin is allowed by administrators only`() async throws {
        let house = try await House(plugins: [Self.star])
        let plugins = house.service.plugins
        let plugin = Self.star.installed.plugin
        #expect(try await plugins.report(plugin).state == .installed)
        #expect(try await plugins.report(plugin).reason?.code == "plugin_not_allowed")
        let error = await #expect(throws: ServiceError.self) {
            try await plugins.decide(.allowed, on: plugin, by: house.annotator)
        }
        #expect(error?.kind == .forbidden)
        #expect(
            try await plugins.decide(.allowed, on: plugin, by: house.administrator).state
                == .allowed
        )
        #expect(
            try await plugins.decide(.quarantined, on: plugin, by: house.administrator).state
                == .quarantined
        )
    }

    @Test func `a refused plugin is listed with its reason and cannot be allowed`() async throws {
        let broken = PluginVersion(id: "com.example.broken", version: "1")
        let house = try await House(plugins: [
            FakeCatalog.Plugin(
                installed: InstalledPlugin(
                    finding: .refused(
                        broken,
                        PluginError(.manifestNotJSON, "The manifest is not JSON.")
                    ),
                    isBundled: false
                )
            )
        ])
        let report = try await house.service.plugins.list()[0]
        #expect(report.state == .refused)
        #expect(report.reason?.code == "manifest_not_json")
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.plugins.decide(
                .allowed,
                on: broken,
                by: house.administrator
            )
        }
        #expect(error?.code == "plugin_refused")
    }

    @Test func `new projects begin with bundled exporters and without tags`() async throws {
        let bundledTag = FakeCatalog.Plugin.tag("org.postil.star", "Star", bundled: true)
        let stranger = FakeCatalog.Plugin.exporter(
            "com.example.x",
            "X",
            fileExtension: "x",
            .lines,
            bundled: false
        )
        let house = try await House(plugins: [stranger, .lines, bundledTag])
        let project = try await house.project()
        let reports = try await house.service.plugins.list(in: project.id)
        #expect(reports.filter(\.isEnabled).map(\.plugin.id) == ["org.postil.lines"])
        let capabilities = try await house.service.plugins.capabilities(in: project.id)
        #expect(capabilities.exporters.map(\.isEnabled) == [false, true])
        #expect(capabilities.tags.map(\.isAvailable) == [false])
    }

    @Test func `a config with a plugin's tag is saved once the plugin is allowed and enabled`()
        async throws
    {
        let house = try await House(plugins: [Self.star])
        let projects = house.service.projects
        let project = try await house.project()
        func save(enabling ids: [String] = []) async throws {
            _ = try await projects.update(project.id, enabling: ids, by: house.annotator) {
                $0.labelConfig = Self.starConfig
            }
        }
        var error = await #expect(throws: ServiceError.self) { try await save() }
        #expect(error?.code == "tag_not_enabled")
        #expect(error?.place == .line(2, column: 3))
        #expect(error?.unavailability?.plugin.id == "com.example.star")
        #expect(error?.unavailability?.state == "installed")
        error = await #expect(throws: ServiceError.self) {
            try await save(enabling: ["com.example.star"])
        }
        #expect(error?.code == "plugin_not_allowed")
        #expect(try await projects.project(project.id).configVersion == 1)
        _ = try await house.service.plugins.decide(
            .allowed,
            on: Self.star.installed.plugin,
            by: house.administrator
        )
        try await save(enabling: ["com.example.star"])
        #expect(try await projects.project(project.id).settings.labelConfig == Self.starConfig)
        #expect(
            try await house.service.plugins.report("com.example.star", in: project.id).isEnabled
        )
    }

    @Test func `a project may be made with the plugin enabled in the same step`() async throws {
        let house = try await House(plugins: [Self.star])
        _ = try await house.service.plugins.decide(
            .allowed,
            on: Self.star.installed.plugin,
            by: house.administrator
        )
        var settings = ProjectSettings()
        settings.labelConfig = Self.starConfig
        await #expect(throws: ServiceError.self) {
            try await house.service.projects.create(settings, by: house.annotator)
        }
        let project = try await house.service.projects.create(
            settings,
            enabling: ["com.example.star"],
            by: house.annotator
        )
        let setup = try await house.service.projects.setup(of: project.id)
        #expect(setup.config.unavailableTags.isEmpty)
    }

    @Test func `a config whose plugin is gone still opens and takes its results`() async throws {
        let house = try await House(plugins: [Self.star])
        _ = try await house.service.plugins.decide(
            .allowed,
            on: Self.star.installed.plugin,
            by: house.administrator
        )
        let project = try await house.service.projects.create(
            {
                var settings = ProjectSettings()
                settings.labelConfig = Self.starConfig
                return settings
            }(),
            enabling: ["com.example.star"],
            by: house.annotator
        )
        house.catalog.remove("com.example.star")
        _ = try await house.service.projects.update(project.id, by: house.annotator) {
            $0.title = "Renamed"
        }
        let setup = try await house.service.projects.setup(of: project.id)
        #expect(setup.config.unavailableTags.map(\.tag.name) == ["Star"])
        let answer = try await house.importText(
            #"[{"data":{"image":"a"},"annotations":[{"result":[{"from_name":"s","to_name":"image","type":"star","value":{"any":1}}]}]}]"#,
            into: project
        )
        #expect(answer.annotationCount == 1)
    }

    @Test func `settings are checked when they are saved`() async throws {
        let house = try await House()
        let project = try await house.project()
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.plugins.set(
                "org.postil.lines",
                in: project.id,
                enabled: true,
                version: nil,
                settings: #"{"LINES":{"wrong":1}}"#,
                by: house.annotator
            )
        }
        #expect(error?.code == "settings_invalid")
        #expect(error?.place == .pointer("/settings/LINES/wrong"))
        let report = try await house.service.plugins.set(
            "org.postil.lines",
            in: project.id,
            enabled: true,
            version: nil,
            settings: #"{"LINES":{"right":1}}"#,
            by: house.annotator
        )
        #expect(report.settings.text == #"{"LINES":{"right":1}}"#)
    }

    @Test func `two plugins with one format name cannot both be enabled`() async throws {
        let second = FakeCatalog.Plugin.exporter(
            "com.example.lines",
            "LINES",
            fileExtension: "txt",
            .lines,
            bundled: false
        )
        let house = try await House(plugins: [second, .lines])
        let project = try await house.project()
        _ = try await house.service.plugins.decide(
            .allowed,
            on: second.installed.plugin,
            by: house.administrator
        )
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.plugins.set(
                "com.example.lines",
                in: project.id,
                enabled: true,
                version: nil,
                settings: nil,
                by: house.annotator
            )
        }
        #expect(error?.code == "capability_name_taken")
    }

    @Test func `the newest version of a bundled plugin replaces one that an upgrade took away`()
        async throws
    {
        let old = FakeCatalog.Plugin.exporter(
            "org.postil.x",
            "X",
            fileExtension: "x",
            .lines,
            version: "1.9.0"
        )
        let new = FakeCatalog.Plugin.exporter(
            "org.postil.x",
            "X",
            fileExtension: "x",
            .lines,
            version: "1.10.0"
        )
        let house = try await House(plugins: [old])
        let project = try await house.project()
        house.catalog.remove("org.postil.x")
        house.catalog.add(new)
        let report = try await house.service.plugins.report("org.postil.x", in: project.id)
        #expect(report.plugin.version == "1.10.0")
        #expect(report.reason == nil)
    }
}
