import Contracts
import LabelModel

/// Inserts tasks of another store with all that was said of them, as it was.
///
/// Unlike ``TaskInsertion`` it decides nothing: moments, revisions, inner ids and whether a task is
/// labeled come with it.
struct ChronicleInsertion {
    private let project: ProjectID
    private let importID: ImportID
    private let transaction: WriteTransaction
    private var connection: Connection { transaction.connection }
    /// What was inserted so far; the caller adds it to the import.
    private(set) var counters = ProjectCounters()

    init(into arrival: ArrivingProject, _ transaction: WriteTransaction) {
        project = arrival.project
        importID = arrival.importID
        self.transaction = transaction
    }

    /// Inserts tasks in order.
    ///
    /// - Returns: The first and the last of their ids, which follow each other.
    mutating func insert(
        _ chronicles: [TaskChronicle]
    ) throws(StorageError) -> (first: Int64, last: Int64)? {
        guard !chronicles.isEmpty else { return nil }
        let firstID = try transaction.identifiers.take(chronicles.count, for: .tasks)
        for (offset, chronicle) in chronicles.enumerated() {
            try insert(chronicle, as: TaskID(firstID + Int64(offset)))
        }
        try TaskBlocks.count(
            chronicles.lazy.map(\.task.innerID),
            1,
            in: project,
            import: importID,
            on: connection
        )
        return (firstID, firstID + Int64(chronicles.count) - 1)
    }

    private mutating func insert(
        _ chronicle: TaskChronicle,
        as id: TaskID
    ) throws(StorageError) {
        let annotationIDs = try newIDs(
            of: chronicle.annotations.map(\.id) + chronicle.versions.map(\.annotation.id),
            for: .annotations
        )
        let predictionIDs = try newIDs(of: chronicle.predictions.map(\.id), for: .predictions)
        let place = NewPlace(
            task: id,
            project: project,
            annotations: annotationIDs,
            predictions: predictionIDs
        )
        try insertTask(chronicle, as: id)
        for prediction in chronicle.predictions { try insert(prediction, at: place) }
        var renamed: [AnnotationID: String] = [:]
        for annotation in chronicle.annotations {
            let moved = place.moved(annotation)
            renamed[moved.id] = try insert(moved)
        }
        for version in chronicle.versions { try insert(version, at: place, renamed) }
        for draft in chronicle.drafts { try insert(draft, at: place) }
    }

    private mutating func insertTask(
        _ chronicle: TaskChronicle,
        as id: TaskID
    ) throws(StorageError) {
        let task = chronicle.task
        var tally = TaskTally()
        for annotation in chronicle.annotations {
            tally.add(
                by: annotation.completedBy,
                wasCancelled: annotation.wasCancelled,
                groundTruth: annotation.groundTruth
            )
        }
        let isLong = task.data.bytes.count > TaskSQL.inlineDataLimit
        do throws(SQLiteFailure) {
            try connection.attempt(
                MoveSQL.insertTask,
                id,
                project,
                task.innerID,
                importID.rawValue,
                task.isLabeled,
                task.overlap,
                task.allowSkip,
                tally.total,
                tally.cancelled,
                tally.useful,
                tally.groundTruths,
                Int64(chronicle.predictions.count),
                task.revision,
                task.createdAt,
                task.updatedAt,
                task.updatedBy,
                task.fileUpload,
                isLong ? nil : task.data,
                task.meta == .emptyObject ? nil : task.meta
            )
        } catch {
            guard error.isDuplicate else { throw StorageError(error) }
            throw StorageError(.duplicate, "The inner id \(task.innerID) comes twice.")
        }
        if isLong { try connection.run(TaskSQL.insertLargeData, id, task.data) }
        counters.tasks += 1
        counters.finishedTasks += task.isLabeled ? 1 : 0
        counters.tasksWithAnnotations += tally.useful > 0 ? 1 : 0
        counters.annotations += tally.total
        counters.usefulAnnotations += tally.useful
        counters.groundTruths += tally.groundTruths
        counters.skippedAnnotations += tally.cancelled
        counters.predictions += Int64(chronicle.predictions.count)
    }

    /// Inserts an annotation; one whose unique id another one has here gets a new one.
    ///
    /// - Returns: The unique id that it has now.
    private func insert(_ annotation: Annotation) throws(StorageError) -> String {
        var annotation = annotation
        do throws(SQLiteFailure) {
            try annotation.insert(on: connection)
        } catch {
            guard error.isDuplicate else { throw StorageError(error) }
            annotation.uniqueID = UniqueID.make(at: transaction.now.microseconds / 1_000).text
            do throws(SQLiteFailure) {
                try annotation.insert(on: connection)
            } catch {
                throw StorageError(error)
            }
        }
        return annotation.uniqueID
    }

    private func insert(
        _ version: AnnotationVersion,
        at place: NewPlace,
        _ renamed: [AnnotationID: String]
    ) throws(StorageError) {
        let annotation = place.moved(version.annotation)
        try connection.run(
            MoveSQL.insertVersion,
            version.action.rawValue,
            version.by,
            version.at,
            annotation.id,
            UniqueID(renamed[annotation.id] ?? annotation.uniqueID).bytes,
            annotation.task,
            annotation.project,
            annotation.completedBy,
            annotation.result,
            annotation.resultCount,
            annotation.wasCancelled,
            annotation.groundTruth,
            annotation.createdAt,
            annotation.updatedAt,
            annotation.updatedBy,
            annotation.draftCreatedAt,
            annotation.leadTime,
            annotation.importID,
            annotation.lastAction,
            annotation.parentPrediction,
            annotation.parentAnnotation,
            annotation.configVersion,
            annotation.revision
        )
    }

    private func insert(_ draft: AnnotationDraft, at place: NewPlace) throws(StorageError) {
        do throws(SQLiteFailure) {
            try connection.attempt(
                MoveSQL.insertDraft,
                place.task,
                project,
                draft.user,
                draft.annotation.flatMap { place.annotations[$0] },
                draft.result,
                draft.leadTime,
                draft.wasPostponed,
                draft.createdAt,
                draft.updatedAt
            )
        } catch {
            guard error.isDuplicate else { throw StorageError(error) }
            throw StorageError(.duplicate, "A person has two drafts of the same answer.")
        }
    }

    private func insert(_ prediction: Prediction, at place: NewPlace) throws(StorageError) {
        try connection.run(
            MoveSQL.insertPrediction,
            place.predictions[prediction.id],
            place.task,
            project,
            prediction.result,
            prediction.modelVersion,
            prediction.score,
            prediction.misfit,
            prediction.createdAt,
            prediction.updatedAt
        )
    }

    /// New ids for old ones, in the same order.
    private func newIDs<ID: Identifier>(
        of old: [ID],
        for table: IdentifierSequences.Table
    ) throws(StorageError) -> [ID: ID] {
        let sorted = Set(old).sorted { $0.rawValue < $1.rawValue }
        guard !sorted.isEmpty else { return [:] }
        let first = try transaction.identifiers.take(sorted.count, for: table)
        var ids: [ID: ID] = [:]
        for (offset, id) in sorted.enumerated() { ids[id] = ID(rawValue: first + Int64(offset)) }
        return ids
    }
}

/// Where a task's answers are now, and what their ids have become.
private struct NewPlace {
    let task: TaskID
    let project: ProjectID
    let annotations: [AnnotationID: AnnotationID]
    let predictions: [PredictionID: PredictionID]

    /// The annotation with its new ids; a parent that is gone is gone.
    func moved(_ annotation: Annotation) -> Annotation {
        var moved = annotation
        moved.id = annotations[annotation.id] ?? annotation.id
        moved.task = task
        moved.project = project
        moved.parentAnnotation = annotation.parentAnnotation.flatMap { annotations[$0] }
        moved.parentPrediction = annotation.parentPrediction.flatMap { predictions[$0] }
        return moved
    }
}
