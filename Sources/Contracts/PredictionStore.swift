public import LabelModel

/// A prediction that is not stored yet.
public struct NewPrediction: Hashable, Sendable {
    public var result: RawJSON
    public var modelVersion: String
    public var score: Double?
    /// Why it does not fit the labeling config in force, or nil when it fits.
    public var misfit: String?

    public init(
        result: RawJSON,
        modelVersion: String = "undefined",
        score: Double? = nil,
        misfit: String? = nil
    ) {
        self.result = result
        self.modelVersion = modelVersion
        self.score = score
        self.misfit = misfit
    }
}

/// How much a model version has predicted in a project.
public struct ModelVersionUse: Hashable, Sendable {
    public var version: String
    public var predictions: Int64
    /// When the newest of them was stored.
    public var latest: Timestamp

    public init(version: String, predictions: Int64, latest: Timestamp) {
        self.version = version
        self.predictions = predictions
        self.latest = latest
    }
}

/// Keeps predictions.
public protocol PredictionStore: Sendable {
    /// Stores predictions, in order, all or none.
    ///
    /// - Throws: ``StorageError`` `notFound` when one of the tasks is not there.
    func insert(_ predictions: [(task: TaskID, prediction: NewPrediction)])
        async throws(StorageError) -> [Prediction]

    func prediction(_ id: PredictionID) async throws(StorageError) -> Prediction?

    /// Predictions of a task by id.
    func predictions(of task: TaskID) async throws(StorageError) -> [Prediction]

    /// Predictions of these tasks by id.
    func predictions(of tasks: [TaskID]) async throws(StorageError) -> [TaskID: [Prediction]]

    /// Predictions of a project by id, at most `limit` after `id`.
    func predictions(in project: ProjectID, after id: PredictionID?, limit: Int)
        async throws(StorageError) -> [Prediction]

    /// Replaces the prediction and keeps its id.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func update(_ id: PredictionID, _ prediction: NewPrediction)
        async throws(StorageError) -> Prediction

    /// Puts a result in the place of another, with what is said of its fit now.
    ///
    /// - Returns: False when the prediction is gone or holds something else than `old`.
    func replaceResult(
        of id: PredictionID,
        _ old: RawJSON,
        with new: RawJSON,
        misfit: String?
    ) async throws(StorageError) -> Bool

    func delete(_ id: PredictionID) async throws(StorageError)

    /// Deletes all predictions of these tasks.
    ///
    /// - Returns: How many there were.
    func deleteAll(of tasks: [TaskID]) async throws(StorageError) -> Int64

    /// Deletes predictions of a model version, at most `limit` at once.
    ///
    /// - Returns: How many there were; less than `limit` when none are left.
    func deleteSome(of version: String, in project: ProjectID, limit: Int)
        async throws(StorageError) -> Int64

    /// The model versions of a project's predictions, the newest first.
    func modelVersions(of project: ProjectID) async throws(StorageError) -> [ModelVersionUse]
}
