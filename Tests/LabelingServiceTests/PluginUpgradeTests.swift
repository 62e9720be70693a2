import Contracts
import LabelModel
import LabelingService
import Synchronization
import Testing

@Suite struct PluginUpgradeTests {
    private static func exporter(
        _ version: String,
        _ behavior: FakeCatalog.Behavior = .lines
    ) -> FakeCatalog.Plugin {
        .exporter(
            "com.example.x",
            "X",
            fileExtension: "x",
            behavior,
            bundled: false,
            version: version
        )
    }

    private func allow(_ plugin: FakeCatalog.Plugin, in house: House) async throws {
        _ = try await house.service.plugins.decide(
            .allowed,
            on: plugin.installed.plugin,
            by: house.administrator
        )
    }

    private func use(
        _ plugin: FakeCatalog.Plugin,
        in project: Project,
        settings: RawJSON? = nil,
        _ house: House
    ) async throws {
        _ = try await house.service.plugins.set(
            plugin.installed.plugin.id,
            in: project.id,
            enabled: true,
            version: plugin.installed.plugin.version,
            settings: settings,
            by: house.administrator
        )
    }

    @Test func `all projects go over, and back with what they had`() async throws {
        let (old, new) = (Self.exporter("1.0.0"), Self.exporter("2.0.0"))
        let house = try await House(plugins: [old, new])
        let plugins = house.service.plugins
        for plugin in [old, new] { try await allow(plugin, in: house) }
        let (first, second) = (try await house.project(), try await house.project())
        for project in [first, second] { try await use(old, in: project, house) }

        let upgrade = try await plugins.upgrade(
            to: new.installed.plugin,
            by: house.administrator
        )
        #expect(upgrade.moved == [first.id, second.id])
        #expect(upgrade.kept.isEmpty && upgrade.report.isPassed)
        let id = old.installed.plugin.id
        #expect(try await plugins.report(id, in: first.id).plugin == new.installed.plugin)
        let report = try await plugins.report(new.installed.plugin)
        #expect(report.uses.map(\.project) == [first.id, second.id])
        #expect(report.lastReport?.report.text.contains("self_test") == true)

        let back = try await plugins.rollBack(
            from: new.installed.plugin,
            by: house.administrator
        )
        #expect(back == [first.id: "1.0.0", second.id: "1.0.0"])
        #expect(try await plugins.report(id, in: first.id).plugin == old.installed.plugin)
    }

    @Test func `a version that fails its self-test moves nobody`() async throws {
        let (old, broken) = (Self.exporter("1.0.0"), Self.exporter("2.0.0", .failing(batch: 0)))
        let house = try await House(plugins: [old, broken])
        for plugin in [old, broken] { try await allow(plugin, in: house) }
        let project = try await house.project()
        try await use(old, in: project, house)
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.plugins.upgrade(
                to: broken.installed.plugin,
                by: house.administrator
            )
        }
        #expect(error?.code == "plugin_self_test_failed")
        #expect(error?.kind == .conflict)
        let report = try await house.service.plugins.report("com.example.x", in: project.id)
        #expect(report.plugin == old.installed.plugin)
        let kept = try await house.service.plugins.report(broken.installed.plugin).lastReport
        #expect(kept?.report.text.contains("\"passed\":false") == true)
    }

    @Test func `a version that is not allowed, or unknown, is refused`() async throws {
        let house = try await House(plugins: [Self.exporter("1.0.0"), Self.exporter("2.0.0")])
        let plugins = house.service.plugins
        var error = await #expect(throws: ServiceError.self) {
            try await plugins.upgrade(
                to: PluginVersion(id: "com.example.x", version: "2.0.0"),
                by: house.administrator
            )
        }
        #expect(error?.code == "plugin_not_allowed")
        error = await #expect(throws: ServiceError.self) {
            try await plugins.upgrade(
                to: PluginVersion(id: "com.example.x", version: "9.0.0"),
                by: house.administrator
            )
        }
        #expect(error?.kind == .notFound)
        error = await #expect(throws: ServiceError.self) {
            try await plugins.rollBack(
                from: PluginVersion(id: "com.example.x", version: "2.0.0"),
                by: house.annotator
            )
        }
        #expect(error?.kind == .forbidden)
    }

    @Test func `a project that uses a tag which is gone stays, with the reason`() async throws {
        let tag = FakeCatalog.Plugin.tag("com.example.x", "Star", bundled: false)
        let without = Self.exporter("2.0.0")
        let house = try await House(plugins: [tag, without])
        for plugin in [tag, without] { try await allow(plugin, in: house) }
        let project = try await house.project()
        try await use(tag, in: project, house)
        let upgrade = try await house.service.plugins.upgrade(
            to: without.installed.plugin,
            by: house.administrator
        )
        #expect(upgrade.moved.isEmpty)
        #expect(upgrade.kept.map(\.project) == [project.id])
        #expect(upgrade.kept.first?.reason.code == "plugin_tag_missing")
    }

    @Test func `what was granted reaches the host, and goes with the permission`() async throws {
        let plugin = Self.exporter("1.0.0")
        let house = try await House(plugins: [plugin])
        let grant = PluginGrant(isolation: .inProcess, memoryByteLimit: 1 << 20)
        _ = try await house.service.plugins.decide(
            .allowed,
            on: plugin.installed.plugin,
            granting: grant,
            by: house.administrator
        )
        #expect(house.catalog.granted.withLock { $0 } == [plugin.installed.plugin: grant])
        _ = try await house.service.plugins.decide(
            .disallowed,
            on: plugin.installed.plugin,
            because: "Not today.",
            by: house.administrator
        )
        #expect(house.catalog.granted.withLock { $0 }.isEmpty)
        let report = try await house.service.plugins.report(plugin.installed.plugin)
        #expect(report.reason?.detail == "Not today.")
    }

    @Test func `an upload that is refused carries the report`() async throws {
        let house = try await House()
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.plugins.upload(
                Chunks([1, 2, 3], of: 1),
                by: house.administrator
            )
        }
        #expect(error?.code == "archive_unreadable")
        #expect(error?.packageReport?.checks.count == 1)
        await #expect(throws: ServiceError.self) {
            try await house.service.plugins.upload(Chunks([1], of: 1), by: house.annotator)
        }
    }
}
