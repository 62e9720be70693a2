import LabelingConfig
import Testing
import ValueTree

@Suite struct TaskDataCheckerTests {
    private static let config = """
        <View>
          <Image name="img" value="$image"/><Text name="text" value="$doc.body"/>
          <HyperText name="page" value="$page"/><Table name="table" value="$row"/>
          <Header value="$title of $author"/><Text name="second" value="$list[1].text"/>
          <Repeater on="$items"><Text name="t_{{idx}}" value="$items[{{idx}}].t"/></Repeater>
          <Choices name="c" toName="img" value="$options"/>
        </View>
        """
    private static let good = """
        {"image":"a.png","doc":{"body":"x"},"page":"<p>","row":{"a":1},"items":[],
         "list":["",{"text":7}],"options":["a"]}
        """

    private func codes(_ data: String) throws -> [String] {
        let checker = TaskDataChecker(try ResultCheckerTests.config(Self.config))
        return checker.problems(in: try JSONText(parsing: data)).map {
            "\($0.code.rawValue) \($0.pointer)"
        }
    }

    @Test func `data with every field of the right type is right`() throws {
        #expect(try codes(Self.good).isEmpty)
    }

    @Test(
        arguments: [
            (#""a.png""#, "{}", "task_data_type /image"),
            (#""image""#, #""Image""#, "task_data_missing /image"),
            (#""body""#, #""title""#, "task_data_missing /doc/body"),
            (#"{"body":"x"}"#, #""x""#, "task_data_missing /doc/body"),
            (#""<p>""#, "5", "task_data_type /page"),
            (#"{"a":1}"#, "null", "task_data_type /row"),
            (#""items":[]"#, #""items":"x""#, "task_data_type /items"),
            (#"{"text":7}"#, "{}", "task_data_missing /list/1/text"),
            (#"["",{"text":7}]"#, "[]", "task_data_missing /list/1/text"),
            (#"{"text":7}"#, #"{"text":true}"#, "task_data_type /list/1/text"),
            (#"["a"]"#, "1", "task_data_type /options"),
        ])
    func `a field that is missing or of another type is named`(
        part: String,
        replacement: String,
        problem: String
    ) throws {
        let data = Self.good.replacing(part, with: replacement)
        #expect(try codes(data) == [problem])
    }

    @Test(arguments: ["[]", "5", "null", #""text""#])
    func `data that is no object is refused`(data: String) throws {
        #expect(try codes(data) == ["task_data_form "])
    }
}
