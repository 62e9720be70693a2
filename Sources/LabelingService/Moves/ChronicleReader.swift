import Contracts
import LabelModel

/// Reads the line of a task in an archive.
struct ChronicleReader {
    /// People and files by the numbers that the archive gives them.
    var people: [Int64: UserID] = [:]
    var uploads: [Int64: FileUploadID] = [:]
    private(set) var lastInnerID: Int64 = 0
    /// The latest version of the labeling config that something was made under.
    private(set) var latestConfig: Int64 = 1

    /// The project's id is the store's to say.
    private static let noProject = ProjectID(rawValue: 0)
    private static let noTask = TaskID(rawValue: 0)

    mutating func read(_ fields: ArchiveFields) throws(ServiceError) -> TaskChronicle {
        let innerID = try fields.count("inner_id")
        guard innerID > lastInnerID else {
            throw fields.fault("inner_id", "not above \(lastInnerID), that of the task before")
        }
        lastInnerID = innerID
        var chronicle = TaskChronicle(task: try task(fields, innerID))
        for fields in try fields.list("predictions") {
            chronicle.predictions.append(try prediction(fields))
        }
        for fields in try fields.list("annotations") {
            chronicle.annotations.append(try annotation(fields))
        }
        for fields in try fields.list("history") {
            chronicle.versions.append(try version(fields))
        }
        for fields in try fields.list("drafts") {
            chronicle.drafts.append(try draft(fields))
        }
        return chronicle
    }

    private func task(
        _ fields: ArchiveFields,
        _ innerID: Int64
    ) throws(ServiceError) -> LabelingTask {
        var task = LabelingTask(
            id: Self.noTask,
            project: Self.noProject,
            innerID: innerID,
            data: try fields.rawObject("data"),
            createdAt: try fields.timestamp("created_at"),
            updatedAt: try fields.timestamp("updated_at")
        )
        if fields.value("meta") != nil { task.meta = try fields.rawObject("meta") }
        task.updatedBy = try optionalPerson(fields, "updated_by")
        task.isLabeled = try fields.bool("is_labeled")
        task.overlap = try fields.count("overlap")
        task.allowSkip = try fields.bool("allow_skip")
        task.revision = try fields.count("revision")
        if let number = try fields.optionalInteger("upload") {
            guard let upload = uploads[number] else {
                throw fields.fault("upload", "\(number), a file that did not come before")
            }
            task.fileUpload = upload
        }
        return task
    }

    private mutating func annotation(_ fields: ArchiveFields) throws(ServiceError) -> Annotation {
        let result = try fields.results("result")
        var annotation = Annotation(
            id: AnnotationID(rawValue: try fields.count("number")),
            uniqueID: try fields.uuid("unique_id"),
            task: Self.noTask,
            project: Self.noProject,
            completedBy: try person(fields, "completed_by"),
            result: result.text,
            resultCount: result.count,
            createdAt: try fields.timestamp("created_at"),
            updatedAt: try fields.timestamp("updated_at")
        )
        annotation.wasCancelled = try fields.bool("was_cancelled")
        annotation.groundTruth = try fields.bool("ground_truth")
        annotation.updatedBy = try optionalPerson(fields, "updated_by")
        annotation.draftCreatedAt = try fields.optionalTimestamp("draft_created_at")
        annotation.leadTime = try fields.optionalNumber("lead_time")
        annotation.importID = try fields.optionalInteger("import_id")
        annotation.lastAction = try fields.optionalString("last_action")
        annotation.parentPrediction = try fields.optionalInteger("parent_prediction")
            .map(PredictionID.init(rawValue:))
        annotation.parentAnnotation = try fields.optionalInteger("parent_annotation")
            .map(AnnotationID.init(rawValue:))
        annotation.configVersion = try fields.count("config_version")
        annotation.revision = try fields.count("revision")
        latestConfig = max(latestConfig, annotation.configVersion)
        return annotation
    }

    private mutating func version(
        _ fields: ArchiveFields
    ) throws(ServiceError) -> AnnotationVersion {
        guard let action = AnnotationVersion.Action(rawValue: try fields.string("action")) else {
            throw fields.fault("action", "none of created, updated, deleted and restored")
        }
        return AnnotationVersion(
            annotation: try annotation(fields.object("annotation")),
            action: action,
            by: try person(fields, "by"),
            at: try fields.timestamp("at")
        )
    }

    private func draft(_ fields: ArchiveFields) throws(ServiceError) -> AnnotationDraft {
        AnnotationDraft(
            id: DraftID(rawValue: 0),
            task: Self.noTask,
            project: Self.noProject,
            user: try person(fields, "user"),
            annotation: try fields.optionalInteger("annotation").map(AnnotationID.init(rawValue:)),
            result: try fields.results("result").text,
            leadTime: try fields.number("lead_time"),
            wasPostponed: try fields.bool("was_postponed"),
            createdAt: try fields.timestamp("created_at"),
            updatedAt: try fields.timestamp("updated_at")
        )
    }

    private func prediction(_ fields: ArchiveFields) throws(ServiceError) -> Prediction {
        Prediction(
            id: PredictionID(rawValue: try fields.count("number")),
            task: Self.noTask,
            project: Self.noProject,
            result: try fields.results("result").text,
            modelVersion: try fields.string("model_version"),
            score: try fields.optionalNumber("score"),
            misfit: try fields.optionalString("misfit"),
            createdAt: try fields.timestamp("created_at"),
            updatedAt: try fields.timestamp("updated_at")
        )
    }

    func person(_ fields: ArchiveFields, _ name: String) throws(ServiceError) -> UserID {
        let number = try fields.integer(name)
        guard let user = people[number] else {
            throw fields.fault(name, "\(number), a person who did not come before")
        }
        return user
    }

    private func optionalPerson(
        _ fields: ArchiveFields,
        _ name: String
    ) throws(ServiceError) -> UserID? {
        fields.value(name) == nil ? nil : try person(fields, name)
    }
}
