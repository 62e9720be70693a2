import LabelingConfig
import Testing

@Suite struct LabelReplacementTests {
    private func source(
        _ labels: String,
        _ replacements: [(old: String, new: String)],
        after: String = ""
    ) throws -> String {
        let control = "<RectangleLabels name=\"box\" toName=\"i\">\(labels)</RectangleLabels>"
        let config = try ResultCheckerTests.config(
            "<View><Image name=\"i\" value=\"$i\"/>\(control)\(after)</View>"
        )
        let changed = config.source(
            replacing: replacements.map {
                LabelReplacement(control: "box", old: $0.old, new: $0.new)
            }
        )
        // What comes out is a config again.
        _ = try ResultCheckerTests.config(changed)
        let opening = try #require(changed.firstRange(of: "toName=\"i\">"))
        return String(
            changed[opening.upperBound...].dropLast("</View>".count)
        ).replacing("</RectangleLabels>", with: "", maxReplacements: 1)
    }

    @Test(
        arguments: [
            (#"<Label value="a"/><Label value="b"/>"#, #"<Label value="x"/><Label value="b"/>"#),
            (#"<Label alias="a" value="A"/>"#, #"<Label alias="x" value="A"/>"#),
            ("<Label\n value='a'\n/>", "<Label\n value='x'\n/>"),
            ("<Label> a </Label>", "<Label>x</Label>"),
            (
                #"<Label hint="a > b" value = "a" ></Label>"#,
                #"<Label hint="a > b" value = "x" ></Label>"#
            ),
            (
                #"<!-- <Label value="a"/> --><Label value="a"/>"#,
                #"<!-- <Label value="a"/> --><Label value="x"/>"#
            ),
            (#"<Label value="&#97;"/>"#, #"<Label value="x"/>"#),
            (#"<Label value="ä汉"/><Label value="a"/>"#, #"<Label value="ä汉"/><Label value="x"/>"#),
            (#"<Label value="b"/>"#, #"<Label value="b"/>"#),
        ]
    )
    func `a label is renamed where it stands, and nothing else changes`(
        labels: String,
        renamed: String
    ) throws {
        #expect(try source(labels, [("a", "x")]) == renamed)
    }

    @Test(
        arguments: [
            (#"<Label value="a"/><Label value="b"/>"#, #"<Label value="b"/>"#),
            (#"<Label value="b"/><Label value="a"/>"#, #"<Label value="b"/>"#),
            ("\n  <Label value=\"a\"/>\n  <Label value=\"b\"/>\n", "\n  <Label value=\"b\"/>\n"),
            (
                #"<Label value="a">t<!-- </Label> --></Label><Label value="b"/>"#,
                #"<Label value="b"/>"#
            ),
            (
                #"<View><Label value="a"/></View><Label value="b"/>"#,
                #"<View></View><Label value="b"/>"#
            ),
        ]
    )
    func `a label that becomes another one goes`(labels: String, merged: String) throws {
        #expect(try source(labels, [("a", "b")]) == merged)
    }

    @Test func `labels that become a new one leave one behind`() throws {
        let labels = #"<Label value="a"/><Label value="b"/><Label value="c"/>"#
        #expect(
            try source(labels, [("c", "n"), ("a", "n")])
                == #"<Label value="n"/><Label value="b"/>"#
        )
    }

    @Test func `names are written as XML wants them`() throws {
        #expect(
            try source(#"<Label value="a"/><Label value='b'/>"#, [("a", "<\"&'>"), ("b", "'")])
                == #"<Label value="&lt;&#34;&amp;'&gt;"/><Label value='&#39;'/>"#
        )
    }

    @Test func `conditions on the labels follow, those on other controls do not`() throws {
        let rest = """
            <Choices name="k" toName="i" perRegion="true" whenLabelValue="a"><Choice value="a"/>\
            </Choices><TextArea name="t" toName="i" perRegion="true" whenTagName="box" \
            whenLabelValue="b,a"/><TextArea name="u" toName="i" visibleWhen="choice-selected" \
            whenTagName="k" whenChoiceValue="a"/>
            """
        let labels = #"<Label value="a"/><Label value="b"/>"#
        #expect(
            try source(labels, [("a", "b")], after: rest)
                == #"<Label value="b"/>"#
                + rest.replacing(#"whenLabelValue="a""#, with: #"whenLabelValue="b""#)
                .replacing(#""b,a""#, with: #""b""#)
        )
    }
}
