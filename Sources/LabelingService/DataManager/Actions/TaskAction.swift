/// Something that can be done to all tasks of a list.
public struct TaskAction: Hashable, Sendable {
    /// A value that the action asks for.
    public struct Field: Hashable, Sendable {
        public let name: String
        public let label: String
        /// `input`, or `select` when there are choices.
        public let type: String
        /// What it may be; empty for anything.
        public let choices: [String]

        init(_ name: String, _ label: String, choices: [String] = []) {
            self.name = name
            self.label = label
            type = choices.isEmpty ? "input" : "select"
            self.choices = choices
        }
    }

    /// What clients call it.
    public enum Name: String, CaseIterable, Sendable {
        case nextTask = "next_task"
        case retrievePredictions = "retrieve_tasks_predictions"
        case predictionsToAnnotations = "predictions_to_annotations"
        case removeDuplicates = "remove_duplicates"
        case deleteTasks = "delete_tasks"
        case deleteAnnotations = "delete_tasks_annotations"
        case deletePredictions = "delete_tasks_predictions"
        case propagateAnnotations = "propagate_annotations"
        case renameLabels = "rename_labels"
    }

    public let name: Name
    public let title: String
    /// Place in the menu; Label Studio's.
    public let order: Int
    /// Asked before it runs.
    public let question: String?
    /// Not offered in a menu.
    public let isHidden: Bool
    /// Asks for values before it runs; see ``DataManager/form(of:in:)``.
    public let hasForm: Bool

    private init(
        _ name: Name,
        _ title: String,
        order: Int,
        question: String? = nil,
        isHidden: Bool = false,
        hasForm: Bool = false
    ) {
        self.name = name
        self.title = title
        self.order = order
        self.question = question
        self.isHidden = isHidden
        self.hasForm = hasForm
    }

    /// All of them, in the order of the menu.
    public static let all: [TaskAction] = [
        TaskAction(.nextTask, "Next Task", order: 0, isHidden: true),
        TaskAction(
            .propagateAnnotations,
            "Propagate Annotations",
            order: 1,
            question: "Copy the results of one annotation to all selected tasks?",
            hasForm: true
        ),
        TaskAction(
            .renameLabels,
            "Rename Labels",
            order: 1,
            question: "Rename a label in the annotations of the selected tasks?",
            hasForm: true
        ),
        TaskAction(
            .retrievePredictions,
            "Retrieve Predictions",
            order: 90,
            question: "Ask the project's ML backend about the selected tasks?"
        ),
        TaskAction(
            .predictionsToAnnotations,
            "Create Annotations From Predictions",
            order: 91,
            question: "Create annotations from the predictions of the selected tasks?",
            hasForm: true
        ),
        TaskAction(
            .removeDuplicates,
            "Remove Duplicated Tasks",
            order: 95,
            question: "Of tasks with the same data keep the first? It gets the annotations of the "
                + "others."
        ),
        TaskAction(
            .deleteTasks,
            "Delete Tasks",
            order: 100,
            question: "Delete the selected tasks with their annotations and predictions? They "
                + "lie in the project's trash for a while."
        ),
        TaskAction(
            .deleteAnnotations,
            "Delete Annotations",
            order: 101,
            question: "Delete the annotations of the selected tasks?",
            hasForm: true
        ),
        TaskAction(
            .deletePredictions,
            "Delete Predictions",
            order: 102,
            question: "Delete the predictions of the selected tasks?"
        ),
    ]
}

/// What an action came to.
public enum TaskActionOutcome: Sendable {
    /// Tasks, annotations or predictions that it did something to; a sentence; whether nothing is
    /// left to show.
    case done(processed: Int64, detail: String, reloads: Bool)
    case nextTask(Labeling.NextTask)
}
