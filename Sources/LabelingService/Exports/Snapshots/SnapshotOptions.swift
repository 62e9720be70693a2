import Contracts
import LabelModel
import ValueTree

/// What of a project a snapshot holds; read from Label Studio's three objects of options.
struct SnapshotOptions: Sendable {
    /// Filters and order of a view count, when there is one.
    var view: ViewID?
    var filters: [TaskFilter] = []
    /// Kinds of annotations that are kept; empty keeps all.
    var kinds: Set<AnnotationKind> = []

    enum AnnotationKind: Hashable, Sendable {
        case usual, groundTruth, skipped
    }

    /// Reads the body of the request that asked for the snapshot.
    init(_ body: JSONText) throws(ServiceError) {
        let fields = BodyFields(body)
        if let tasks = try fields.object("task_filter_options") {
            try readTasks(BodyFields(tasks, at: "/task_filter_options"))
        }
        if let annotations = try fields.object("annotation_filter_options") {
            let kinds = BodyFields(annotations, at: "/annotation_filter_options")
            if try kinds.bool("usual") == true { self.kinds.insert(.usual) }
            if try kinds.bool("ground_truth") == true { self.kinds.insert(.groundTruth) }
            if try kinds.bool("skipped") == true { self.kinds.insert(.skipped) }
        }
        _ = try fields.object("serialization_options")
    }

    private mutating func readTasks(_ fields: BodyFields) throws(ServiceError) {
        view = try fields.integer("view").map { ViewID($0) }
        let hasAnnotations = TaskCondition(.totalAnnotations, .greater(.number(0)))
        try add(TaskCondition(.isLabeled, .equal(.bool(true))), fields, "finished")
        try add(hasAnnotations, fields, "annotated")
        try add(TaskCondition(.cancelledAnnotations, .greater(.number(0))), fields, "skipped")
        if try fields.bool("only_with_annotations") == true {
            filters.append(.condition(hasAnnotations))
        }
    }

    /// `only` asks for the condition, `exclude` for its contrary.
    private mutating func add(
        _ condition: TaskCondition,
        _ fields: BodyFields,
        _ name: String
    ) throws(ServiceError) {
        var condition = condition
        switch try fields.string(name) {
        case nil: return
        case "only": break
        case "exclude": condition.isNegated = true
        default:
            throw ServiceError(
                .invalid,
                "body_field_invalid",
                "\"\(name)\" is neither only nor exclude.",
                at: .pointer("\(fields.pointer)/\(name)"),
                field: name
            )
        }
        filters.append(.condition(condition))
    }

    func keeps(_ annotation: Annotation) -> Bool {
        if kinds.isEmpty { return true }
        if annotation.wasCancelled { return kinds.contains(.skipped) }
        return kinds.contains(annotation.groundTruth ? .groundTruth : .usual)
    }
}
