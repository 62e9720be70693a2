internal import FoundationEssentials
internal import LabelModel
internal import LabelingService

/// What a body asks to change about a project; fields that are not named stay as they are.
struct ProjectChange: Sendable {
    /// Ids of plugins to enable in the same step.
    let enabledPlugins: [String]
    private let edits: [@Sendable (inout ProjectSettings) -> Void]

    /// Reads the writable fields; unknown and read-only ones are passed over, as Label Studio does.
    ///
    /// - Throws: ``APIError`` 400 naming the field that cannot be.
    init(_ fields: BodyFields) throws(APIError) {
        var reader = Reader(fields: fields)
        try reader.title()
        try reader.text("description", \.description)
        try reader.text("label_config", \.labelConfig)
        try reader.text("expert_instruction", \.expertInstruction)
        try reader.text("color", \.color)
        try reader.text("model_version", \.modelVersion)
        try reader.flag("show_instruction", \.showInstruction)
        try reader.flag("show_skip_button", \.showSkipButton)
        try reader.flag("enable_empty_annotation", \.enableEmptyAnnotation)
        try reader.flag("show_annotation_history", \.showAnnotationHistory)
        try reader.flag("show_collab_predictions", \.showCollabPredictions)
        try reader.flag("show_ground_truth_first", \.showGroundTruthFirst)
        try reader.flag("show_overlap_first", \.showOverlapFirst)
        try reader.flag(
            "evaluate_predictions_automatically",
            \.evaluatePredictionsAutomatically
        )
        try reader.flag(
            "reveal_preannotations_interactively",
            \.revealPreannotationsInteractively
        )
        try reader.flag("is_published", \.isPublished)
        try reader.flag("is_draft", \.isDraft)
        try reader.number("maximum_annotations", 1...1000, \.maximumAnnotations)
        try reader.number("overlap_cohort_percentage", 0...100, \.overlapCohortPercentage)
        try reader.number(
            "min_annotations_to_start_training",
            0...Int64(Int32.max),
            \.minAnnotationsToStartTraining
        )
        try reader.choice("sampling", \.sampling)
        try reader.choice("skip_queue", \.skipQueue)
        try reader.moment("pinned_at", \.pinnedAt)
        try reader.moment("archived_at", \.archivedAt)
        if let organization = try fields.integer("organization"),
            organization != Organization.number
        {
            throw APIError.invalid(field: "organization", "There is one organization, number 1.")
        }
        edits = reader.edits
        enabledPlugins = try fields.strings("enable_plugins") ?? []
    }

    func apply(to settings: inout ProjectSettings) {
        for edit in edits { edit(&settings) }
    }

    /// Collects edits field by field.
    private struct Reader {
        typealias Path<Value> = any WritableKeyPath<ProjectSettings, Value> & Sendable

        let fields: BodyFields
        var edits: [@Sendable (inout ProjectSettings) -> Void] = []

        mutating func title() throws(APIError) {
            guard let title = try fields.string("title") else { return }
            if title.count > 50 {
                throw APIError.invalid(
                    field: "title",
                    "Ensure this field has no more than 50 characters."
                )
            }
            if !title.isEmpty, title.count < 3 {
                throw APIError.invalid(
                    field: "title",
                    "Ensure this field has at least 3 characters."
                )
            }
            edits.append { $0.title = title }
        }

        mutating func text(_ name: String, _ path: Path<String>) throws(APIError) {
            guard fields.has(name) else { return }
            let text = try fields.string(name) ?? ""
            edits.append { $0[keyPath: path] = text }
        }

        mutating func flag(_ name: String, _ path: Path<Bool>) throws(APIError) {
            guard let flag = try fields.bool(name) else { return }
            edits.append { $0[keyPath: path] = flag }
        }

        mutating func number(
            _ name: String,
            _ range: ClosedRange<Int64>,
            _ path: Path<Int64>
        ) throws(APIError) {
            guard let number = try fields.integer(name) else { return }
            guard range.contains(number) else {
                throw APIError.invalid(
                    field: name,
                    "Ensure this value lies between \(range.lowerBound) and \(range.upperBound)."
                )
            }
            edits.append { $0[keyPath: path] = number }
        }

        mutating func choice<Choice>(
            _ name: String,
            _ path: Path<Choice>
        ) throws(APIError)
        where Choice: RawRepresentable<String> & CaseIterable & Sendable {
            guard let text = try fields.string(name) else { return }
            guard let choice = Choice(rawValue: text) else {
                let names = Choice.allCases.map { "“\($0.rawValue)”" }.joined(separator: ", ")
                throw APIError.invalid(
                    field: name,
                    "“\(text)” is not a valid choice.",
                    hint: "Choose one of \(names)."
                )
            }
            edits.append { $0[keyPath: path] = choice }
        }

        mutating func moment(_ name: String, _ path: Path<Timestamp?>) throws(APIError) {
            guard fields.has(name) else { return }
            guard let text = try fields.string(name), !text.isEmpty else {
                edits.append { $0[keyPath: path] = nil }
                return
            }
            let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            guard let date = (try? fractional.parse(text)) ?? (try? Date(text, strategy: .iso8601))
            else {
                throw APIError.invalid(field: name, "Datetime has wrong format.")
            }
            let moment = Timestamp(microseconds: Int64(date.timeIntervalSince1970 * 1_000_000))
            edits.append { $0[keyPath: path] = moment }
        }
    }
}
