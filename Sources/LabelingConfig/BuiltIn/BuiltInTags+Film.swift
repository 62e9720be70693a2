extension BuiltInTags {
    /// Parts of films.
    static let filmTags: [TagDefinition] = [
        .control(
            "TimelineLabels",
            on: ["Video"],
            data: [.string, .array],
            result: "timelinelabels",
            children: .named(["Label"]),
            [.name, .toName, .number("fillOpacity"), .resolver],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "1"),
            labelSet,
            smart
        ),
        .control(
            "VideoRectangle",
            on: ["Video"],
            result: "videorectangle",
            [.name, .toName],
            and: smart
        ),
        .control(
            "VideoVector",
            on: ["Video"],
            result: "videovector",
            [
                .name, .toName, .number("opacity", default: "0.6"),
                .text("fillColor", default: "transparent"),
                .text("strokeColor", default: "#f48a42"), .number("strokeWidth", default: "3"),
                .flag("closable", default: false), .flag("skeleton", default: false),
                .number("minPoints"), .number("maxPoints"), .snap,
                .number("pointSizeEnabled", default: "5"),
                .number("pointSizeDisabled", default: "3"),
            ],
            and: pointMarks
        ),
        .control(
            "VideoVectorLabels",
            on: ["Video"],
            result: "videovectorlabels",
            [
                .name, .toName, .word("choice", ["single", "multiple"], default: "single"),
                .number("maxUsages"), .flag("showInline", default: true),
                .number("opacity", default: "0.2"), .text("fillColor"), .text("strokeColor"),
                .number("strokeWidth", default: "1"), .flag("closable", default: false),
                .flag("skeleton", default: false), .number("minPoints"), .number("maxPoints"),
            ]
        ),
    ]
}
