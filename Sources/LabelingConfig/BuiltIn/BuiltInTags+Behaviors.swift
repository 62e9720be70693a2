extension BuiltInTags {
    /// What is checked of built-in tags' configs and results, by the tag's name.
    ///
    /// Results of tags that are not listed are stored as they come: those of `ReactCode`, whose value
    /// is whatever a config's own code makes.
    static let behaviors: [String: any TagBehavior] = [
        "Video": VideoBehavior(),
        "Rectangle": FieldsBehavior.rectangle(),
        "RectangleLabels": FieldsBehavior.rectangle(labels: "rectanglelabels"),
        "Polygon": PolygonBehavior(labelsKey: nil),
        "PolygonLabels": PolygonBehavior(labelsKey: "polygonlabels"),
        "Ellipse": FieldsBehavior.ellipse(),
        "EllipseLabels": FieldsBehavior.ellipse(labels: "ellipselabels"),
        "KeyPoint": FieldsBehavior.keyPoint(),
        "KeyPointLabels": FieldsBehavior.keyPoint(labels: "keypointlabels"),
        "Vector": VectorBehavior(labelsKey: nil),
        "VectorLabels": VectorBehavior(labelsKey: "vectorlabels"),
        "Brush": MaskBehavior(labelsKey: nil),
        "BrushLabels": MaskBehavior(labelsKey: "brushlabels"),
        "MagicWand": MaskBehavior(labelsKey: nil),
        "Bitmask": BitmaskBehavior(labelsKey: nil),
        "BitmaskLabels": BitmaskBehavior(labelsKey: "bitmasklabels"),
        "OcrLabels": FieldsBehavior.ocr,
        "Labels": LabelsBehavior(),
        "HyperTextLabels": SpanBehavior(labelsKey: "hypertextlabels"),
        "ParagraphLabels": SpanBehavior(labelsKey: "paragraphlabels"),
        "TimeSeriesLabels": SpanBehavior(labelsKey: "timeserieslabels"),
        "TimelineLabels": TimelineBehavior(),
        "VideoRectangle": TrackBehavior(shape: .box),
        "VideoVector": TrackBehavior(shape: .path),
        "VideoVectorLabels": TrackBehavior(shape: .path),
        "Choices": ChoicesBehavior(),
        "Taxonomy": TaxonomyBehavior(),
        "TextArea": FieldsBehavior.textArea,
        "Rating": RatingBehavior(),
        "Number": NumberBehavior(),
        "DateTime": FieldsBehavior.dateTime,
        "Pairwise": FieldsBehavior.pairwise,
        "Ranker": RankerBehavior(),
        "Chat": ChatBehavior(),
    ]
}
