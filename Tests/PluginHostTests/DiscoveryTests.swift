import Contracts
import Foundation
import PluginHost
import Testing

@Suite struct DiscoveryTests {
    @Test func `a sound package is offered with what its manifest says`() async throws {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("lines")
        var plugin = TestPlugin.exporters("org.example.lines", ["LINES_TEXT"], library: library)
        plugin.members["vendor"] = "Example"
        plugin.members["description"] = ""
        plugin.files["web/a.js"] = "export default 1;\n"
        plugin.members["web"] = [["module": "web/a.js"]]
        try plugin.install(in: folder)

        let found = await catalog(folder).installed()

        let manifest = try #require(found.first?.manifest)
        #expect(found.count == 1)
        #expect(manifest.plugin == plugin.plugin)
        #expect(manifest.vendor == "Example")
        #expect(manifest.capabilities.map(\.name) == ["LINES_TEXT"])
        #expect(manifest.webFiles.map(\.path) == ["web/a.js"])
        #expect(manifest.webFiles[0].integrity.hasPrefix("sha384-"))
        #expect(manifest.webFiles[0].url.hasPrefix("/plugins/org.example.lines/"))
    }

    @Test func `listing runs no code of a plugin, opening does`() async throws {
        let folder = try TemporaryFolder()
        let mark = folder.path + "/mark"
        let library = try await FixtureCompiler.shared.library(
            "marker",
            defining: ["MARK=\"\(mark)\""]
        )
        let plugin = TestPlugin.exporters("org.example.marker", ["X"], library: library)
        try plugin.install(in: folder)
        let catalog = catalog(folder)

        let found = await catalog.installed()

        #expect(found.first?.manifest != nil)
        #expect(!FileManager.default.fileExists(atPath: mark))
        let error = await failure { () async throws(PluginError) in
            try await catalog.openExporter(
                plugin.plugin,
                name: "X",
                context: [],
                sink: MemorySink()
            )
        }
        #expect(error?.code == .entryRefused)
        #expect(FileManager.default.fileExists(atPath: mark))
    }

    @Test func `a folder that is added or removed is noticed`() async throws {
        let folder = try TemporaryFolder()
        let catalog = catalog(folder)
        #expect(await catalog.installed().isEmpty)

        try TestPlugin().install(in: folder)
        #expect(await catalog.installed().map(\.plugin) == [TestPlugin().plugin])

        try TestPlugin(version: "1.1.0").install(in: folder)
        #expect(await catalog.installed().count == 2)

        try FileManager.default.removeItem(atPath: folder.path + "/org.example.plain")
        #expect(await catalog.installed().isEmpty)
    }

    @Test func `a manifest that is mended is read again`() async throws {
        let folder = try TemporaryFolder()
        let catalog = catalog(folder)
        try folder.write("{", to: "org.example.plain/1.0.0/manifest.json")
        #expect(await catalog.installed().first?.manifest == nil)

        try TestPlugin().install(in: folder)
        #expect(await catalog.installed().first?.manifest != nil)
    }

    @Test func `a library that changes under its manifest is refused`() async throws {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("lines")
        let plugin = TestPlugin.exporters("org.example.lines", ["LINES_TEXT"], library: library)
        try plugin.install(in: folder)
        let catalog = catalog(folder)
        #expect(await catalog.installed().first?.manifest != nil)

        let path = folder.path + "/org.example.lines/1.0.0/lib/\(TestPlugin.architecture)/plugin.so"
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data([0]))
        try file.close()

        #expect(refusal(await catalog.installed())?.code == .digestMismatch)
    }

    @Test func `plugins come by id and then by version`() async throws {
        let folder = try TemporaryFolder()
        for version in ["1.10.0", "1.2.0", "1.10.0-rc.1"] {
            try TestPlugin(version: version).install(in: folder)
        }
        try TestPlugin(id: "org.example.a").install(in: folder)

        let found = await catalog(folder).installed().map(\.plugin.description)

        #expect(
            found == [
                "org.example.a 1.0.0", "org.example.plain 1.2.0", "org.example.plain 1.10.0-rc.1",
                "org.example.plain 1.10.0",
            ]
        )
    }

    @Test func `of two copies of a version the bundled one counts`() async throws {
        let (own, bundled) = (try TemporaryFolder(), try TemporaryFolder())
        try TestPlugin().install(in: own)
        try TestPlugin().install(in: bundled)
        let catalog = PluginDirectoryCatalog(
            directories: [
                PluginDirectory(path: own.path),
                PluginDirectory(path: bundled.path, isBundled: true),
            ],
            configuration: PluginHostConfiguration(hostVersion: "0.1.0")
        )

        let found = await catalog.installed()

        #expect(found.count == 2)
        #expect(found.first { $0.manifest != nil }?.isBundled == true)
        #expect(refusal(found)?.code == .duplicate)
    }

    @Test func `a package without the folder of its version is refused with a hint`() async throws {
        let folder = try TemporaryFolder()
        try TestPlugin().install(in: folder, as: "org.example.plain")

        let error = refusal(await catalog(folder).installed())

        #expect(error?.code.rawValue == "folder_mismatch")
        #expect(error?.hint != nil)
    }

    @Test func `files for the browser are served by their digest alone`() async throws {
        let folder = try TemporaryFolder()
        var plugin = TestPlugin()
        plugin.files = ["web/a.js": "export default 1;\n", "web/b.css": "a {}\n", "secret": "x"]
        plugin.members["web"] = [["module": "web/a.js"], ["module": "web/b.css"]]
        try plugin.install(in: folder)
        let catalog = catalog(folder)
        let manifest = try #require(await catalog.installed().first?.manifest)
        let digest = manifest.webFiles[0].url.split(separator: "/")[2].description

        let bytes = await catalog.webFile(plugin: plugin.id, digest: digest, path: "web/a.js")

        #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == "export default 1;\n")
        #expect(manifest.webFiles.allSatisfy { $0.url.contains("/\(digest)/") })
        for path in ["secret", "manifest.json", "../1.0.0/web/a.js", "web/c.js", ""] {
            #expect(await catalog.webFile(plugin: plugin.id, digest: digest, path: path) == nil)
        }
        #expect(await catalog.webFile(plugin: plugin.id, digest: "0", path: "web/a.js") == nil)
    }

    @Test func `a change is noticed although size and modification time stay`() async throws {
        let folder = try TemporaryFolder()
        try TestPlugin(members: ["vendor": "one"]).install(in: folder)
        let catalog = catalog(folder)
        // What has just been written is read each time, until its time stamps can be relied on.
        try await Task.sleep(for: .milliseconds(2100))
        for _ in 0..<2 {
            #expect(await catalog.installed().first?.manifest?.vendor == "one")
        }
        let path = folder.path + "/org.example.plain/1.0.0/manifest.json"
        let modified = try #require(
            FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        )

        try TestPlugin(members: ["vendor": "two"]).install(in: folder)
        try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: path)

        #expect(await catalog.installed().first?.manifest?.vendor == "two")
    }
}

/// The error of the first plugin that was refused.
func refusal(_ found: [InstalledPlugin]) -> PluginError? {
    for plugin in found {
        if case .refused(_, let error) = plugin.finding { return error }
    }
    return nil
}
