import Contracts
import LabelModel

extension Annotation {
    /// Of `annotations` and of `annotation_versions` alike.
    static let columns = """
        id, unique_id, task_id, project_id, completed_by, result, result_count, was_cancelled, \
        ground_truth, created_at, updated_at, updated_by, draft_created_at, lead_time, import_id, \
        last_action, parent_prediction, parent_annotation, config_version, revision
        """

    private static let insertion = SQLText(
        """
        INSERT INTO annotations(\(columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )

    init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            uniqueID: UniqueID(bytes: row.next()).text,
            task: row.next(),
            project: row.next(),
            completedBy: row.next(),
            result: row.next(),
            resultCount: row.next(),
            wasCancelled: row.next(),
            groundTruth: row.next(),
            createdAt: row.next(),
            updatedAt: row.next(),
            updatedBy: row.next(),
            draftCreatedAt: row.next(),
            leadTime: row.next(),
            importID: row.next(),
            lastAction: row.next(),
            parentPrediction: row.next(),
            parentAnnotation: row.next(),
            configVersion: row.next(),
            revision: row.next()
        )
    }

    /// The first state of an annotation.
    ///
    /// - Throws: ``StorageError`` `invalid` when its unique id is not a UUID.
    init(
        _ new: NewAnnotation,
        id: AnnotationID,
        task: TaskID,
        project: ProjectID,
        by user: UserID,
        configVersion: Int64,
        at now: Timestamp
    ) throws(StorageError) {
        let uniqueID =
            if let text = new.uniqueID { try UniqueID(text) } else {
                UniqueID.make(at: now.microseconds / 1_000)
            }
        self.init(
            id: id,
            uniqueID: uniqueID.text,
            task: task,
            project: project,
            completedBy: new.completedBy ?? user,
            result: new.result,
            resultCount: new.resultCount,
            wasCancelled: new.wasCancelled,
            groundTruth: new.groundTruth,
            createdAt: now,
            updatedAt: now,
            updatedBy: user,
            leadTime: new.leadTime,
            importID: new.importID,
            lastAction: new.lastAction,
            parentPrediction: new.parentPrediction,
            parentAnnotation: new.parentAnnotation,
            configVersion: configVersion
        )
    }

    /// - Throws: ``SQLiteFailure``; a duplicate when the unique id is taken.
    func insert(on connection: Connection) throws(SQLiteFailure) {
        try connection.attempt(
            Self.insertion,
            id,
            (try? UniqueID(uniqueID))?.bytes,
            task,
            project,
            completedBy,
            result,
            resultCount,
            wasCancelled,
            groundTruth,
            createdAt,
            updatedAt,
            updatedBy,
            draftCreatedAt,
            leadTime,
            importID,
            lastAction,
            parentPrediction,
            parentAnnotation,
            configVersion,
            revision
        )
    }
}
