import Contracts
import LabelModel

/// Inserts tasks that are nothing but short data, many with one statement.
///
/// Most tasks of most imports are like that. Starting a statement and binding its values costs
/// more than the row: inside one statement the engine keeps its cursors, and what the rows have
/// in common is bound once.
enum PlainTaskRows {
    /// Rows of one statement.
    static let count = 64

    /// What the rows have in common.
    ///
    /// Ids and inner ids count up from the first row's.
    struct Common {
        let firstID: Int64
        let project: ProjectID
        let firstInnerID: Int64
        let importID: ImportID?
        let overlap: Int64
        let now: Timestamp
        let user: UserID
        let file: FileUploadID?
    }

    private static let firstDataIndex: Int32 = 9
    private static let statement = SQLText(
        """
        INSERT INTO tasks(id, project_id, inner_id, import_id, is_labeled, overlap, allow_skip,
            total_annotations, cancelled_annotations, useful_annotations, ground_truths,
            total_predictions, revision, created_at, updated_at, updated_by, file_upload_id, data)
        VALUES

        """
            + (0..<count).map { row in
                "(?1 + \(row), ?2, ?3 + \(row), ?4, 0, ?5, 1, 0, 0, 0, 0, 0, 1, ?6, ?6, ?7, ?8,"
                    + " ?\(row + Int(firstDataIndex)))"
            }.joined(separator: ",")
    )

    /// Whether a task can be such a row.
    static func canHold(_ task: NewTask) -> Bool {
        task.annotations.isEmpty && task.predictions.isEmpty && task.meta == nil && task.allowSkip
            && task.data.bytes.count <= TaskSQL.inlineDataLimit
    }

    /// Inserts exactly ``count`` tasks that ``canHold(_:)`` has agreed to.
    static func insert(
        _ tasks: ArraySlice<NewTask>,
        _ common: Common,
        on connection: Connection
    ) throws(StorageError) {
        try connection.run(
            statement,
            texts: tasks.lazy.map(\.data.bytes),
            from: firstDataIndex,
            common.firstID,
            common.project,
            common.firstInnerID,
            common.importID?.rawValue,
            common.overlap,
            common.now,
            common.user,
            common.file
        )
    }
}
