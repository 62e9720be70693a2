import LabelModel
import LabelingConfig
import Testing
import ValueTree

@Suite struct ResultCheckerTests {
    /// The inputs are a config, and a JSON object with `result`, `data` and `mode`.
    @Test(arguments: GoldenFile.all(in: "results"))
    func `results are found right or wrong as the golden file says`(file: GoldenFile) async throws {
        let checker = ResultChecker(try Self.config(file.inputs[0]))
        let answer = try JSONText(parsing: file.inputs[1])
        let result = try #require(answer["result"])
        let report = await checker.checkFully(
            result: result,
            taskData: answer["data"].map { RawJSON(checked: $0.rawBytes) },
            mode: Self.mode(answer["mode"]?.string)
        )
        try file.expect(Self.describe(report))
    }

    @Test(arguments: [
        #"[{"from_name":"box","to_name":"img","type":"rectanglelabels","value":{"x":NaN}}]"#,
        #"[{"from_name":"box","value":{"x":Infinity}}]"#, #"[{"x":-Infinity}]"#, #"[{"x":1e}]"#,
    ])
    func `numbers that JSON does not have never reach the checker`(text: String) {
        #expect(throws: JSONTextError.self) { try JSONText(parsing: text) }
    }

    @Test func `problems beyond the hundredth are not kept`() throws {
        let element = #"{"from_name":"nobody","to_name":"img","type":"x","value":{}}"#
        let many = "[" + Array(repeating: element, count: 5_000).joined(separator: ",") + "]"
        let report = try Self.check(many)
        #expect(report.problems.count == 100)
        #expect(report.regionCount == 5_000)
        #expect(!report.isAcceptable)
    }

    @Test func `a span within a text of fifty megabytes is right and beyond it wrong`() throws {
        let count = 50_000_000
        let data = RawJSON(
            checked: Array(#"{"text":""#.utf8) + Array(repeating: 0x61, count: count)
                + Array(#""}"#.utf8)
        )
        func report(end: Int) throws -> ResultReport {
            try Self.check(
                """
                [{"from_name":"ner","to_name":"text","type":"labels",
                  "value":{"start":0,"end":\(end),"labels":["PER"]}}]
                """,
                data: data
            )
        }
        #expect(try report(end: count).isAcceptable)
        #expect(try report(end: count + 1).problems.map(\.code) == [.spanInvalid])
    }

    @Test func `without plugins' tags nothing is left to ask`() throws {
        let report = try Self.check(
            """
            [{"from_name":"box","to_name":"img","type":"rectanglelabels",
              "value":{"x":1,"y":2,"width":3,"height":4,"rectanglelabels":["Car"]}}]
            """
        )
        #expect(report.isAcceptable)
        #expect(report.unasked.isEmpty)
    }

    @Test func `results of plugins' tags are asked for together, by control and object`() throws {
        let result = #"{"from_name":"field","to_name":"img","type":"samplepolygon","value":{}}"#
        let report = try Self.check("[\(result),\(result)]")
        #expect(report.unasked.count == 1)
        #expect(report.unasked.first?.entries.map(\.index) == [0, 1])
        #expect(report.unasked.first?.entries.last?.json.text == result)
    }

    @Test func `a plugin that cannot be asked refuses a submission and no draft`() async throws {
        let registry = try TagRegistry.builtIn.adding([
            .init(.sample("Broken"), behavior: BrokenBehavior())
        ])
        let tree = try LabelingConfigParser().parse(
            "<View><Image name=\"i\" value=\"$i\"/><Broken name=\"b\" toName=\"i\"/></View>"
        )
        let checker = ResultChecker(LabelingConfig(tree, registry: registry))
        let result = try JSONText(
            parsing: #"[{"from_name":"b","to_name":"i","type":"broken","value":{}}]"#
        )
        let report = await checker.checkFully(result: result, taskData: nil, mode: .submission)
        #expect(report.problems.map(\.code) == [.tagUnavailable])
        #expect(!report.isAcceptable)
        let draft = await checker.checkFully(result: result, taskData: nil, mode: .draft)
        #expect(draft.isAcceptable)
    }

    @Test func `what a tag completes is put in and all else stays byte for byte`() async throws {
        let text = """
            { "result" : [ {"from_name":"field","to_name":"img","type":"samplepolygon" , "value":{"size":"fine"}},
              {"from_name":"field","to_name":"img","type":"samplepolygon","value":{"size":"coarse"}} ,
              {"from_name":"box","to_name":"img","type":"rectanglelabels",
               "value":{"x":1.00,"y":2e0,"width":3,"height":4,"rectanglelabels":["Car"]}} ] }
            """
        let result = try #require(try JSONText(parsing: text)["result"])
        let checker = ResultChecker(try Self.config(Self.mixedConfig))
        let report = await checker.checkFully(result: result, taskData: nil, mode: .submission)
        let expected = result.rawText.replacing("coarse", with: "huge")
        #expect(report.normalizedResult?.text == expected)
        let draft = await checker.checkFully(result: result, taskData: nil, mode: .draft)
        #expect(draft.normalizedResult == nil)
    }

    // MARK: Parts

    private static let mixedConfig = """
        <View><Image name="img" value="$image"/><Text name="text" value="$text"/>
        <RectangleLabels name="box" toName="img"><Label value="Car"/></RectangleLabels>
        <Labels name="ner" toName="text"><Label value="PER"/></Labels>
        <SamplePolygon name="field" toName="img"/></View>
        """

    static func config(_ text: String) throws -> LabelingConfig {
        LabelingConfig(try LabelingConfigParser().parse(text), registry: .withSampleTags)
    }

    private static func check(_ result: String, data: RawJSON? = nil) throws -> ResultReport {
        let config = try config(mixedConfig)
        return ResultChecker(config).check(
            result: try JSONText(parsing: result),
            taskData: data,
            mode: .submission
        )
    }

    private static func mode(_ name: String?) -> ResultChecker.Mode {
        switch name {
        case "draft": .draft
        case "prediction": .prediction
        default: .submission
        }
    }

    private static func describe(_ report: ResultReport) -> String {
        let problems = report.problems.map { problem in
            "\(problem.code.rawValue) \(problem.pointer)\n  \(problem.message)\n"
                + (problem.hint.map { "  \($0)\n" } ?? "")
        }
        return (report.isAcceptable ? "acceptable" : "refused")
            + ", \(report.regionCount) regions\n" + problems.joined()
    }
}
