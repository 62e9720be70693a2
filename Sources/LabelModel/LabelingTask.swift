/// One item to label.
public struct LabelingTask: Hashable, Sendable, Identifiable {
    public var id: TaskID
    public var project: ProjectID
    /// Number inside the project, from 1 in the order of arrival; gaps stay after a deletion.
    public var innerID: Int64
    /// What is to be labeled: a JSON object.
    public var data: RawJSON
    /// What else its source said of it: a JSON object.
    public var meta: RawJSON
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var updatedBy: UserID?
    /// True once it has as many annotations as its overlap asks for.
    public var isLabeled: Bool
    /// How many people are to annotate it; 1 or more.
    public var overlap: Int64
    public var allowSkip: Bool
    public var fileUpload: FileUploadID?
    /// Annotations that are not cancelled.
    public var totalAnnotations: Int64
    public var cancelledAnnotations: Int64
    public var totalPredictions: Int64
    /// Counts one up with each change of the task or of what was said of it.
    public var revision: Int64

    public init(
        id: TaskID,
        project: ProjectID,
        innerID: Int64,
        data: RawJSON,
        meta: RawJSON = .emptyObject,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        updatedBy: UserID? = nil,
        isLabeled: Bool = false,
        overlap: Int64 = 1,
        allowSkip: Bool = true,
        fileUpload: FileUploadID? = nil,
        totalAnnotations: Int64 = 0,
        cancelledAnnotations: Int64 = 0,
        totalPredictions: Int64 = 0,
        revision: Int64 = 1
    ) {
        self.id = id
        self.project = project
        self.innerID = innerID
        self.data = data
        self.meta = meta
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.updatedBy = updatedBy
        self.isLabeled = isLabeled
        self.overlap = overlap
        self.allowSkip = allowSkip
        self.fileUpload = fileUpload
        self.totalAnnotations = totalAnnotations
        self.cancelledAnnotations = cancelledAnnotations
        self.totalPredictions = totalPredictions
        self.revision = revision
    }
}
