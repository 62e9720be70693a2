import Contracts
import LabelModel

/// Inserts tasks with their annotations and predictions, and counts what it inserted.
struct TaskInsertion {
    /// A call may not bring more: a transaction holds up every other writer.
    static let limit = 10_000

    private let project: ProjectID
    private let user: UserID
    private let file: FileUploadID?
    private let importID: ImportID?
    private let transaction: WriteTransaction
    private let configVersion: Int64
    private let overlaps: ProjectSettings
    private var lastInnerID: Int64
    /// What was inserted so far; the caller adds it to the project or to the import.
    private(set) var counters = ProjectCounters()

    /// Prepares to insert into a project.
    ///
    /// `importID` names the open import that hides the tasks; nil shows them at once.
    init(
        into project: ProjectID,
        by user: UserID,
        file: FileUploadID?,
        import importID: ImportID? = nil,
        transaction: WriteTransaction
    ) throws(StorageError) {
        let destination = try transaction.connection.first(TaskSQL.destination, project) { row in
            var overlaps = ProjectSettings()
            let lastInnerID: Int64 = row.next()
            let configVersion: Int64 = row.next()
            overlaps.maximumAnnotations = row.next()
            overlaps.overlapCohortPercentage = row.next()
            return (lastInnerID, configVersion, overlaps)
        }
        guard let destination else { throw .noProject(project) }
        (lastInnerID, configVersion, overlaps) = destination
        self.project = project
        self.user = user
        self.file = file
        self.importID = importID
        self.transaction = transaction
    }

    /// Inserts tasks in order.
    ///
    /// - Returns: Their ids, which follow each other.
    mutating func insert(_ tasks: [NewTask]) throws(StorageError) -> [TaskID] {
        guard !tasks.isEmpty else { return [] }
        guard tasks.count <= Self.limit else {
            throw StorageError(
                .invalid,
                "At most \(Self.limit) tasks can be stored at once, not \(tasks.count)."
            )
        }
        let connection = transaction.connection
        let firstID = try transaction.identifiers.take(tasks.count, for: .tasks)
        let firstInnerID = lastInnerID + 1
        var rest = tasks[...]
        while let task = rest.first {
            let id = firstID + Int64(rest.startIndex)
            if let overlap = commonOverlap(ofNext: rest.prefix(PlainTaskRows.count)) {
                try insertPlain(rest.prefix(PlainTaskRows.count), overlap: overlap, firstID: id)
                rest = rest.dropFirst(PlainTaskRows.count)
            } else {
                try insert(task, id: TaskID(id))
                rest = rest.dropFirst()
            }
        }
        try connection.run(TaskSQL.setLastInnerID, lastInnerID, project)
        try TaskBlocks.count(
            firstInnerID...lastInnerID,
            1,
            in: project,
            import: importID,
            on: connection
        )
        counters.tasks += Int64(tasks.count)
        return (0..<Int64(tasks.count)).map { TaskID(firstID + $0) }
    }

    /// The overlap that all these tasks would have, when they can go in with one statement.
    private func commonOverlap(ofNext tasks: ArraySlice<NewTask>) -> Int64? {
        guard tasks.count == PlainTaskRows.count, let first = tasks.first else { return nil }
        let common = overlap(of: first, innerID: lastInnerID + 1)
        for (offset, task) in tasks.enumerated() {
            let innerID = lastInnerID + 1 + Int64(offset)
            guard PlainTaskRows.canHold(task), overlap(of: task, innerID: innerID) == common
            else { return nil }
        }
        return common
    }

    private func overlap(of task: NewTask, innerID: Int64) -> Int64 {
        task.overlap.map { max(1, $0) } ?? overlaps.overlap(innerID: innerID)
    }

    private mutating func insertPlain(
        _ tasks: ArraySlice<NewTask>,
        overlap: Int64,
        firstID: Int64
    ) throws(StorageError) {
        let common = PlainTaskRows.Common(
            firstID: firstID,
            project: project,
            firstInnerID: lastInnerID + 1,
            importID: importID,
            overlap: overlap,
            now: transaction.now,
            user: user,
            file: file
        )
        try PlainTaskRows.insert(tasks, common, on: transaction.connection)
        lastInnerID += Int64(tasks.count)
    }

    private mutating func insert(_ task: NewTask, id: TaskID) throws(StorageError) {
        lastInnerID += 1
        let overlap = overlap(of: task, innerID: lastInnerID)
        var tally = TaskTally()
        for annotation in task.annotations {
            tally.add(
                by: annotation.completedBy ?? user,
                wasCancelled: annotation.wasCancelled,
                groundTruth: annotation.groundTruth
            )
        }
        // A task that comes with a skipped annotation counts as labeled whatever the skip rule
        // says, as in Label Studio.
        let isLabeled = tally.answers(countingSkips: true) >= overlap
        let isLong = task.data.bytes.count > TaskSQL.inlineDataLimit
        let connection = transaction.connection
        try connection.run(
            TaskSQL.insert,
            id,
            project,
            lastInnerID,
            importID?.rawValue,
            isLabeled,
            overlap,
            task.allowSkip,
            tally.total,
            tally.cancelled,
            tally.useful,
            tally.groundTruths,
            Int64(task.predictions.count),
            transaction.now,
            transaction.now,
            user,
            file,
            isLong ? nil : task.data,
            task.meta
        )
        if isLong { try connection.run(TaskSQL.insertLargeData, id, task.data) }
        if !task.annotations.isEmpty { try insert(task.annotations, on: id) }
        if !task.predictions.isEmpty {
            _ = try PredictionRow.insert(task.predictions, on: id, in: project, transaction)
        }
        count(tally, isLabeled: isLabeled, predictions: task.predictions.count)
    }

    private func insert(
        _ annotations: [NewAnnotation],
        on task: TaskID
    ) throws(StorageError) {
        let firstID = try transaction.identifiers.take(annotations.count, for: .annotations)
        for (offset, new) in annotations.enumerated() {
            let annotation = try Annotation(
                new,
                id: AnnotationID(firstID + Int64(offset)),
                task: task,
                project: project,
                by: user,
                configVersion: configVersion,
                at: transaction.now
            )
            do {
                try annotation.insert(on: transaction.connection)
            } catch {
                guard error.isDuplicate else { throw StorageError(error) }
                throw .uniqueIDTaken(annotation.uniqueID)
            }
        }
    }

    private mutating func count(_ tally: TaskTally, isLabeled: Bool, predictions: Int) {
        counters.finishedTasks += isLabeled ? 1 : 0
        counters.tasksWithAnnotations += tally.useful > 0 ? 1 : 0
        counters.annotations += tally.total
        counters.usefulAnnotations += tally.useful
        counters.groundTruths += tally.groundTruths
        counters.skippedAnnotations += tally.cancelled
        counters.predictions += Int64(predictions)
    }
}
