extension BuiltInTags {
    /// Tags that only arrange, and what old configs hold.
    static let layoutTags: [TagDefinition] = [
        .visual(
            "View",
            children: .any,
            [
                .text("className", default: ""),
                .word("display", ["block", "inline"], default: "block"), .text("style"),
                .text("idAttr", default: ""), .text("whenLabelValue"),
            ],
            and: visibility
        ),
        .visual(
            "Header",
            data: [.string, .integer, .number],
            [
                .text("size", default: "4"), .text("style"), .text("value", default: ""),
                .flag("underline", default: false), .resolver,
            ]
        ),
        .visual(
            "Markdown",
            [
                .text("value", default: ""), .text("className", default: ""), .text("style"),
                .text("idAttr", default: ""), .resolver, .text("whenLabelValue"),
            ],
            and: visibility
        ),
        .visual("Style", [.text("value", default: "")]),
        .visual(
            "Collapse",
            children: .named(["Panel"]),
            [
                .text("size", default: "4"), .text("style"), .text("value", default: ""),
                .flag("bordered", default: false), .flag("accordion", default: true), .flag("open"),
                .resolver,
            ]
        ),
        .visual("Panel", children: .any, [.text("value", default: ""), .flag("open"), .resolver]),
        .visual(
            "Filter",
            [
                .name, .toName, .flag("caseSensetive", default: false),
                .flag("cleanup", default: true), .text("placeholder", default: "Quick Filter"),
                .text("minLength", default: "3"), .hotkey, .resolver, .text("style"),
            ]
        ),
        .visual("Dialog", [.text("value"), .text("name")]),
        .visual(
            "Repeater",
            children: .any,
            [
                .field("on", required: true), .text("indexFlag", default: "{{idx}}"),
                .word("mode", ["list", "pagination"], default: "list"),
            ]
        ),
        .visual("PagedView"),
    ]
}
