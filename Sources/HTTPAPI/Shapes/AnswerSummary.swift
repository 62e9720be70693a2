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
            append(result.bytes, to: &bytes)
            if bytes.count > 4 * resultLength { break }
        }
        return String(String(decoding: bytes, as: UTF8.self).prefix(resultLength))
    }

    /// JSON as Label Studio shows it: a blank after each comma and colon, and no quotes.
    private static func append(_ json: [UInt8], to text: inout [UInt8]) {
        var isString = false, isEscaped = false
        for byte in json.prefix(4 * resultLength) {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\"") {
                isString.toggle()
            } else {
                isEscaped = isString && byte == UInt8(ascii: "\\")
            }
            guard byte != UInt8(ascii: "\""), isString || byte > UInt8(ascii: " ") else {
                continue
            }
            text.append(byte)
            if !isString, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") {
                text.append(UInt8(ascii: " "))
            }
        }
    }
}
