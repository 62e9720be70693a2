import Contracts
public import LabelModel

/// Writes tasks in the shape of Label Studio's JSON export, with stored JSON spliced in untouched.
struct TaskComposer {
    private let setup: ProjectSetup
    /// Names of uploaded files, `<8 hex>-<name>`.
    private let fileNames: [FileUploadID: String]
    private let users: [UserID: User]
    private var writer: JSONWriter
    private var entries: [ExportBatch.Entry] = []

    /// - `fileNames`: Of all files that the tasks came from.
    /// - `users`: All who have drafts.
    /// - `capacity`: Bytes to make room for.
    init(
        setup: ProjectSetup,
        fileNames: [FileUploadID: String],
        users: [UserID: User],
        capacity: Int
    ) {
        self.setup = setup
        self.fileNames = fileNames
        self.users = users
        writer = JSONWriter(capacity: capacity)
    }

    var byteCount: Int { writer.bytes.count }
    var isEmpty: Bool { entries.isEmpty }

    /// The tasks written so far; the composer begins anew.
    mutating func takeBatch(capacity: Int) -> ExportBatch {
        let batch = ExportBatch(bytes: writer.bytes, entries: entries)
        writer = JSONWriter(capacity: capacity)
        entries = []
        return batch
    }

    mutating func append(_ record: TaskRecord) {
        // The writer puts a comma between two values.
        let start = writer.bytes.count + (entries.isEmpty ? 0 : 1)
        var results: [Range<Int>] = []
        results.reserveCapacity(record.annotations.count)
        let task = record.task
        writer.beginObject()
        member("id", task.id)
        writer.key("annotations")
        writer.beginArray()
        for annotation in record.annotations { results.append(write(annotation)) }
        writer.endArray()
        if let file = task.fileUpload, let name = fileNames[file] {
            writer.member("file_upload", name)
        }
        writer.key("drafts")
        writer.beginArray()
        for draft in record.drafts { write(draft) }
        writer.endArray()
        writer.key("predictions")
        writer.beginArray()
        for prediction in record.predictions { writer.value(prediction.rawValue) }
        writer.endArray()
        let data = writeData(of: task)
        writer.member("meta", task.meta)
        writeRest(of: task)
        writer.endObject()
        entries.append(
            ExportBatch.Entry(
                task: task.id.rawValue,
                project: task.project.rawValue,
                revision: task.revision,
                updatedAt: task.updatedAt.microseconds,
                annotationCount: Int64(record.annotations.count),
                text: start..<writer.bytes.count,
                data: data,
                results: results,
                annotations: record.annotations.map(\.id.rawValue)
            )
        )
    }

    // MARK: Parts

    private mutating func writeData(of task: LabelingTask) -> Range<Int> {
        writer.key("data")
        let start = writer.bytes.count
        writer.value(setup.resolved(task.data))
        return start..<writer.bytes.count
    }

    private mutating func writeRest(of task: LabelingTask) {
        writer.member("created_at", task.createdAt)
        writer.member("updated_at", task.updatedAt)
        writer.member("allow_skip", task.allowSkip)
        writer.member("inner_id", task.innerID)
        writer.member("total_annotations", task.totalAnnotations)
        writer.member("cancelled_annotations", task.cancelledAnnotations)
        writer.member("total_predictions", task.totalPredictions)
        writer.member("comment_count", 0)
        writer.member("unresolved_comment_count", 0)
        writer.nullMember("last_comment_updated_at")
        member("project", task.project)
        member("updated_by", task.updatedBy)
        writer.key("comment_authors")
        writer.beginArray()
        writer.endArray()
    }

    /// - Returns: Where the result lies.
    private mutating func write(_ annotation: Annotation) -> Range<Int> {
        writer.beginObject()
        member("id", annotation.id)
        member("completed_by", annotation.completedBy)
        writer.key("result")
        let start = writer.bytes.count
        writer.value(annotation.result)
        let range = start..<writer.bytes.count
        writer.member("was_cancelled", annotation.wasCancelled)
        writer.member("ground_truth", annotation.groundTruth)
        writer.member("created_at", annotation.createdAt)
        writer.member("updated_at", annotation.updatedAt)
        writer.member("draft_created_at", annotation.draftCreatedAt)
        writer.member("lead_time", annotation.leadTime)
        writer.key("prediction")
        writer.beginObject()
        writer.endObject()
        writer.member("result_count", annotation.resultCount)
        writer.member("unique_id", annotation.uniqueID)
        writer.member("import_id", annotation.importID)
        writer.member("last_action", annotation.lastAction)
        writer.member("bulk_created", false)
        member("task", annotation.task)
        member("project", annotation.project)
        member("updated_by", annotation.updatedBy)
        member("parent_prediction", annotation.parentPrediction)
        member("parent_annotation", annotation.parentAnnotation)
        member("last_created_by", annotation.completedBy)
        writer.endObject()
        return range
    }

    private mutating func write(_ draft: AnnotationDraft) {
        let user = users[draft.user]
        writer.beginObject()
        member("id", draft.id)
        writer.member("user", user?.email)
        writer.member("created_username", user?.createdUsername)
        writer.member("result", draft.result)
        writer.member("lead_time", draft.leadTime)
        writer.member("was_postponed", draft.wasPostponed)
        writer.nullMember("import_id")
        writer.member("created_at", draft.createdAt)
        writer.member("updated_at", draft.updatedAt)
        member("task", draft.task)
        member("annotation", draft.annotation)
        writer.endObject()
    }

    private mutating func member(_ name: StaticString, _ id: (some Identifier)?) {
        writer.member(name, id?.rawValue)
    }
}

extension User {
    /// Label Studio's `created_username`: `first last email, id`, with a leading blank when the
    /// names are empty.
    public var createdUsername: String {
        let name = lastName.isEmpty ? firstName : "\(firstName) \(lastName)"
        return "\(name) \(email), \(id)"
    }
}
