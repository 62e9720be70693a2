internal import LabelModel

/// What the answers of one task come to, as the data manager's columns show it.
struct AnswerSummary: Sendable {
    /// Characters of results that a cell of a list shows.
    private static let resultLength = 1_000

    let completedAt: Timestamp?
    /// JSON text without quotes, cut for length.
    let annotationResults: String
    let predictionResults: String
    /// With commas between them.
    let annotationIDs: String
    let modelVersions: String
    let predictionScore: Double?
    /// In seconds.
    let meanLeadTime: Double?
    let hasDrafts: Bool

    init(
        _ task: LabelingTask,
        annotations: [Annotation],
        predictions: [Prediction],
        hasDrafts: Bool,
        withResults: Bool
    ) {
        completedAt = task.isLabeled ? annotations.map(\.createdAt).max() : nil
        annotationResults = withResults ? Self.text(annotations.map(\.result)) : ""
        predictionResults = withResults ? Self.text(predictions.map(\.result)) : ""
        annotationIDs = annotations.map { "\($0.id)" }.joined(separator: ",")
        var versions: [String] = []
        for prediction in predictions where !versions.contains(prediction.modelVersion) {
            versions.append(prediction.modelVersion)
        }
        modelVersions = versions.joined(separator: ",")
        predictionScore = Self.mean(predictions.compactMap(\.score))
        meanLeadTime = Self.mean(annotations.compactMap(\.leadTime))
        self.hasDrafts = hasDrafts
    }

    private static func mean(_ numbers: [Double]) -> Double? {
        numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
    }

    private static func text(_ results: [RawJSON]) -> String {
        var bytes: [UInt8] = []
        for result in results {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
            bytes += result.bytes.lazy.filter { $0 != UInt8(ascii: "\"") }.prefix(4 * resultLength)
            if bytes.count > 4 * resultLength { break }
        }
        return String(String(decoding: bytes, as: UTF8.self).prefix(resultLength))
    }
}
