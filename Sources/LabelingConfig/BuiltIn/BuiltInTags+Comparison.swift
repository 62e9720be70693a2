extension BuiltInTags {
    /// Comparing, ranking and relating.
    static let comparisonTags: [TagDefinition] = [
        .control(
            "Pairwise",
            result: "pairwise",
            [.name, .toName, .text("selectionStyle"), .text("leftClass"), .text("rightClass")],
            and: smart
        ),
        .control(
            "Ranker",
            on: ["List"],
            result: "ranker",
            children: .named(["Bucket"]),
            [.name, .toName, .flag("collapsible", default: true)]
        ),
        .part(
            "Bucket",
            .control,
            of: ["Ranker"],
            [.name, .text("title"), .flag("default", default: false)]
        ),
        .control(
            "Relations",
            result: "relation",
            children: .named(["Relation"]),
            [.word("choice", ["single", "multiple"], default: "multiple")]
        ),
        .part(
            "Relation",
            .control,
            of: ["Relations"],
            [.text("value", required: true), .color("background")]
        ),
    ]
}
