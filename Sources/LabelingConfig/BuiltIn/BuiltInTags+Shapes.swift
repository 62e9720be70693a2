extension BuiltInTags {
    /// Shapes on an image whose labels come from a `Labels` tag beside them.
    static let shapeTags: [TagDefinition] = [
        .control(
            "Rectangle",
            on: ["Image"],
            result: "rectangle",
            [.name, .toName, .number("fillOpacity"), .flag("canRotate", default: true), .snap],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "1"),
            smart
        ),
        .control(
            "Ellipse",
            on: ["Image"],
            result: "ellipse",
            [.name, .toName, .number("fillOpacity"), .flag("canRotate", default: true)],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "1"),
            smart
        ),
        .control(
            "KeyPoint",
            on: ["Image"],
            result: "keypoint",
            [.name, .toName, .snap],
            and: shapeStyle(opacity: "0.9", color: "#8bad00", strokeWidth: "2"),
            smart
        ),
        .control(
            "Polygon",
            on: ["Image"],
            result: "polygon",
            [.name, .toName, .snap],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "2"),
            smart,
            pointMarks
        ),
        .control(
            "Vector",
            on: ["Image"],
            result: "vector",
            [.name, .toName, .snap],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "2"),
            smart,
            vectorPath,
            pointMarks
        ),
        .control(
            "Brush",
            on: ["Image"],
            result: "brush",
            [
                .name, .toName, .text("strokeWidth", default: "15"),
                .word("choice", ["single", "multiple"], default: "single"), .number("maxUsages"),
                .flag("showInline", default: true),
            ],
            and: smart
        ),
        .control(
            "Bitmask",
            on: ["Image"],
            result: "bitmask",
            [.name, .toName, .text("strokeWidth", default: "15")],
            and: smart
        ),
        .control(
            "MagicWand",
            on: ["Image"],
            result: "magicwand",
            [
                .name, .toName, .number("opacity", default: "0.6"),
                .text("blurRadius", default: "5"), .text("defaultThreshold", default: "15"),
            ],
            and: smart
        ),
    ]
}
