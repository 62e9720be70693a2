extension BuiltInTags {
    /// Parts of texts and recordings, and the labels that all label sets share.
    static let spanTags: [TagDefinition] = [
        .control(
            "Labels",
            on: ["Text", "HyperText", "Audio", "Image", "Paragraphs", "TimeSeries", "Video"],
            data: [.string, .array],
            result: "labels",
            children: .named(["Label", "Header", "View", "Text", "HyperText"]),
            [.name, .toName, .number("fillOpacity"), .resolver],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "1"),
            labelSet,
            smart
        ),
        .control(
            "HyperTextLabels",
            on: ["HyperText"],
            data: [.string, .array],
            result: "hypertextlabels",
            children: labelParts,
            [.name, .toName, .number("fillOpacity"), .resolver],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "1"),
            labelSet,
            smart
        ),
        .control(
            "ParagraphLabels",
            on: ["Paragraphs"],
            data: [.string, .array],
            result: "paragraphlabels",
            children: labelParts,
            [.name, .toName, .number("fillOpacity"), .resolver],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "1"),
            labelSet,
            smart
        ),
        .part(
            "Label",
            .control,
            of: labelSets,
            [
                .text("value", required: true), .flag("selected", default: false),
                .text("maxUsages"), .text("alias"), .text("hint"), .hotkey,
                .flag("showAlias", default: false), .text("aliasStyle", default: "opacity: 0.6"),
                .text("size", default: "medium"), .color("background", default: "#DA935D"),
                .color("selectedColor", default: "#ffffff"),
                .word("granularity", ["symbol", "word", "sentence", "paragraph"]),
                .text("groupCanContain"), .text("html"), .resolver, .integer("model_index"),
                .text("predicted_values"), .integer("category"),
            ]
        ),
    ]
}
