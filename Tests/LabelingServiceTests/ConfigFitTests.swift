import Contracts
import LabelingConfig
import LabelingService
import Testing

struct ConfigFitTests {
    static let boxes = #"<Image name="i" value="$image"/><RectangleLabels name="b" toName="i"/>"#

    private func misfit(_ body: String, _ needs: ConfigNeeds) throws -> String? {
        let tree = try LabelingConfigParser(limits: .standard).parse("<View>\(body)</View>")
        return ConfigFit(LabelingConfig(tree, registry: .builtIn)).misfit(needs)?.code
    }

    @Test func `a format without needs fits every config`() throws {
        #expect(try misfit("", ConfigNeeds()) == nil)
        #expect(try misfit(Self.boxes, ConfigNeeds()) == nil)
    }

    @Test func `one of several sets is enough, and must be whole`() throws {
        let needs = ConfigNeeds(anyOf: [["Image", "BrushLabels"], ["Image", "RectangleLabels"]])
        #expect(try misfit(Self.boxes, needs) == nil)
        #expect(
            try misfit(#"<Image name="i" value="$image"/>"#, needs) == "config_without_needed_tags"
        )
    }

    @Test func `tags that a format has no use for together rule it out`() throws {
        let needs = ConfigNeeds(noneOf: [["Image", "RectangleLabels"]])
        #expect(try misfit(Self.boxes, needs) == "config_with_unfit_tags")
        #expect(try misfit(#"<Image name="i" value="$image"/>"#, needs) == nil)
    }

    @Test func `a tag may need a companion`() throws {
        let needs = ConfigNeeds(with: ["KeyPointLabels": ["RectangleLabels"]])
        let points = #"<KeyPointLabels name="k" toName="i"/>"#
        #expect(try misfit(Self.boxes + points, needs) == nil)
        let alone = #"<Image name="i" value="$image"/>"# + points
        #expect(try misfit(alone, needs) == "config_without_needed_tags")
    }

    @Test func `controls on several fields rule out formats for one`() throws {
        let needs = ConfigNeeds(oneDataField: true)
        let second = #"<Image name="j" value="$other"/><RectangleLabels name="c" toName="j"/>"#
        #expect(try misfit(Self.boxes, needs) == nil)
        #expect(try misfit(Self.boxes + second, needs) == "config_with_several_fields")
    }

    @Test func `lists of images rule out formats with one image a task`() throws {
        let list = #"<Image name="i" valueList="$p"/><RectangleLabels name="b" toName="i"/>"#
        #expect(try misfit(list, ConfigNeeds(valueList: false)) == "config_with_value_list")
        #expect(try misfit(list, ConfigNeeds()) == nil)
    }
}
