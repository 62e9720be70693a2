public import LabelModel

/// Which tasks of a project someone asks for, and in which order.
public struct TaskQuery: Hashable, Sendable {
    /// nil asks for all.
    public var filter: TaskFilter?
    /// The first key decides, then the next; equal tasks come by ascending id.
    ///
    /// Empty: by ascending id. Tasks without a value come last in both directions.
    public var order: [TaskOrder]
    /// Narrows what the filter lets through.
    public var selection: Selection

    /// Tasks picked one by one.
    public enum Selection: Hashable, Sendable {
        case all
        case only([TaskID])
        case except([TaskID])
    }

    public init(
        filter: TaskFilter? = nil,
        order: [TaskOrder] = [],
        selection: Selection = .all
    ) {
        self.filter = filter
        self.order = order
        self.selection = selection
    }

    /// True when it asks for all tasks by ascending id.
    public var isEverything: Bool { filter == nil && order.isEmpty && selection == .all }
}

/// One key of an order.
public struct TaskOrder: Hashable, Sendable {
    public var column: TaskColumn
    public var isDescending: Bool
    /// Compares a data field as numbers and not as text.
    public var isNumeric: Bool

    public init(_ column: TaskColumn, isDescending: Bool = false, isNumeric: Bool = false) {
        self.column = column
        self.isDescending = isDescending
        self.isNumeric = isNumeric
    }
}

/// A condition on tasks.
public indirect enum TaskFilter: Hashable, Sendable {
    /// True when all of these are; of none it is true.
    case all([TaskFilter])
    /// True when one of these is; of none it is true, as an empty filter hides nothing.
    case any([TaskFilter])
    case condition(TaskCondition)
}

/// What one column must be, or must not be.
public struct TaskCondition: Hashable, Sendable {
    public var column: TaskColumn
    public var test: TaskTest
    /// Lets through what the test does not, tasks without a value too.
    public var isNegated: Bool
    /// Where someone asked for it: a JSON pointer to its value, told by errors about it.
    public var place: String?

    public init(_ column: TaskColumn, _ test: TaskTest, isNegated: Bool = false) {
        self.column = column
        self.test = test
        self.isNegated = isNegated
    }
}

/// A property of a task that lists show.
public enum TaskColumn: Hashable, Sendable {
    case id, innerID
    /// When the last annotation of a labeled task was made.
    case completedAt
    case totalAnnotations, cancelledAnnotations, totalPredictions
    /// Users who annotated or skipped it.
    case annotators
    /// The annotations' results as JSON text.
    case annotationResults
    case annotationIDs
    /// Mean score of its predictions.
    case predictionScore
    case predictionModelVersions
    case predictionResults
    /// Name of the file that it came from.
    case fileUpload
    case storageFileName
    case createdAt, updatedAt
    /// Who changed it last.
    case updatedBy
    /// Mean seconds that its annotations took.
    case meanLeadTime
    case hasDrafts
    case isLabeled
    case overlap
    /// A field of the task's data: its name, then those of nested objects.
    case data([String])
}

/// A test of a column's value, or of one of several values.
public enum TaskTest: Hashable, Sendable {
    case equal(TaskValue)
    case less(TaskValue)
    case lessOrEqual(TaskValue)
    case greater(TaskValue)
    case greaterOrEqual(TaskValue)
    /// Both ends included.
    case between(TaskValue, TaskValue)
    case oneOf([TaskValue])
    /// No value, an empty text, or a count of 0.
    case isEmpty
    /// One of these parts; without regard to case, but results with regard to it.
    case contains([String])
    case startsWith(String)
    case endsWith(String)
    /// A regular expression that matches somewhere, with regard to case.
    case matches(String)
}

/// What a column is compared with.
public enum TaskValue: Hashable, Sendable {
    case number(Double)
    case text(String)
    case moment(Timestamp)
    case bool(Bool)
}

/// Tasks that a query found.
public struct TaskMatches: Hashable, Sendable {
    /// One page.
    public var tasks: [LabelingTask]
    /// Counts over all pages; annotations without cancelled ones.
    public var totals: ImportCounts

    public init(tasks: [LabelingTask], totals: ImportCounts) {
        self.tasks = tasks
        self.totals = totals
    }
}
