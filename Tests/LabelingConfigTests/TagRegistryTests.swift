import LabelModel
import LabelingConfig
import Testing

@Suite struct TagRegistryTests {
    @Test(arguments: GoldenFile.all(in: "tags"))
    func `every built-in tag has the attributes of the list`(file: GoldenFile) throws {
        try file.expect(TagRegistry.builtIn.entries.map { Self.describe($0.definition) }.joined())
    }

    @Test(arguments: TagRegistry.builtIn.entries.map(\.definition.name))
    func `a tag is found in any mixture of cases`(name: String) {
        let registry = TagRegistry.builtIn
        #expect(registry[name]?.definition.name == name)
        #expect(registry[name.lowercased()]?.definition.name == name)
        #expect(registry[name.uppercased()]?.definition.name == name)
    }

    @Test(arguments: TagRegistry.builtIn.entries.map(\.definition.name))
    func `a tag's attributes and parts agree with each other`(name: String) throws {
        let definition = try #require(TagRegistry.builtIn[name]?.definition)
        let names = definition.attributes.map { $0.name.lowercased() }
        #expect(Set(names).count == names.count)
        #expect(definition.origin == .builtIn)
        for parent in definition.parents { #expect(TagRegistry.builtIn[parent] != nil) }
        for target in definition.targets {
            #expect(TagRegistry.builtIn[target]?.definition.kind == .object)
        }
        for attribute in definition.attributes {
            guard case .choice(let words) = attribute.kind, let value = attribute.defaultValue
            else { continue }
            #expect(words.contains(value))
        }
    }

    @Test(arguments: ["Image", "image", "SAMPLEPOLYGON"])
    func `a plugin's tag cannot take a name that is taken`(name: String) {
        let refusal = #expect(throws: TagRegistry.DuplicateTag.self) {
            try TagRegistry.withSampleTags.adding([.init(.sample(name))])
        }
        #expect(refusal?.name == name)
        #expect(refusal?.refused.plugin?.id == "org.example.sample")
    }

    @Test func `a tag that another plugin makes usable is not called unavailable`() throws {
        let registry = try TagRegistry.withSampleTags.adding([.init(.sample("OtherPolygon"))])
        let tree = try LabelingConfigParser().parse(
            """
            <View><Image name="i" value="$i"/><OtherPolygon name="o" toName="i"/></View>
            """
        )
        #expect(LabelingConfig(tree, registry: registry).structuralProblems.isEmpty)
    }

    @Test func `the attributes of a tag are a JSON Schema with types of our own`() {
        let schema = TagDefinition.sample("S").attributesSchema.text
        #expect(
            schema == """
                {"type":"object","properties":{"name":{"type":"string","x-postil-type":"id"},\
                "toName":{"type":"string","x-postil-type":"ref"},\
                "minArea":{"type":"number","default":0.0,"description":"In hectares."}},\
                "required":["name","toName"]}
                """
        )
    }

    private static func describe(_ definition: TagDefinition) -> String {
        let results = definition.resultTypes.map(\.type).joined(separator: " ")
        let head = "\(definition.name) \(definition.kind.rawValue) \(results)\n"
        return head
            + definition.attributes.map { attribute in
                "  \(attribute.name) \(attribute.kind)"
                    + (attribute.defaultValue.map { " = \(Description.quoted($0))" } ?? "")
                    + (attribute.isRequired ? " required" : "") + "\n"
            }.joined()
    }
}
