/// A labeling config and the tasks labeled by it.
public struct Project: Hashable, Sendable, Identifiable {
    public var id: ProjectID
    public var settings: ProjectSettings
    public var createdBy: UserID
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    /// Number of the labeling config in force, from 1; each saved change of it counts one up.
    public var configVersion: Int64
    public var counters: ProjectCounters

    public init(
        id: ProjectID,
        settings: ProjectSettings,
        createdBy: UserID,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        configVersion: Int64 = 1,
        counters: ProjectCounters = ProjectCounters()
    ) {
        self.id = id
        self.settings = settings
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.configVersion = configVersion
        self.counters = counters
    }
}

/// What people choose about a project.
///
/// Names and defaults are those of Label Studio's project.
public struct ProjectSettings: Hashable, Sendable {
    /// The order in which tasks are handed out.
    public enum Sampling: String, Hashable, Sendable, CaseIterable {
        case sequential = "Sequential sampling"
        case uniform = "Uniform sampling"
        case uncertainty = "Uncertainty sampling"
    }

    /// Who is asked again about a task that someone skipped.
    public enum SkipQueue: String, Hashable, Sendable, CaseIterable {
        case requeueForMe = "REQUEUE_FOR_ME"
        case requeueForOthers = "REQUEUE_FOR_OTHERS"
        case ignoreSkipped = "IGNORE_SKIPPED"
    }

    public var title = ""
    public var description = ""
    public var expertInstruction = ""
    public var showInstruction = false
    /// The labeling config: XML text.
    public var labelConfig = "<View></View>"
    public var color = "#FFFFFF"
    /// How many people annotate each task (the overlap); 1 or more.
    public var maximumAnnotations: Int64 = 1
    /// Percentage of tasks that get the full overlap, 0...100.
    public var overlapCohortPercentage: Int64 = 100
    public var sampling = Sampling.sequential
    public var skipQueue = SkipQueue.requeueForOthers
    public var showSkipButton = true
    public var enableEmptyAnnotation = true
    public var showAnnotationHistory = false
    public var showCollabPredictions = true
    public var showGroundTruthFirst = false
    public var showOverlapFirst = false
    public var evaluatePredictionsAutomatically = false
    public var revealPreannotationsInteractively = false
    public var isPublished = false
    public var isDraft = false
    public var modelVersion = ""
    public var minAnnotationsToStartTraining: Int64 = 0
    public var pinnedAt: Timestamp?
    /// When the project was put away; nil while people work on it.
    public var archivedAt: Timestamp?

    public init() {}
}

/// How much of a project is done.
///
/// Kept by the store in the same transaction as what is counted.
public struct ProjectCounters: Hashable, Sendable {
    public var tasks: Int64 = 0
    /// Tasks that have all annotations they need.
    public var finishedTasks: Int64 = 0
    /// Tasks with at least one annotation that is neither cancelled nor ground truth.
    public var tasksWithAnnotations: Int64 = 0
    /// Annotations that are not cancelled.
    public var annotations: Int64 = 0
    /// Annotations that are neither cancelled nor ground truth.
    public var usefulAnnotations: Int64 = 0
    public var groundTruths: Int64 = 0
    /// Cancelled annotations.
    public var skippedAnnotations: Int64 = 0
    public var predictions: Int64 = 0

    public init() {}
}
