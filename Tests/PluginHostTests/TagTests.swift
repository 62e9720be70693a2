import Contracts
import Foundation
import LabelModel
import LabelingConfig
import PluginHost
import Testing

@Suite(.onBothTransports) struct TagTests {
    private func installed(
        _ folder: TemporaryFolder,
        tag: String = "Marker"
    ) async throws -> TestPlugin {
        let library = try await FixtureCompiler.shared.library("marker_tag")
        var plugin = TestPlugin(id: "org.example.marker", library: library)
        plugin.members["capabilities"] = [["id": "postil.tag/1", "name": tag]]
        plugin.files = ["web/marker.js": "export default {};\n", "web/marker.css": "a {}\n"]
        plugin.members["web"] = [["module": "web/marker.js"], ["module": "web/marker.css"]]
        let attributes: [String: Any] = [
            "type": "object", "required": ["size"],
            "properties": [
                "size": ["type": "number", "default": 3, "description": "Its size"],
                "mode": ["type": "string", "enum": ["dot", "ring"]],
                "tint": ["type": "string", "x-postil-type": "color"],
            ],
        ]
        let description: [String: Any] = [
            "tag": tag, "kind": "control", "targets": ["Image"], "children": ["Label"],
            "standIn": "keypointlabels", "module": "web/marker.js", "styles": ["web/marker.css"],
            "attributes": attributes,
            "resultTypes": [["type": "marker", "valueSchema": ["type": "object"]]],
            "measures": [["name": "doubled", "title": "Doubled", "unit": "px"]],
        ]
        plugin.members["tags"] = [description]
        try plugin.install(in: folder)
        return plugin
    }

    /// The config with a marker, read with the plugin's tag in the registry.
    private func config(
        _ catalog: PluginDirectoryCatalog,
        size: String = "3",
        tag: String = "Marker",
        object: String = "<Image name=\"img\" value=\"$image\"/>"
    ) async throws -> LabelingConfig {
        let manifest = try #require(await catalog.installed().first?.manifest)
        let behavior = try await catalog.tagBehavior(manifest.plugin, tag: tag)
        let registry = try TagRegistry.builtIn.adding(
            manifest.tags.map { TagRegistry.Entry($0.definition, behavior: behavior) }
        )
        let xml = "<View>\(object)<\(tag) name=\"m\" toName=\"img\" size=\"\(size)\"/></View>"
        return LabelingConfig(try LabelingConfigParser().parse(xml), registry: registry)
    }

    private func results(_ config: LabelingConfig, _ results: [String]) throws -> TagResults {
        TagResults(
            control: try #require(config.controls.first),
            object: config.objects.first,
            config: config,
            taskData: #"{"image": "a.png", "width": 10}"#,
            entries: results.enumerated().map { index, text in
                TagResults.Entry(index: index + 3, json: RawJSON(checked: Array(text.utf8)))
            }
        )
    }

    private func result(x: String) -> String {
        #"{"id": "r", "type": "marker", "value": {"marker": {"x": \#(x)}}}"#
    }

    @Test func `a manifest's tag becomes a definition of the registry`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)

        let manifest = try #require(await catalog(folder).installed().first?.manifest)
        let definition = try #require(manifest.tags.first?.definition)

        #expect(definition.name == "Marker")
        #expect(definition.kind == .control)
        #expect(definition.origin.plugin?.id == plugin.id)
        #expect(definition.targets == ["Image"])
        #expect(definition.children == .named(["Label"]))
        #expect(definition.standIn == "keypointlabels")
        #expect(definition.resultTypes.map(\.type) == ["marker"])
        #expect(definition.measures.map(\.aggregation) == ["sum"])
        #expect(definition.attribute("toName")?.kind == .reference)
        #expect(definition.attribute("size")?.isRequired == true)
        #expect(definition.attribute("size")?.defaultValue == "3")
        #expect(definition.attribute("mode")?.kind == .choice(["dot", "ring"]))
        #expect(definition.attribute("tint")?.kind == .color)
        let module = try #require(definition.browserModule)
        #expect(module.url.hasSuffix("/web/marker.js"))
        #expect(module.styles.count == 1)
        #expect(module.integrity.count == 2)
        #expect(module.isolation == "frame")
    }

    @Test func `a config that the plugin accepts has no problems`() async throws {
        let folder = try TemporaryFolder()
        _ = try await installed(folder)

        #expect(await (try config(catalog(folder))).savingProblems().isEmpty)
    }

    @Test func `what the plugin refuses in a config points to the attribute`() async throws {
        let folder = try TemporaryFolder()
        _ = try await installed(folder)

        let problems = await (try config(catalog(folder), size: "huge")).savingProblems()

        let refused = try #require(problems.first { $0.code == .refusedByTag })
        #expect(refused.message == "The size is too large.")
        #expect(refused.hint == "Use a number.")
        #expect(refused.place?.line == 1)
        #expect(refused.tag == "Marker")
    }

    @Test func `findings of results carry the index of their result`() async throws {
        let folder = try TemporaryFolder()
        _ = try await installed(folder)
        let config = try await config(catalog(folder))
        let behavior = try #require(config.controls.first?.entry?.behavior)

        let problems = try await behavior.problems(
            with: results(config, [result(x: "5"), result(x: "50")])
        )

        #expect(
            problems == [
                ResultProblem(
                    .refusedByTag,
                    at: "/4/value/marker/x",
                    "The marker is outside.",
                    hint: nil
                )
            ]
        )
    }

    @Test func `a tag that fails says so instead of accepting`() async throws {
        let folder = try TemporaryFolder()
        _ = try await installed(folder)
        let config = try await config(catalog(folder))
        let behavior = try #require(config.controls.first?.entry?.behavior)

        await #expect(throws: TagBehaviorFailure.self) {
            _ = try await behavior.problems(with: results(config, ["{}"]))
        }
    }

    @Test func `measures come for each result in order`() async throws {
        let folder = try TemporaryFolder()
        _ = try await installed(folder)
        let config = try await config(catalog(folder))
        let behavior = try #require(config.controls.first?.entry?.behavior)

        let measures = try await behavior.measures(
            of: results(config, [result(x: "1.5"), result(x: "4")])
        )

        #expect(measures == [["doubled": 3], ["doubled": 8]])
    }

    @Test func `normalizing replaces a result or leaves it`() async throws {
        let folder = try TemporaryFolder()
        _ = try await installed(folder)
        let config = try await config(catalog(folder))
        let behavior = try #require(config.controls.first?.entry?.behavior)

        let normalized = try await behavior.normalized(
            results(config, [result(x: "2.5"), result(x: "-1")])
        )

        #expect(normalized.map { $0?.text } == [#"{"id":"r","area":6.25}"#, nil])
    }

    @Test func `a normalized result that is no object breaks the contract`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)
        let config = try await config(catalog)
        let behavior = try #require(config.controls.first?.entry?.behavior)

        await #expect(throws: TagBehaviorFailure.self) {
            _ = try await behavior.normalized(results(config, [result(x: "5000")]))
        }
        #expect(await catalog.quarantined()[plugin.plugin]?.code == .answerInvalid)
    }

    @Test func `functions that an older library lacks do nothing`() async throws {
        let folder = try TemporaryFolder()
        _ = try await installed(folder, tag: "OldMarker")
        let config = try await config(catalog(folder), tag: "OldMarker")
        let behavior = try #require(config.controls.first?.entry?.behavior)
        let results = try results(config, [result(x: "5")])

        #expect(try await behavior.measures(of: results) == [[:]])
        #expect(try await behavior.normalized(results) == [nil])
        #expect(try await behavior.problems(with: results).isEmpty)
    }
}
