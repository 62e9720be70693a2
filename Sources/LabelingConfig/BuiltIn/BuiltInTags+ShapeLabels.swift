extension BuiltInTags {
    /// Shapes on an image that carry their own labels.
    static let shapeLabelTags: [TagDefinition] = [
        .control(
            "RectangleLabels",
            on: ["Image"],
            data: [.string, .array],
            result: "rectanglelabels",
            children: labelParts,
            [
                .name, .toName, .number("fillOpacity"), .flag("canRotate", default: true), .snap,
                .resolver,
            ],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "1"),
            labelSet,
            smart
        ),
        .control(
            "EllipseLabels",
            on: ["Image"],
            data: [.string, .array],
            result: "ellipselabels",
            children: labelParts,
            [.name, .toName, .number("fillOpacity"), .flag("canRotate", default: true), .resolver],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "1"),
            labelSet,
            smart
        ),
        .control(
            "KeyPointLabels",
            on: ["Image"],
            data: [.string, .array],
            result: "keypointlabels",
            children: labelParts,
            [.name, .toName, .number("fillOpacity"), .snap, .resolver],
            and: shapeStyle(opacity: "0.9", color: "#8bad00", strokeWidth: "2"),
            labelSet,
            smart
        ),
        .control(
            "PolygonLabels",
            on: ["Image"],
            data: [.string, .array],
            result: "polygonlabels",
            children: labelParts,
            [.name, .toName, .number("fillOpacity"), .snap, .resolver],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "2"),
            labelSet,
            smart,
            pointMarks
        ),
        .control(
            "VectorLabels",
            on: ["Image"],
            data: [.string, .array],
            result: "vectorlabels",
            children: labelParts,
            [
                .name, .toName, .text("opacity", default: "1"),
                .color("fillColor", default: "#f48a42"), .text("strokeWidth", default: "2"),
                .color("strokeColor", default: "#f48a42"), .number("fillOpacity"), .snap, .resolver,
            ],
            and: labelSet,
            smart,
            vectorPath,
            pointMarks
        ),
        .control(
            "BrushLabels",
            on: ["Image"],
            data: [.string, .array],
            result: "brushlabels",
            children: labelParts,
            [.name, .toName, .number("fillOpacity"), .resolver],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "15"),
            labelSet,
            smart
        ),
        .control(
            "BitmaskLabels",
            on: ["Image"],
            data: [.string, .array],
            result: "bitmasklabels",
            children: labelParts,
            [.name, .toName, .number("fillOpacity"), .resolver],
            and: shapeStyle(opacity: "0.2", color: "#f48a42", strokeWidth: "15"),
            labelSet,
            smart
        ),
        .control(
            "OcrLabels",
            on: ["Pdf", "Image"],
            result: "ocrlabels",
            children: .named(["Label"]),
            [.name, .toName]
        ),
    ]
}
