/// Attributes and children that several built-in tags share.
extension BuiltInTags {
    /// Tags whose labels are `Label` tags inside.
    static let labelSets = [
        "Labels", "RectangleLabels", "EllipseLabels", "KeyPointLabels", "PolygonLabels",
        "VectorLabels", "BrushLabels", "BitmaskLabels", "HyperTextLabels", "ParagraphLabels",
        "TimeSeriesLabels", "TimelineLabels", "VideoVectorLabels", "OcrLabels",
    ]

    /// What stands inside a set of labels: the labels and what arranges them.
    static let labelParts = TagDefinition.Children.named(["Label", "Header", "View", "HyperText"])

    /// Attributes of a set of labels.
    static let labelSet: [TagAttribute] = [
        .word("choice", ["single", "multiple"], default: "single"),
        .text("maxUsages"),
        .flag("showInline", default: true),
        .text("groupDepth"),
        .flag("allowEmpty", default: false),
        .text("value", default: ""),
    ]

    /// Whether a predictor draws with the tag.
    static let smart: [TagAttribute] = [
        .flag("smart", default: true), .flag("smartOnly", default: false),
    ]

    /// How a shape looks: opacity from 0 to 1, one CSS color for fill and stroke, and the width of
    /// the stroke in pixels of the screen.
    static func shapeStyle(
        opacity: String,
        color: String,
        strokeWidth: String
    ) -> [TagAttribute] {
        [
            .number("opacity", default: opacity),
            .color("fillColor", default: color),
            .text("strokeWidth", default: strokeWidth),
            .color("strokeColor", default: color),
        ]
    }

    /// How the points of a path look.
    static let pointMarks: [TagAttribute] = [
        .word("pointSize", ["small", "medium", "large"], default: "small"),
        .word("pointStyle", ["rectangle", "circle"], default: "circle"),
    ]

    /// What a path may become.
    static let vectorPath: [TagAttribute] = [
        .flag("closable", default: false),
        .flag("curves", default: false),
        .number("minPoints"),
        .number("maxPoints"),
        .flag("skeleton", default: false),
        .text("pointSizeEnabled", default: "5"),
        .text("pointSizeDisabled", default: "3"),
    ]

    /// For what an answer is given: task, region or item; and whether it must be.
    static let perRegion: [TagAttribute] = [
        .flag("perRegion", default: false),
        .text("whenLabelValue"),
        .word("displayMode", ["tag", "region-list"], default: "tag"),
        .flag("perItem", default: false),
        .flag("required", default: false),
        .text("requiredMessage"),
    ]

    /// When a tag is shown.
    static let visibility: [TagAttribute] = [
        .word(
            "visibleWhen",
            ["region-selected", "no-region-selected", "choice-selected", "choice-unselected"]
        ),
        .text("whenTagName"),
        .text("whenChoiceValue"),
        .text("whenRole"),
    ]
}

/// The player that both audio tags share.
extension BuiltInTags {
    static let audioPlayer: [TagAttribute] = [
        .flag("muted", default: false),
        .flag("zoom", default: true),
        .text("defaultZoom", default: "1"),
        .flag("volume", default: true),
        .text("defaultVolume", default: "1"),
        .flag("speed", default: true),
        .text("defaultSpeed", default: "1"),
        .hotkey,
        .flag("showLabels", default: false),
        .flag("showScores", default: false),
        .text("height", default: "96"),
        .text("waveHeight", default: "32"),
        .text("cursorWidth", default: "2"),
        .color("cursorColor", default: "#333"),
        .text("defaultScale", default: "1"),
        .flag("autoCenter", default: true),
        .flag("scrollParent", default: true),
        .flag("splitChannels", default: false),
        .word("decoder", ["ffmpeg", "webaudio", "none"], default: "webaudio"),
        .word("player", ["html5", "webaudio"], default: "html5"),
        .flag("spectrogram", default: false),
        .text("sync", default: ""),
        .resolver,
    ]
}
