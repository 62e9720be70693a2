extension BuiltInTags {
    /// Interfaces that a config brings along.
    static let customTags: [TagDefinition] = [
        .control(
            "ReactCode",
            result: "reactcode",
            [
                .name, .reference("toName"), .field("data"), .text("inputs"), .text("outputs"),
                .text("style"), .text("className"), .text("src"),
            ]
        ),
        .control("CustomInterface", [.name]),
    ]
}
