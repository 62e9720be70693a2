import Contracts
import Foundation
import PluginHost
import Testing

/// One mistake in a manifest and what the host says of it.
struct Mistake: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: String
    let pointer: String
    let change: @Sendable (inout TestPlugin) -> Void

    init(
        _ description: String,
        _ code: String,
        at pointer: String = "",
        _ change: @escaping @Sendable (inout TestPlugin) -> Void
    ) {
        testDescription = description
        self.code = code
        self.pointer = pointer
        self.change = change
    }

    /// A manifest with one member set.
    static func member(
        _ name: String,
        _ value: @autoclosure @escaping @Sendable () -> Any,
        _ code: String,
        at pointer: String
    ) -> Mistake {
        Mistake("\(name) is \(value())", code, at: pointer) { $0.members[name] = value() }
    }

    static let all: [Mistake] = [
        member("id", "Not Reverse DNS", "manifest_invalid", at: "/id"),
        member("id", "org.example.other", "folder_mismatch", at: "/id"),
        member("version", "1.0", "manifest_invalid", at: "/version"),
        member("version", "2.0.0", "folder_mismatch", at: "/version"),
        member("manifestVersion", 2, "manifest_invalid", at: "/manifestVersion"),
        member("name", "", "manifest_invalid", at: "/name"),
        member("name", 7, "manifest_invalid", at: "/name"),
        member("vendour", "typo", "manifest_invalid", at: "/vendour"),
        member("abi", ["built": "7.0", "min": "7.0"], "abi_unknown", at: "/abi"),
        member("abi", ["built": "2.0", "min": "1.0"], "abi_unknown", at: "/abi"),
        member("abi", ["built": "0.1", "min": "0.1"], "abi_unknown", at: "/abi"),
        member("abi", ["built": "1.0", "min": "1.9"], "manifest_invalid", at: "/abi"),
        member("abi", ["built": "latest", "min": "1.0"], "manifest_invalid", at: "/abi/built"),
        member("minHost", "99.0.0", "host_too_old", at: "/minHost"),
        member("minHost", "soon", "manifest_invalid", at: "/minHost"),
        member("isolation", "none", "manifest_invalid", at: "/isolation"),
        member("permissions", ["root": true], "manifest_invalid", at: "/permissions/root"),
        member("capabilities", ["a"], "manifest_invalid", at: "/capabilities/0"),
        member(
            "capabilities",
            [["id": "exporter", "name": "A"]],
            "manifest_invalid",
            at: "/capabilities/0/id"
        ),
        member(
            "capabilities",
            [["id": "postil.exporter/1", "name": "A B"]],
            "manifest_invalid",
            at: "/capabilities/0/name"
        ),
        member(
            "capabilities",
            [
                ["id": "postil.exporter/1", "name": "A"], ["id": "postil.exporter/1", "name": "a"],
            ],
            "manifest_invalid",
            at: "/capabilities/1/name"
        ),
        member(
            "capabilities",
            [["id": "postil.exporter/1", "name": "A", "reads": "all"]],
            "manifest_invalid",
            at: "/capabilities/0/reads"
        ),
        member(
            "capabilities",
            [["id": "postil.exporter/1", "name": "A", "fileExtension": "../x"]],
            "manifest_invalid",
            at: "/capabilities/0/fileExtension"
        ),
        member(
            "capabilities",
            [
                [
                    "id": "postil.exporter/1", "name": "A",
                    "settingsSchema": ["type": "object", "oneOf": []],
                ]
            ],
            "manifest_invalid",
            at: "/capabilities/0/settingsSchema/oneOf"
        ),
        member(
            "capabilities",
            [["id": "postil.tag/1", "name": "A"]],
            "manifest_invalid",
            at: "/capabilities/0/name"
        ),
        member(
            "capabilities",
            [["id": "postil.exporter/1", "name": "A"]],
            "manifest_invalid",
            at: ""
        ),
        member(
            "tags",
            [["tag": "A", "kind": "control"], ["tag": "a", "kind": "control"]],
            "manifest_invalid",
            at: "/tags/1/tag"
        ),
        member("tags", [["tag": "A"]], "manifest_invalid", at: "/tags/0"),
        member("tags", [["tag": "A:B", "kind": "control"]], "manifest_invalid", at: "/tags/0/tag"),
        member(
            "tags",
            [["tag": "A", "kind": "control", "module": "web/a.js"]],
            "manifest_invalid",
            at: "/tags/0"
        ),
        member(
            "web",
            [["module": "web/absent.js"]],
            "file_missing",
            at: "/web/0/module"
        ),
        member("web", [["module": "../a.js"]], "path_escapes", at: "/web/0/module"),
        member("web", [["module": "/etc/passwd"]], "path_escapes", at: "/web/0/module"),
        member("web", [["module": "web//a.js"]], "manifest_invalid", at: "/web/0/module"),
        member("web", [["module": "web/a b.js"]], "manifest_invalid", at: "/web/0/module"),
        Mistake("a web file with another integrity", "digest_mismatch", at: "/web/0/integrity") {
            $0.files["web/a.js"] = "x"
            $0.members["web"] = [["module": "web/a.js", "integrity": "sha384-AAAA"]]
        },
        member(
            "libraries",
            [["arch": TestPlugin.architecture, "path": "../x.so"]],
            "path_escapes",
            at: "/libraries/0/path"
        ),
        member(
            "libraries",
            [["arch": TestPlugin.architecture, "path": "lib/x.so", "sha256": "12"]],
            "manifest_invalid",
            at: "/libraries/0/sha256"
        ),
        member(
            "libraries",
            [["arch": TestPlugin.architecture, "path": "lib/absent.so"]],
            "file_missing",
            at: "/libraries/0/path"
        ),
        member(
            "libraries",
            [["arch": "sparc", "path": "lib/x.so"]],
            "architecture_missing",
            at: "/libraries"
        ),
        Mistake("a library that is none", "not_loadable", at: "/libraries/0/path") {
            $0.files["lib/x.so"] = "not a library"
            $0.members["libraries"] = [["arch": TestPlugin.architecture, "path": "lib/x.so"]]
        },
        Mistake("no abi", "manifest_invalid") { $0.without = ["abi"] },
        Mistake("no name", "manifest_invalid") { $0.without = ["name"] },
        Mistake("no id", "manifest_invalid") { $0.without = ["id"] },
    ]
}

@Suite struct RefusalTests {
    @Test(arguments: Mistake.all)
    func `a manifest with a mistake is refused with its place`(mistake: Mistake) async throws {
        let folder = try TemporaryFolder()
        var plugin = TestPlugin()
        mistake.change(&plugin)
        try plugin.install(in: folder)

        let error = try #require(refusal(await catalog(folder).installed()))

        #expect(error.code.rawValue == mistake.code)
        #expect(error.pointer == mistake.pointer)
        #expect(error.message.hasSuffix("."))
        #expect(error.plugin == TestPlugin().plugin)
    }

    @Test(arguments: [
        ("", "manifest_not_json"), ("{", "manifest_not_json"), ("nonsense", "manifest_not_json"),
        ("{\"id\": \"\u{1}\"}", "manifest_not_json"), ("{} {}", "manifest_not_json"),
        ("[]", "manifest_invalid"), (#"{"id": "a", "id": "b"}"#, "manifest_invalid"),
        (String(repeating: "[", count: 33) + String(repeating: "]", count: 33), "manifest_invalid"),
        (String(repeating: "[", count: 5000), "manifest_not_json"),
        ("\"" + String(repeating: "a", count: 256 * 1024) + "\"", "manifest_too_large"),
    ])
    func `a manifest that is no sound JSON is refused`(text: String, code: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "org.example.plain/1.0.0/manifest.json")

        let error = refusal(await catalog(folder).installed())

        #expect(error?.code.rawValue == code)
        #expect(error?.plugin == TestPlugin().plugin)
    }

    @Test func `a folder without a manifest is refused`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "org.example.plain/1.0.0/readme")

        #expect(refusal(await catalog(folder).installed())?.code == .manifestUnreadable)
    }

    @Test(arguments: ["web/a.js", "web"])
    func `a symbolic link in a package is refused`(link: String) async throws {
        let (folder, outside) = (try TemporaryFolder(), try TemporaryFolder())
        try outside.write("export default 1;", to: "a.js")
        var plugin = TestPlugin()
        plugin.members["web"] = [["module": "web/a.js"]]
        plugin.files["web/other.js"] = ""
        try plugin.install(in: folder)
        let package = folder.path + "/org.example.plain/1.0.0/"
        if link == "web" { try FileManager.default.removeItem(atPath: package + "web") }
        try FileManager.default.createSymbolicLink(
            atPath: package + link,
            withDestinationPath: link == "web" ? outside.path : outside.path + "/a.js"
        )

        #expect(refusal(await catalog(folder).installed())?.code == .pathEscapes)
    }

    @Test func `a digest that is not the library's is refused`() async throws {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("lines")
        var plugin = TestPlugin.exporters("org.example.lines", ["LINES_TEXT"], library: library)
        plugin.members["libraries"] = [
            [
                "arch": TestPlugin.architecture, "path": "lib/\(TestPlugin.architecture)/plugin.so",
                "sha256": String(repeating: "0", count: 64),
            ]
        ]
        try plugin.install(in: folder)

        let error = refusal(await catalog(folder).installed())

        #expect(error?.code == .digestMismatch)
        #expect(error?.pointer == "/libraries/0/sha256")
    }

    @Test func `a library for another machine is refused although the manifest says otherwise`()
        async throws
    {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("lines")
        try TestPlugin.exporters("org.example.lines", ["LINES_TEXT"], library: library)
            .install(in: folder)
        let path =
            folder.path + "/org.example.lines/1.0.0/lib/\(TestPlugin.architecture)/plugin.so"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[18] = 2
        bytes[19] = 0
        try bytes.write(to: URL(fileURLWithPath: path))
        var plugin = TestPlugin.exporters("org.example.lines", ["LINES_TEXT"], library: path)
        plugin.version = "1.0.1"
        try plugin.install(in: folder)

        let found = await catalog(folder).installed()

        #expect(refusal(found)?.code == .digestMismatch)
        #expect(refusal(Array(found.dropFirst()))?.code == .architectureMissing)
    }

    @Test func `keys of one's own and capabilities of later hosts are let pass`() async throws {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("lines")
        var plugin = TestPlugin.exporters("org.example.lines", ["LINES_TEXT"], library: library)
        plugin.members["x-note"] = ["anything": [1, 2]]
        plugin.members["capabilities"] = [
            ["id": "postil.exporter/1", "name": "LINES_TEXT", "x-icon": "lines"],
            ["id": "postil.exporter/2", "name": "LINES_TEXT"],
            ["id": "com.acme.thing/1", "name": "T"],
        ]
        try plugin.install(in: folder)

        let manifest = await catalog(folder).installed().first?.manifest

        #expect(manifest?.capabilities.map(\.name) == ["LINES_TEXT"])
        let inspection = PluginInspection(
            folder: folder.path + "/org.example.lines/1.0.0",
            hostVersion: "0.1.0"
        )
        #expect(inspection.notes.count == 2)
        #expect(inspection.refusal == nil)
        #expect(inspection.architectures == [TestPlugin.architecture])
    }
}
