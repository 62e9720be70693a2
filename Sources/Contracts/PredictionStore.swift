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

    /// Predictions of a project by id, at most `limit` after `id`.
    func predictions(in project: ProjectID, after id: PredictionID?, limit: Int)
        async throws(StorageError) -> [Prediction]

    /// Replaces the prediction and keeps its id.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func update(_ id: PredictionID, _ prediction: NewPrediction)
        async throws(StorageError) -> Prediction

    func delete(_ id: PredictionID) async throws(StorageError)
}
