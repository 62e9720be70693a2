extension BuiltInTags {
    /// Text and other things to read.
    static let documentTags: [TagDefinition] = [
        .object(
            "Text",
            data: [.string, .integer, .number, .array],
            [
                .name, .value, .word("valueType", ["text", "url"], default: "text"),
                .flag("inline", default: false),
                .word("saveTextResult", ["none", "no", "yes"], default: "none"),
                .flag("selectionEnabled", default: true), .flag("clickableLinks", default: false),
                .color("highlightColor"), .flag("showLabels"),
                .word("encoding", ["none", "base64", "base64unicode"], default: "none"),
                .word(
                    "granularity",
                    ["symbol", "word", "sentence", "paragraph"],
                    default: "symbol"
                ), .resolver,
            ]
        ),
        .object(
            "HyperText",
            [
                .name, .value, .word("valueType", ["text", "url"], default: "text"),
                .flag("inline", default: false),
                .word("saveTextResult", ["none", "no", "yes"], default: "none"),
                .flag("selectionEnabled", default: true), .flag("clickableLinks", default: false),
                .color("highlightColor"), .flag("showLabels"),
                .word("encoding", ["none", "base64", "base64unicode"], default: "none"),
                .word(
                    "granularity",
                    ["symbol", "word", "sentence", "paragraph"],
                    default: "symbol"
                ), .resolver,
            ]
        ),
        .object(
            "Paragraphs",
            data: [.array, .string],
            [
                .name, .value, .word("valueType", ["json", "url"], default: "json"),
                .text("audioUrl"), .flag("showPlayer", default: false), .text("highlightColor"),
                .flag("showLabels", default: false),
                .word("layout", ["none", "dialogue"], default: "none"),
                .word("saveTextResult", ["none", "no", "yes"], default: "yes"),
                .text("nameKey", default: "author"), .text("textKey", default: "text"),
                .flag("contextScroll", default: false), .text("sync", default: ""),
            ]
        ),
        .object(
            "Table",
            data: [.object, .array, .string],
            [.name, .value, .text("valueType", default: "json"), .resolver]
        ),
        .object(
            "List",
            data: [.array, .string],
            [.name, .value, .text("title", default: ""), .resolver]
        ),
        .object(
            "Chat",
            data: [.array, .string],
            result: "chatmessage",
            [
                .name, .value, .reference("toName"), .text("messageRoles"), .flag("editable"),
                .integer("minMessages"), .integer("maxMessages"), .text("llm"),
            ]
        ),
    ]
}
