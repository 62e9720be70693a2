import Contracts
import Foundation
import LabelModel
import PluginHost
import Testing

@Suite(.onBothTransports) struct ImportSourceTests {
    private func open(
        _ name: String,
        _ files: [String: String],
        folder: TemporaryFolder,
        catalog: PluginDirectoryCatalog
    ) async throws -> any ImportRun {
        let library = try await FixtureCompiler.shared.library("names")
        var plugin = TestPlugin(id: "org.example.names", library: library)
        plugin.members["capabilities"] = [
            "names", "names-text", "names-broken", "names-slow",
        ].map { ["id": "postil.import-source/1", "name": $0] }
        try plugin.install(in: folder)
        var inputs: [ImportInput] = []
        for (name, text) in files {
            let path = try folder.write(text, to: ".files/" + name)
            inputs.append(
                ImportInput(
                    name: name,
                    byteCount: Int64(text.utf8.count),
                    path: path,
                    reference: "/data/local-files/?d=" + name
                )
            )
        }
        return try await catalog.openImportSource(
            plugin.plugin,
            name: name,
            context: Array("{}".utf8),
            inputs: inputs
        )
    }

    private func all(_ run: any ImportRun) async throws(PluginError) -> [String] {
        var tasks: [String] = []
        while let more = try await run.next() { tasks += more.map(\.text) }
        await run.close()
        return tasks
    }

    @Test func `each input becomes a task, in the order of names`() async throws {
        let folder = try TemporaryFolder()
        let run = try await open(
            "names",
            ["b/ü.png": "xyz", "a.png": "1", "empty.png": ""],
            folder: folder,
            catalog: catalog(folder)
        )

        let tasks = try await all(run)

        #expect(
            tasks == [
                #"{"data":{"image":"/data/local-files/?d=a.png","name":"a.png","first":"1","size":1}}"#,
                #"{"data":{"image":"/data/local-files/?d=b/ü.png","name":"b/ü.png","first":"x","size":3}}"#,
                #"{"data":{"image":"/data/local-files/?d=empty.png","name":"empty.png","first":"!","size":0}}"#,
            ]
        )
    }

    @Test func `no inputs give no tasks`() async throws {
        let folder = try TemporaryFolder()
        let run = try await open("names", [:], folder: folder, catalog: catalog(folder))

        #expect(try await all(run).isEmpty)
        #expect(try await run.next() == nil)
    }

    @Test func `more inputs than a batch holds all arrive`() async throws {
        let folder = try TemporaryFolder()
        let files = Dictionary(uniqueKeysWithValues: (0..<700).map { ("\($0).png", "x") })
        let run = try await open("names", files, folder: folder, catalog: catalog(folder))

        #expect(try await all(run).count == 700)
    }

    @Test func `a task given as text arrives as it was written`() async throws {
        let folder = try TemporaryFolder()
        let run = try await open("names-text", [:], folder: folder, catalog: catalog(folder))

        #expect(try await all(run) == [#"{"data": {"n": 1.50}}"#])
    }

    @Test func `a source that is not ready is asked again`() async throws {
        let folder = try TemporaryFolder()
        let run = try await open(
            "names-slow",
            ["a.png": "1"],
            folder: folder,
            catalog: catalog(folder)
        )

        #expect(try await run.next() == [])
        #expect(try await run.next()?.count == 1)
        await run.close()
    }

    @Test func `a broken arena is refused and puts the plugin into quarantine`() async throws {
        let folder = try TemporaryFolder()
        let catalog = catalog(folder)
        let run = try await open("names-broken", ["a.png": "1"], folder: folder, catalog: catalog)

        let error = await failure { () async throws(PluginError) in try await run.next() }
        await run.close()

        #expect(error?.code == .answerInvalid)
        #expect(error?.function == "import_source.next")
        #expect(await catalog.quarantined().count == 1)
    }

    @Test func `a file that is gone fails the import with its name`() async throws {
        let folder = try TemporaryFolder()
        let run = try await open(
            "names",
            ["a.png": "1", "b.png": "2"],
            folder: folder,
            catalog: catalog(folder)
        )
        try FileManager.default.removeItem(atPath: folder.path + "/.files/b.png")

        let error = await failure { () async throws(PluginError) in try await run.next() }
        await run.close()

        #expect(error?.code == .callFailed)
        #expect(error?.message.contains("b.png") == true)
    }

    @Test func `a link in place of a file is not followed`() async throws {
        let folder = try TemporaryFolder()
        let run = try await open(
            "names",
            ["a.png": "1"],
            folder: folder,
            catalog: catalog(folder)
        )
        let path = folder.path + "/.files/a.png"
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(
            atPath: path,
            withDestinationPath: "/etc/hostname"
        )

        let error = await failure { () async throws(PluginError) in try await run.next() }
        await run.close()

        #expect(error?.message.contains("symbolic link") == true)
    }
}
