/// One person's answer to a task.
public struct Annotation: Hashable, Sendable, Identifiable {
    public var id: AnnotationID
    /// Made by the client, as 36 lower-case characters of a UUID: a repeated submission finds the
    /// first one by it.
    public var uniqueID: String
    public var task: TaskID
    public var project: ProjectID
    public var completedBy: UserID
    /// The regions and choices: a JSON array of results.
    public var result: RawJSON
    /// Number of elements of `result`.
    public var resultCount: Int64
    /// True when the annotator skipped the task.
    public var wasCancelled: Bool
    public var groundTruth: Bool
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var updatedBy: UserID?
    /// When the draft that became this annotation was begun.
    public var draftCreatedAt: Timestamp?
    /// Seconds spent on it.
    public var leadTime: Double?
    /// Its id in the file that it was imported from.
    public var importID: Int64?
    public var lastAction: String?
    public var parentPrediction: PredictionID?
    public var parentAnnotation: AnnotationID?
    /// The version of the labeling config that it was made under.
    public var configVersion: Int64
    /// From 1; counts one up with each change, and a write that names an older one is refused.
    public var revision: Int64

    public init(
        id: AnnotationID,
        uniqueID: String,
        task: TaskID,
        project: ProjectID,
        completedBy: UserID,
        result: RawJSON,
        resultCount: Int64,
        wasCancelled: Bool = false,
        groundTruth: Bool = false,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        updatedBy: UserID? = nil,
        draftCreatedAt: Timestamp? = nil,
        leadTime: Double? = nil,
        importID: Int64? = nil,
        lastAction: String? = nil,
        parentPrediction: PredictionID? = nil,
        parentAnnotation: AnnotationID? = nil,
        configVersion: Int64 = 1,
        revision: Int64 = 1
    ) {
        self.id = id
        self.uniqueID = uniqueID
        self.task = task
        self.project = project
        self.completedBy = completedBy
        self.result = result
        self.resultCount = resultCount
        self.wasCancelled = wasCancelled
        self.groundTruth = groundTruth
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.updatedBy = updatedBy
        self.draftCreatedAt = draftCreatedAt
        self.leadTime = leadTime
        self.importID = importID
        self.lastAction = lastAction
        self.parentPrediction = parentPrediction
        self.parentAnnotation = parentAnnotation
        self.configVersion = configVersion
        self.revision = revision
    }
}

/// An answer that is not submitted yet; it may be incomplete.
public struct AnnotationDraft: Hashable, Sendable, Identifiable {
    public var id: DraftID
    public var task: TaskID
    public var project: ProjectID
    public var user: UserID
    /// The annotation that it changes; nil when it is to become a new one.
    public var annotation: AnnotationID?
    /// A JSON array of results.
    public var result: RawJSON
    /// Seconds spent on it.
    public var leadTime: Double
    public var wasPostponed: Bool
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: DraftID,
        task: TaskID,
        project: ProjectID,
        user: UserID,
        annotation: AnnotationID? = nil,
        result: RawJSON,
        leadTime: Double = 0,
        wasPostponed: Bool = false,
        createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.task = task
        self.project = project
        self.user = user
        self.annotation = annotation
        self.result = result
        self.leadTime = leadTime
        self.wasPostponed = wasPostponed
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// A model's answer to a task.
public struct Prediction: Hashable, Sendable, Identifiable {
    public var id: PredictionID
    public var task: TaskID
    public var project: ProjectID
    /// A JSON array of results.
    public var result: RawJSON
    public var modelVersion: String
    /// How sure the model is, 0...1 by convention.
    public var score: Double?
    /// Why it does not fit the labeling config in force, or nil when it fits.
    public var misfit: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: PredictionID,
        task: TaskID,
        project: ProjectID,
        result: RawJSON,
        modelVersion: String,
        score: Double? = nil,
        misfit: String? = nil,
        createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.task = task
        self.project = project
        self.result = result
        self.modelVersion = modelVersion
        self.score = score
        self.misfit = misfit
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
