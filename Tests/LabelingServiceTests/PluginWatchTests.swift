import Contracts
import LabelModel
import LabelingService
import SQLiteStorage
import Testing

@Suite struct PluginWatchTests {
    private static let stranger = FakeCatalog.Plugin.exporter(
        "com.example.x",
        "X",
        fileExtension: "x",
        .lines,
        bundled: false
    )

    /// The changes that were told between two moments, in words.
    private func changes(
        _ house: House,
        _ act: () async throws -> Void
    ) async throws -> [String] {
        let stream = await house.service.plugins.events.listen()
        try await act()
        let end = PluginEvent(.removed, of: PluginVersion(id: "end", version: ""))
        await house.service.plugins.events.publish(end)
        var told: [String] = []
        for await event in stream {
            if event == end { break }
            told.append(
                "\(event.change.rawValue) \(event.plugin) \(event.state?.rawValue ?? "gone")"
            )
        }
        return told
    }

    @Test func `a plugin that comes, is decided about, is used and goes is told of`()
        async throws
    {
        let house = try await House(plugins: [.lines])
        let watch = house.service.plugins.watch
        try await watch.look()
        let plugin = Self.stranger.installed.plugin
        let project = try await house.project()
        let told = try await changes(house) {
            house.catalog.add(Self.stranger)
            try await watch.look()
            try await watch.look()
            _ = try await house.service.plugins.decide(
                .allowed,
                on: plugin,
                by: house.administrator
            )
            _ = try await house.service.plugins.set(
                plugin.id,
                in: project.id,
                enabled: true,
                version: nil,
                settings: nil,
                by: house.administrator
            )
            house.catalog.remove(plugin.id)
            try await watch.look()
        }
        #expect(
            told.filter { $0.contains("com.example.x") } == [
                "installed com.example.x 1.0.0 installed", "state com.example.x 1.0.0 allowed",
                "usage com.example.x 1.0.0 allowed", "removed com.example.x 1.0.0 gone",
            ]
        )
    }

    @Test func `a folder that comes and goes by itself is in the audit log, once`() async throws {
        let house = try await House(plugins: [.lines, Self.stranger])
        let watch = house.service.plugins.watch
        func actions() async throws -> [String] {
            try await house.service.audit.entries(
                AuditQuery(subject: Self.stranger.installed.plugin.auditSubject),
                by: house.administrator
            ).map { "\($0.actor) \($0.action)" }
        }
        try await watch.look()
        // Whoever installs a package has a little time to say so.
        #expect(try await actions() == [])
        house.clock.advance(seconds: 3)
        try await watch.look()
        try await watch.look()
        #expect(try await actions() == ["operator plugin.installed"])
        // After another start of the daemon.
        let again = LabelingService(house.environment)
        try await again.plugins.watch.look()
        house.clock.advance(seconds: 3)
        try await again.plugins.watch.look()
        #expect(try await actions() == ["operator plugin.installed"])
        house.catalog.remove(Self.stranger.installed.plugin.id)
        try await watch.look()
        #expect(try await actions() == ["operator plugin.removed", "operator plugin.installed"])
    }

    @Test func `a listener that has gone costs nothing`() async throws {
        let house = try await House()
        for _ in 0..<10 { _ = await house.service.plugins.events.listen() }
        let stream = await house.service.plugins.events.listen()
        await house.service.plugins.events.publish(
            PluginEvent(.health, of: PluginVersion(id: "a.b", version: "1.0.0"))
        )
        var iterator = stream.makeAsyncIterator()
        #expect(await iterator.next()?.change == .health)
    }

    @Test func `a hash that does not fit is told of with its place`() async throws {
        let house = try await House()
        for number in 0..<3 {
            try await house.storage.audit.append(
                AuditEvent("test.done", on: "test:\(number)", by: .operator)
            )
        }
        let verdict = try await house.service.audit.verify(by: house.administrator)
        // The house's digest is not SHA-256, so that the first hash is not what it computes.
        #expect(verdict.brokenAt == 1)
        await #expect(throws: ServiceError.self) {
            try await house.service.audit.verify(by: house.annotator)
        }
        await #expect(throws: ServiceError.self) {
            try await house.service.audit.entries(AuditQuery(), by: house.annotator)
        }
    }
}
