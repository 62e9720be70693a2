import LabelModel

extension LabelingTask {
    /// Columns of `tasks t`.
    ///
    /// Long data lies in a table of its own.
    static let columns = """
        t.id, t.project_id, t.inner_id, \
        ifnull(t.data, (SELECT l.data FROM large_task_data l WHERE l.task_id = t.id)), \
        ifnull(t.meta, '{}'), t.created_at, t.updated_at, t.updated_by, t.is_labeled, t.overlap, \
        t.allow_skip, t.file_upload_id, t.total_annotations, t.cancelled_annotations, \
        t.total_predictions, t.revision
        """

    /// True for a task that no open import hides and whose project is not hidden.
    static let isVisible = """
        (NOT EXISTS (SELECT 1 FROM open_imports o WHERE o.id = t.import_id)
        AND NOT EXISTS (SELECT 1 FROM hidden_projects hp WHERE hp.id = t.project_id))
        """

    init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            project: row.next(),
            innerID: row.next(),
            data: row.next(),
            meta: row.next(),
            createdAt: row.next(),
            updatedAt: row.next(),
            updatedBy: row.next(),
            isLabeled: row.next(),
            overlap: row.next(),
            allowSkip: row.next(),
            fileUpload: row.next(),
            totalAnnotations: row.next(),
            cancelledAnnotations: row.next(),
            totalPredictions: row.next(),
            revision: row.next()
        )
    }
}
