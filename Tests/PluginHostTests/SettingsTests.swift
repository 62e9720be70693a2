import Contracts
import Foundation
import LabelModel
import PluginHost
import Testing

@Suite struct SettingsTests {
    private static let schema = """
        {"type": "object", "required": ["mode"], "properties": {
          "mode": {"type": "string", "enum": ["a", "b"], "title": "Mode"},
          "name": {"type": "string", "minLength": 1, "maxLength": 4, "default": "x"},
          "count": {"type": "integer", "minimum": 1, "maximum": 9, "default": 3},
          "ratio": {"type": "number", "minimum": 0, "maximum": 1},
          "deep": {"type": "object", "default": {}, "properties": {
            "on": {"type": "boolean", "default": true}}},
          "list": {"type": "array", "maxItems": 2, "items": {"type": "string"}}}}
        """

    private func check(_ settings: String, schema: String? = SettingsTests.schema) async throws
        -> Result<String, PluginError>
    {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("lines")
        var plugin = TestPlugin.exporters("org.example.lines", ["X"], library: library)
        if let schema {
            let parsed = try JSONSerialization.jsonObject(with: Data(schema.utf8))
            let capability: [String: Any] = [
                "id": "postil.exporter/1", "name": "X", "settingsSchema": parsed,
            ]
            plugin.members["capabilities"] = [capability]
        }
        try plugin.install(in: folder)
        do throws(PluginError) {
            let checked = try await catalog(folder).checkedSettings(
                RawJSON(checked: Array(settings.utf8)),
                of: plugin.plugin,
                kind: .exporter,
                name: "X"
            )
            return .success(checked.text)
        } catch {
            return .failure(error)
        }
    }

    private func members(_ text: String) throws -> NSDictionary? {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
    }

    @Test func `defaults are filled in where nothing was said`() async throws {
        let checked = try await check(#"{"mode": "b", "ratio": 0.50}"#).get()

        #expect(checked.contains("0.50"))
        #expect(
            try members(checked)
                == members(
                    #"{"mode":"b","name":"x","count":3,"ratio":0.5,"deep":{"on":true}}"#
                )
        )
    }

    @Test func `what was said wins over the default`() async throws {
        let checked = try await check(#"{"mode": "a", "count": 9, "deep": {"on": false}}"#).get()

        #expect(
            try members(checked)
                == members(#"{"mode":"a","name":"x","count":9,"deep":{"on":false}}"#)
        )
    }

    @Test(arguments: [
        (#"{}"#, ""), (#"{"mode": "c"}"#, "/mode"), (#"{"mode": 1}"#, "/mode"),
        (#"{"mode": "a", "name": ""}"#, "/name"), (#"{"mode": "a", "name": "abcde"}"#, "/name"),
        (#"{"mode": "a", "count": 0}"#, "/count"), (#"{"mode": "a", "count": 10}"#, "/count"),
        (#"{"mode": "a", "count": 2.5}"#, "/count"), (#"{"mode": "a", "count": "2"}"#, "/count"),
        (#"{"mode": "a", "ratio": 1.01}"#, "/ratio"), (#"{"mode": "a", "deep": []}"#, "/deep"),
        (#"{"mode": "a", "deep": {"on": 1}}"#, "/deep/on"),
        (#"{"mode": "a", "deep": {"off": 1}}"#, "/deep/off"),
        (#"{"mode": "a", "list": ["x", 2]}"#, "/list/1"),
        (#"{"mode": "a", "list": ["x", "y", "z"]}"#, "/list"),
        (#"{"mode": "a", "a/b~": 1}"#, "/a~1b~0"), (#"[]"#, ""), (#"{"#, ""),
    ])
    func `settings that do not fit are refused with their place`(
        settings: String,
        pointer: String
    ) async throws {
        guard case .failure(let error) = try await check(settings) else {
            Issue.record("accepted")
            return
        }

        #expect(error.code == .settingsInvalid)
        #expect(error.pointer == pointer)
        #expect(error.message.hasSuffix("."))
    }

    @Test func `without a schema there are no settings`() async throws {
        #expect(try await check("{}", schema: nil).get() == "{}")
        guard case .failure(let error) = try await check(#"{"a": 1}"#, schema: nil) else {
            Issue.record("accepted")
            return
        }
        #expect(error.pointer == "/a")
    }

    @Test(arguments: [
        #"{"type": "string"}"#, #"{"type": "object", "properties": {"a": {}}}"#,
        #"{"type": "object", "required": ["a"]}"#,
        #"{"type": "object", "properties": {"a": {"type": "integer", "default": "x"}}}"#,
        #"{"type": "object", "properties": {"a": {"type": "string", "enum": []}}}"#,
        #"{"type": "object", "properties": {"a": {"type": "string", "pattern": "a+"}}}"#,
        #"{"type": "object", "properties": {"a": {"type": "number", "minimum": 2, "maximum": 1}}}"#,
    ])
    func `a schema that cannot be heeded refuses the plugin`(schema: String) async throws {
        guard case .failure(let error) = try await check("{}", schema: schema) else {
            Issue.record("accepted")
            return
        }

        #expect(error.code == .manifestInvalid)
        #expect(error.pointer?.hasPrefix("/capabilities/0/settingsSchema") == true)
    }
}
