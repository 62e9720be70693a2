internal import LabelModel

extension Component {
    /// Projects and their pages.
    var projectSchema: Schema {
        switch self {
        case .project: .object(Self.projectMembers)
        case .projectFields: .object(Self.writableMembers)
        case .projectPage: Self.page(of: .reference(.project))
        default:
            Self.page(
                of: .object([.init("id", .integer)] + Self.counterMembers)
            )
        }
    }

    /// What a page of a list looks like around its elements.
    static func page(of schema: Schema) -> Schema {
        .object([
            .init("count", .integer), .init("next", .nullable(.string)),
            .init("previous", .nullable(.string)), .init("results", .array(schema)),
        ])
    }

    private static let sampling = Schema.oneOf(ProjectSettings.Sampling.allCases.map(\.rawValue))
    private static let skipQueue = Schema.oneOf(ProjectSettings.SkipQueue.allCases.map(\.rawValue))

    private static let counterMembers: [Schema.Member] = [
        "task_number", "finished_task_number", "num_tasks_with_annotations",
        "useful_annotation_number", "ground_truth_number", "skipped_annotations_number",
        "total_annotations_number", "total_predictions_number",
    ].map { .init($0, .nullable(.integer)) }

    /// What people choose; every field may be left out of a request.
    private static let settingMembers: [(name: String, schema: Schema)] = [
        ("title", .string), ("description", .nullable(.string)), ("label_config", .string),
        ("expert_instruction", .nullable(.string)), ("show_instruction", .boolean),
        ("show_skip_button", .boolean), ("enable_empty_annotation", .boolean),
        ("show_annotation_history", .boolean), ("color", .string),
        ("maximum_annotations", .integer), ("is_published", .boolean),
        ("model_version", .nullable(.string)), ("is_draft", .boolean),
        ("min_annotations_to_start_training", .integer), ("show_collab_predictions", .boolean),
        ("sampling", sampling), ("show_ground_truth_first", .boolean),
        ("show_overlap_first", .boolean), ("overlap_cohort_percentage", .integer),
        ("evaluate_predictions_automatically", .boolean), ("skip_queue", skipQueue),
        ("reveal_preannotations_interactively", .boolean), ("pinned_at", .nullable(.dateTime)),
        ("archived_at", .nullable(.dateTime)),
    ]

    private static let writableMembers: [Schema.Member] =
        settingMembers.map { .optional($0.name, $0.schema) }
        + [.optional("enable_plugins", .array(.string))]

    private static let projectMembers: [Schema.Member] =
        [.init("id", .integer)]
        + settingMembers.map { .init($0.name, $0.schema) }
        + [
            .init("organization", .integer), .init("created_by", .nullable(.map(.any))),
            .init("created_at", .dateTime),
            .init("start_training_on_annotation_update", .boolean),
            .init("task_data_login", .nullable(.string)),
            .init("task_data_password", .nullable(.string)),
            .init("control_weights", .map(.any)), .init("parsed_label_config", .map(.any)),
            .init("config_has_control_tags", .boolean),
            .init("config_suitable_for_bulk_annotation", .boolean),
            .init("annotator_evaluation_enabled", .boolean), .init("state", .nullable(.string)),
            .init("queue_total", .nullable(.integer)), .init("queue_done", .nullable(.integer)),
        ] + counterMembers
}
