extension BuiltInTags {
    /// What is checked of built-in tags' configs and results, by the tag's name.
    ///
    /// Results of tags that are not listed are stored as they come.
    static let behaviors: [String: any TagBehavior] = [
        "Video": VideoBehavior(),
        "Rectangle": RectangleBehavior(labelsKey: nil),
        "RectangleLabels": RectangleBehavior(labelsKey: "rectanglelabels"),
        "Polygon": PolygonBehavior(labelsKey: nil),
        "PolygonLabels": PolygonBehavior(labelsKey: "polygonlabels"),
        "Labels": LabelsBehavior(),
        "Choices": ChoicesBehavior(),
    ]
}
