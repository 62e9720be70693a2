import Contracts
import LabelModel

/// Writes a task with its history as one line of an archive.
///
/// Annotations and predictions are numbered inside the task, so that the line is the same wherever
/// the task is.
struct ChronicleWriter {
    private let uploads: [FileUploadID: Int64]
    private var annotations: [AnnotationID: Int64] = [:]
    private var predictions: [PredictionID: Int64] = [:]

    /// - Parameter uploads: Numbers of the files that went before.
    init(uploads: [FileUploadID: Int64]) {
        self.uploads = uploads
    }

    /// Writes the line; `data` is the task's as it is to stand in the archive.
    mutating func write(
        _ chronicle: TaskChronicle,
        data: [UInt8],
        _ people: inout ArchivePeople,
        to writer: inout JSONWriter
    ) {
        annotations = Self.numbers(
            chronicle.annotations.map(\.id) + chronicle.versions.map(\.annotation.id)
        )
        predictions = Self.numbers(chronicle.predictions.map(\.id))
        let task = chronicle.task
        writer.beginObject()
        writer.member("inner_id", task.innerID)
        writer.member("data", RawJSON(checked: data))
        writer.member("meta", task.meta)
        writer.member("created_at", task.createdAt)
        writer.member("updated_at", task.updatedAt)
        writer.member("updated_by", people.number(ofOptional: task.updatedBy))
        writer.member("is_labeled", task.isLabeled)
        writer.member("overlap", task.overlap)
        writer.member("allow_skip", task.allowSkip)
        writer.member("upload", task.fileUpload.flatMap { uploads[$0] })
        writer.member("revision", task.revision)
        writer.key("predictions")
        writer.beginArray()
        for prediction in chronicle.predictions { write(prediction, to: &writer) }
        writer.endArray()
        writer.key("annotations")
        writer.beginArray()
        for annotation in chronicle.annotations { write(annotation, &people, to: &writer) }
        writer.endArray()
        writer.key("history")
        writer.beginArray()
        for version in chronicle.versions { write(version, &people, to: &writer) }
        writer.endArray()
        writer.key("drafts")
        writer.beginArray()
        for draft in chronicle.drafts { write(draft, &people, to: &writer) }
        writer.endArray()
        writer.endObject()
    }

    private func write(
        _ annotation: Annotation,
        _ people: inout ArchivePeople,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("number", annotations[annotation.id])
        writer.member("unique_id", annotation.uniqueID)
        writer.member("completed_by", people.number(of: annotation.completedBy))
        writer.member("result", annotation.result)
        writer.member("was_cancelled", annotation.wasCancelled)
        writer.member("ground_truth", annotation.groundTruth)
        writer.member("created_at", annotation.createdAt)
        writer.member("updated_at", annotation.updatedAt)
        writer.member("updated_by", people.number(ofOptional: annotation.updatedBy))
        writer.member("draft_created_at", annotation.draftCreatedAt)
        writer.member("lead_time", annotation.leadTime)
        writer.member("import_id", annotation.importID)
        writer.member("last_action", annotation.lastAction)
        writer.member("parent_prediction", annotation.parentPrediction.flatMap { predictions[$0] })
        writer.member("parent_annotation", annotation.parentAnnotation.flatMap { annotations[$0] })
        writer.member("config_version", annotation.configVersion)
        writer.member("revision", annotation.revision)
        writer.endObject()
    }

    private func write(
        _ version: AnnotationVersion,
        _ people: inout ArchivePeople,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("action", version.action.rawValue)
        writer.member("by", people.number(of: version.by))
        writer.member("at", version.at)
        writer.key("annotation")
        write(version.annotation, &people, to: &writer)
        writer.endObject()
    }

    private func write(
        _ draft: AnnotationDraft,
        _ people: inout ArchivePeople,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("user", people.number(of: draft.user))
        writer.member("annotation", draft.annotation.flatMap { annotations[$0] })
        writer.member("result", draft.result)
        writer.member("lead_time", draft.leadTime)
        writer.member("was_postponed", draft.wasPostponed)
        writer.member("created_at", draft.createdAt)
        writer.member("updated_at", draft.updatedAt)
        writer.endObject()
    }

    private func write(_ prediction: Prediction, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("number", predictions[prediction.id])
        writer.member("result", prediction.result)
        writer.member("model_version", prediction.modelVersion)
        writer.member("score", prediction.score)
        writer.member("misfit", prediction.misfit)
        writer.member("created_at", prediction.createdAt)
        writer.member("updated_at", prediction.updatedAt)
        writer.endObject()
    }

    private static func numbers<ID: Identifier>(_ ids: [ID]) -> [ID: Int64] {
        var numbers: [ID: Int64] = [:]
        for id in Set(ids).sorted(by: { $0.rawValue < $1.rawValue }) {
            numbers[id] = Int64(numbers.count + 1)
        }
        return numbers
    }
}
