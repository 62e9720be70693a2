import LabelingConfig
import Testing

@Suite struct ConfigChangeTests {
    private static let old = """
        <View><Text name="text" value="$text"/>
        <Labels name="ner" toName="text"><Label value="PER"/><Label value="ORG"/></Labels>
        <Choices name="tone" toName="text"><Choice value="Good"/></Choices>
        <TextArea name="note" toName="text"/></View>
        """

    private func change(_ part: String, _ replacement: String) throws -> ConfigChange {
        ConfigChange(
            from: try ResultCheckerTests.config(Self.old),
            to: try ResultCheckerTests.config(Self.old.replacing(part, with: replacement))
        )
    }

    @Test func `labels that go are named, added ones are not`() throws {
        let change = try change(#"<Label value="ORG"/>"#, #"<Label value="LOC"/>"#)
        #expect(change.vanishedControls.isEmpty)
        #expect(change.vanishedLabels == [.init(control: "ner", label: "ORG")])
    }

    @Test func `a renamed control and one of another type have vanished`() throws {
        #expect(try change(#"name="ner""#, #"name="spans""#).vanishedControls == ["ner"])
        #expect(try change("TextArea", "Number").vanishedControls == ["note"])
    }

    @Test func `labels from the task's data take away nothing`() throws {
        let change = try change(
            #"<Choices name="tone" toName="text">"#,
            #"<Choices name="tone" toName="text" value="$options">"#
        )
        #expect(change.vanishedLabels.isEmpty)
    }

    @Test(
        arguments: [
            ("ner", "text", "labels", true), ("ner", "text", "choices", false),
            ("ner", "other", "labels", false), ("gone", "text", "labels", false),
            ("gone", "text", "textarea", true), ("gone", "chat", "chatmessage", true),
        ])
    func `a recorded control must fit, except text areas and chats`(
        fromName: String,
        toName: String,
        type: String,
        fits: Bool
    ) throws {
        let config = try ResultCheckerTests.config(Self.old)
        let recorded = ConfigChange.RecordedControl(
            fromName: fromName,
            toName: toName,
            type: type
        )
        let problems = config.problems(withRecordedControls: [recorded])
        #expect(problems.map(\.code) == (fits ? [] : [.controlInUse]))
    }

    @Test func `a recorded label that is no longer offered is named`() throws {
        let config = try ResultCheckerTests.config(Self.old)
        let problems = config.problems(withRecordedLabels: [
            .init(control: "ner", label: "PER"), .init(control: "ner", label: "LOC"),
        ])
        #expect(problems.map(\.code) == [.labelInUse])
        #expect(problems.first?.message.contains("LOC") == true)
    }

    @Test func `a recorded control of a repeater fits by its pattern`() throws {
        let config = try ResultCheckerTests.config(
            """
            <View><Repeater on="$p" indexFlag="#"><Text name="t#" value="$p[#]"/>
            <Choices name="c#" toName="t#"><Choice value="a"/></Choices></Repeater></View>
            """
        )
        func fits(_ fromName: String, _ toName: String) -> Bool {
            config.problems(withRecordedControls: [
                .init(fromName: fromName, toName: toName, type: "choices")
            ]).isEmpty
        }
        #expect(fits("c0", "t0"))
        #expect(fits("c12", "t3"))
        #expect(!fits("c", "t0"))
        #expect(!fits("cx", "t0"))
    }

    @Test func `a config without fields or controls is a beginning and refuses nothing`() throws {
        let config = try ResultCheckerTests.config("<View/>")
        let recorded = ConfigChange.RecordedControl(fromName: "x", toName: "y", type: "labels")
        #expect(config.problems(withRecordedControls: [recorded]).isEmpty)
    }
}
