import Contracts
import LabelModel

/// The payloads of events about annotations and tasks.
extension WriteTransaction {
    /// Notes that an annotation was made or changed.
    func announce(_ action: EventAction, _ annotation: Annotation) throws(StorageError) {
        try announce(action, in: annotation.project) { (writer) throws(StorageError) in
            writer.key("annotation")
            annotation.writeEvent(to: &writer)
            writer.key("task")
            try write(annotation.task, to: &writer)
        }
    }

    /// Notes that many annotations were made at once; the members keep their names in the singular.
    func announceMany(_ annotations: [Annotation]) throws(StorageError) {
        let byProject = Dictionary(grouping: annotations, by: \.project)
        for (project, annotations) in byProject.sorted(by: { $0.key < $1.key }) {
            try announce(.annotationsCreated, in: project) { (writer) throws(StorageError) in
                writer.key("annotation")
                writer.beginArray()
                for annotation in annotations { annotation.writeEvent(to: &writer) }
                writer.endArray()
                writer.key("task")
                writer.beginArray()
                for annotation in annotations { try write(annotation.task, to: &writer) }
                writer.endArray()
            }
        }
    }

    func announceDeletion(
        of annotations: [AnnotationID],
        in project: ProjectID
    ) throws(StorageError) {
        guard !annotations.isEmpty else { return }
        try announce(.annotationsDeleted, in: project) { (writer) throws(StorageError) in
            writer.key("annotations")
            Self.write(annotations, to: &writer)
        }
    }

    func announceDeletion(of tasks: [TaskID], in project: ProjectID) throws(StorageError) {
        guard !tasks.isEmpty else { return }
        try announce(.tasksDeleted, in: project) { (writer) throws(StorageError) in
            writer.key("tasks")
            Self.write(tasks, to: &writer)
        }
    }

    private func write(_ task: TaskID, to writer: inout JSONWriter) throws(StorageError) {
        if let task = try connection.first(TaskSQL.byID, task, read: { LabelingTask(&$0) }) {
            task.writeEvent(to: &writer)
        } else {
            writer.null()
        }
    }

    private static func write<ID: Identifier>(_ ids: [ID], to writer: inout JSONWriter) {
        writer.array { writer in
            for id in ids {
                writer.object { $0.member("id", id) }
            }
        }
    }
}
