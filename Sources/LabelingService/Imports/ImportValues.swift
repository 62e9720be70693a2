public import Contracts
public import LabelModel

/// How an import is to be done.
public struct ImportOptions: Hashable, Sendable {
    /// False keeps the files and stores no tasks yet.
    public var commits: Bool
    /// Fields of the data that hold a model's answers; they become a prediction of each task.
    public var preannotatedFromFields: [String]

    public init(commits: Bool = true, preannotatedFromFields: [String] = []) {
        self.commits = commits
        self.preannotatedFromFields = preannotatedFromFields
    }
}

/// What an import came to.
public struct ImportAnswer: Hashable, Sendable {
    public var taskCount: Int64 = 0
    public var annotationCount: Int64 = 0
    public var predictionCount: Int64 = 0
    /// False when the files were kept and no tasks stored.
    public var isCommitted = true
    public var durationSeconds: Double = 0
    public var fileUploadIDs: [FileUploadID] = []
    /// Whether a file might as well have been meant as one text for each line.
    public var couldBeTasksList = false
    /// How many files there were of each extension, such as `.csv`.
    public var foundFormats: [String: Int] = [:]
    /// Fields that the first task of every file has, in the order of the first file.
    public var dataColumns: [String] = []
    /// In the order of the input.
    public var taskIDs: [TaskID] = []
    /// What was in the files and could not be taken over.
    public var losses = LossReport()
}
