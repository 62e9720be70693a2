import LabelingConfig
import Testing

@Suite struct LabelingConfigParserTests {
    private let parser = LabelingConfigParser()

    @Test(arguments: GoldenFile.all(in: "parsing"))
    func `a text becomes the tree or the error of its golden file`(file: GoldenFile) throws {
        try file.expect(Description.parsing(file.inputs[0]))
    }

    @Test func `a text of a hundred megabytes is refused before it is read`() {
        let text = "<View>" + String(repeating: "x", count: 100_000_000)
        let started = ContinuousClock.now
        let problem = #expect(throws: ConfigProblem.self) { try parser.parse(text) }
        #expect(problem?.code == .tooLarge)
        #expect(ContinuousClock.now - started < .seconds(2))
    }

    @Test func `a text of exactly the limit is read`() throws {
        let tags = "<View></View>"
        var limits = LabelingConfigLimits.standard
        limits.bytes = tags.utf8.count
        #expect(try LabelingConfigParser(limits: limits).parse(tags).root.name == "View")
        #expect(throws: ConfigProblem.self) {
            try LabelingConfigParser(limits: limits).parse(tags + "\n")
        }
    }

    @Test func `nesting is allowed up to the limit and refused beyond it`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<View>", count: depth) + String(repeating: "</View>", count: depth)
        }
        _ = try parser.parse(nested(64))
        let problem = #expect(throws: ConfigProblem.self) { try parser.parse(nested(65)) }
        #expect(problem?.code == .tooDeep)
        #expect(problem?.place == SourcePlace(line: 1, column: 64 * 6 + 1))
    }

    @Test func `markup inside HyperText counts for the depth`() {
        let markup = String(repeating: "<b>", count: 70) + String(repeating: "</b>", count: 70)
        let problem = #expect(throws: ConfigProblem.self) {
            try parser.parse("<View><HyperText name=\"h\">\(markup)</HyperText></View>")
        }
        #expect(problem?.code == .tooDeep)
    }

    @Test func `more tags than allowed are refused`() {
        var limits = LabelingConfigLimits.standard
        limits.tags = 3
        let problem = #expect(throws: ConfigProblem.self) {
            try LabelingConfigParser(limits: limits).parse("<View><A/><B/><C/></View>")
        }
        #expect(problem?.code == .tooLarge)
        #expect(problem?.place == SourcePlace(line: 1, column: 15))
    }

    @Test func `more attributes than allowed are refused`() {
        let attributes = (0..<257).map { " a\($0)=\"\"" }.joined()
        let problem = #expect(throws: ConfigProblem.self) {
            try parser.parse("<View\(attributes)/>")
        }
        #expect(problem?.code == .tooLarge)
    }

    @Test(
        arguments: [
            [0x3C, 0x56, 0xFF, 0x3E], [0x3C, 0x00], [0xFF, 0xFE, 0x3C, 0x00, 0x56, 0x00],
            [0xC0, 0x80], [0xED, 0xA0, 0x80],
        ] as [[UInt8]]
    )
    func `bytes that are not UTF-8 text are refused with their place`(bytes: [UInt8]) {
        let problem = #expect(throws: ConfigProblem.self) { try parser.parse(bytes) }
        #expect(problem?.code == .xml)
        #expect(problem?.place?.line == 1)
    }

    @Test func `a byte order mark is skipped and not counted`() throws {
        let tree = try parser.parse([0xEF, 0xBB, 0xBF] + Array("<View/>".utf8))
        #expect(tree.root.place == SourcePlace(line: 1, column: 1))
        #expect(tree.source == "<View/>")
    }

    @Test func `the encoding that the declaration names is not believed`() throws {
        let tree = try parser.parse(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><View a=\"Größe 物\"/>"
        )
        #expect(tree.root["a"] == "Größe 物")
    }

    @Test func `places stay right far into a long line`() throws {
        let count = 10_000
        let labels = String(repeating: "<Label value=\"ä\"/>", count: count)
        let tree = try parser.parse("<View>\(labels)</View>")
        let last = try #require(tree.root.children.last)
        #expect(tree.root.children.count == count)
        #expect(last.place.column == 7 + 18 * (count - 1))
        #expect(last.attributes[0].place.column == last.place.column + 7)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `places are right whatever ends a line`(end: String) throws {
        let filler = "<!-- \(String(repeating: "x", count: 1_000)) -->"
        let lines =
            ["<View>"] + Array(repeating: filler, count: 700)
            + ["text &amp; <Label", "  value='ä'", "/>", "</View>"]
        let label = try #require(
            try parser.parse(lines.joined(separator: end)).root.children.first
        )
        #expect(label.place == SourcePlace(line: 702, column: 12))
        #expect(label.attributes.map(\.place) == [SourcePlace(line: 703, column: 3)])
    }

    @Test func `many threads may parse at once`() async {
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask {
                    let text = index.isMultiple(of: 2) ? "<View a=\"\(index)\"/>" : "<View><broken"
                    return (try? parser.parse(text).root["a"]) == "\(index)"
                }
            }
            var good = 0
            for await isGood in group where isGood { good += 1 }
            #expect(good == 32)
        }
    }

    @Test func `every cut of a config is read or refused, never anything else`() {
        let text = """
            <View><Text name="t" value="$t"/><Labels name="l" toName="t">
            <Label value="A &amp; B"/><!-- c --><![CDATA[x]]></Labels></View>
            """
        for count in 0..<text.utf8.count {
            let problem = #expect(throws: ConfigProblem.self) {
                try parser.parse(Array(text.utf8.prefix(count)))
            }
            #expect(problem?.code == .xml)
            #expect(problem?.place != nil)
        }
    }
}
