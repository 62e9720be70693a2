extension BuiltInTags {
    /// Images, sound, film and PDF.
    static let mediaTags: [TagDefinition] = [
        .object(
            "Image",
            data: [.string, .array],
            [
                .name, .value, .field("valueList"), .number("resize"),
                .text("width", default: "100%"), .text("height"),
                .text("maxWidth", default: "100%"),
                .text("maxHeight", default: "calc(100vh - 194px)"), .flag("smoothing"),
                .flag("grid", default: false), .text("gridSize", default: "30"),
                .color("gridColor", default: "#EEEEF4"), .flag("zoom", default: true),
                .flag("negativeZoom", default: false), .text("zoomBy", default: "1.1"),
                .flag("showLabels", default: false), .flag("zoomControl", default: true),
                .flag("brightnessControl", default: false),
                .flag("contrastControl", default: false), .flag("rotateControl", default: false),
                .flag("crosshair", default: false), .flag("selectionControl", default: true),
                .flag("lazyOff", default: false),
                .word("horizontalAlignment", ["left", "center", "right"], default: "left"),
                .word("verticalAlignment", ["top", "center", "bottom"], default: "top"),
                .word("defaultZoom", ["auto", "original", "fit"], default: "fit"),
                .word("crossOrigin", ["none", "anonymous", "use-credentials"], default: "none"),
            ]
        ),
        .object("Audio", [.name, .value], and: audioPlayer),
        .object("AudioPlus", [.name, .field("value")], and: audioPlayer),
        .object(
            "Video",
            [
                .name, .value, .hotkey, .text("frameRate", default: "24"),
                .text("height", default: "600"), .text("timelineHeight"),
                .flag("muted", default: false), .text("defaultPlaybackSpeed", default: "1"),
                .text("minPlaybackSpeed", default: "0.25"), .text("sync", default: ""), .resolver,
            ]
        ),
        .object("Pdf", [.name, .value, .resolver]),
    ]
}
