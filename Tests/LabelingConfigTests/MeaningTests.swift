import Foundation
import LabelingConfig
import Testing

@Suite struct MeaningTests {
    @Test(arguments: GoldenFile.all(in: "meaning"))
    func `a config means what its golden file says`(file: GoldenFile) async throws {
        let tree = try LabelingConfigParser().parse(file.inputs[0])
        let config = LabelingConfig(tree, registry: .withSampleTags)
        try await file.expect(Description.meaning(config))
    }

    /// Label Studio's own templates, where a checkout has them beside it.
    private static let templates: [URL] = {
        let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/corpus/label-configs").standardizedFileURL
        let files = try? FileManager.default.contentsOfDirectory(
            at: directory,
            includingPropertiesForKeys: nil
        )
        return (files ?? []).filter { $0.pathExtension == "xml" }
    }()

    @Test(arguments: templates)
    func `a template of Label Studio may be saved`(template: URL) async throws {
        let tree = try LabelingConfigParser().parse(
            String(contentsOf: template, encoding: .utf8)
        )
        let config = LabelingConfig(tree, registry: .builtIn)
        #expect(await config.savingProblems().isEmpty)
        #expect(!config.controls.isEmpty)
        #expect(!config.dataFields.isEmpty)
    }

    @Test func `a config whose plugin is gone still opens and says which tags are missing`() throws
    {
        let text = """
            <View><Image name="i" value="$i"/>
            <SatellitePolygon name="s" toName="i"><Label value="Field"/></SatellitePolygon></View>
            """
        let config = LabelingConfig(try LabelingConfigParser().parse(text), registry: .builtIn)
        #expect(config.unavailableTags.map(\.tag.name) == ["SatellitePolygon"])
        let control = try #require(config.control(named: "s"))
        #expect(control.entry == nil)
        #expect(control.labels.map(\.value) == ["Field"])
        #expect(config.structuralProblems.map(\.code) == [.tagUnknown])
    }

    @Test func `a behavior that cannot be asked is a problem at its tag`() async throws {
        let registry = try TagRegistry.builtIn.adding([
            .init(.sample("Broken"), behavior: BrokenBehavior())
        ])
        let tree = try LabelingConfigParser().parse(
            "<View><Image name=\"i\" value=\"$i\"/><Broken name=\"b\" toName=\"i\"/></View>"
        )
        let problems = await LabelingConfig(tree, registry: registry).savingProblems()
        #expect(problems.map(\.code) == [.tagUnavailable])
        #expect(problems.first?.place == SourcePlace(line: 1, column: 35))
    }
}
