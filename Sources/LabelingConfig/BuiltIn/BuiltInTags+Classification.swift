extension BuiltInTags {
    /// Answers about a whole task, object or region.
    static let classificationTags: [TagDefinition] = [
        .control(
            "Choices",
            data: [.string, .array],
            result: "choices",
            children: .named(["Choice", "View", "Header", "HyperText"]),
            [
                .name, .toName, .flag("showInline"),
                .word("choice", ["single", "single-radio", "multiple"], default: "single"),
                .word("layout", ["select", "inline", "vertical"], default: "vertical"),
                .text("value", default: ""), .flag("allowNested", default: false), .resolver,
            ],
            and: smart,
            perRegion,
            visibility
        ),
        .part(
            "Choice",
            .control,
            of: ["Choices", "Taxonomy"],
            children: .named(["Choice"]),
            [
                .flag("selected", default: false), .text("alias"), .text("value", required: true),
                .hotkey, .text("style"), .text("html"), .text("color"), .text("hint"), .resolver,
            ]
        ),
        .control(
            "Taxonomy",
            data: [.string, .array, .null],
            result: "taxonomy",
            children: .named(["Choice"]),
            [
                .name, .toName, .flag("labeling", default: false),
                .flag("leafsOnly", default: false), .flag("showFullPath", default: false),
                .flag("legacy", default: false), .text("pathSeparator", default: " / "),
                .text("apiUrl"), .text("placeholder", default: ""), .text("minWidth"),
                .text("maxWidth"), .text("dropdownWidth"), .text("maxUsages"),
                .text("value", default: ""), .resolver,
            ],
            and: smart,
            perRegion,
            visibility
        ),
        .control(
            "TextArea",
            result: "textarea",
            children: .named(["Shortcut"]),
            [
                .name, .toName, .flag("allowSubmit", default: true), .text("label", default: ""),
                .text("value"), .text("rows", default: "1"), .flag("showSubmitButton"),
                .text("placeholder"), .text("maxSubmissions"), .flag("editable", default: false),
                .flag("transcription", default: false), .flag("skipDuplicates", default: false),
                .resolver,
            ],
            and: smart,
            perRegion,
            visibility
        ),
        .part(
            "Shortcut",
            .control,
            of: ["TextArea"],
            [
                .text("value", required: true), .text("alias"),
                .color("background", default: "#333333"), .hotkey, .resolver,
            ]
        ),
        .control(
            "Rating",
            result: "rating",
            [
                .name, .toName, .text("maxRating", default: "5"), .text("icon", default: "star"),
                .word("size", ["small", "medium", "large"], default: "medium"),
                .text("defaultValue", default: "0"), .hotkey,
            ],
            and: smart,
            perRegion
        ),
        .control(
            "Number",
            result: "number",
            [
                .name, .toName, .text("min"), .text("max"), .text("step"), .text("defaultValue"),
                .flag("slider", default: false), .hotkey,
            ],
            and: smart,
            perRegion
        ),
        .control(
            "DateTime",
            result: "datetime",
            [
                .name, .toName, .text("format"), .text("only"), .text("min"), .text("max"),
                .text("step"), .text("defaultValue"), .hotkey,
            ],
            and: smart,
            perRegion
        ),
    ]
}
