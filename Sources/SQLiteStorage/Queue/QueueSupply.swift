import Contracts
import LabelModel

/// Where the candidates of a project come from, in the order in which they are handed out.
///
/// A supply is read in batches. It never ends: its last stage is open for tasks that are yet to
/// come, and imports that were committed since are looked through again.
struct QueueSupply: Sendable {
    enum Stage: Sendable, Hashable {
        /// By ascending score of predictions, after that score and prediction.
        case byScore(after: Double, prediction: Int64)
        /// By id: after the first, up to and with the second.
        case byID(after: Int64, through: Int64)
    }

    private var stages: [Stage]
    /// The number of the last committed import whose tasks are in the stages.
    private var lastCommit: Int64
    /// True when the last batch came to the end of what there was.
    private(set) var isAtEnd = false
    private var batchSize: Int

    private static let lastCommitNumber = SQLText(
        "SELECT ifnull(max(commit_number), 0) FROM imports WHERE project_id = ?"
    )
    private static let openRange = SQLText(
        """
        SELECT (SELECT id FROM tasks INDEXED BY open_tasks WHERE project_id = ?1
            AND is_labeled = 0 ORDER BY id LIMIT 1),
            (SELECT id FROM tasks INDEXED BY open_tasks WHERE project_id = ?1
            AND is_labeled = 0 ORDER BY id DESC LIMIT 1)
        """
    )
    private static let byID = SQLText(
        """
        SELECT t.id, t.overlap, t.total_annotations + t.cancelled_annotations
        FROM tasks t INDEXED BY open_tasks
        WHERE t.project_id = ? AND t.is_labeled = 0 AND t.id > ? AND t.id <= ?
            AND \(LabelingTask.isVisible)
        ORDER BY t.id LIMIT ?
        """
    )
    private static let byScore = SQLText(
        """
        SELECT t.id, t.overlap, t.total_annotations + t.cancelled_annotations, p.score, p.id,
            t.is_labeled
        FROM predictions p INDEXED BY predictions_by_score JOIN tasks t ON t.id = p.task_id
        WHERE p.project_id = ?1 AND p.score IS NOT NULL
            AND (p.score, p.id) > (?2, ?3) AND (?4 = '' OR p.model_version = ?4)
            AND \(LabelingTask.isVisible)
        ORDER BY p.score, p.id LIMIT ?5
        """
    )

    /// The supply of a project that nothing was taken of.
    init(
        of project: ProjectID,
        _ rules: QueueRules,
        on connection: Connection
    ) throws(StorageError) {
        lastCommit = try connection.first(Self.lastCommitNumber, project) { $0.next() } ?? 0
        let all = Stage.byID(after: 0, through: .max)
        batchSize = 512
        switch rules.sampling {
        case .sequential: stages = [all]
        case .uncertainty: stages = [.byScore(after: -.infinity, prediction: 0), all]
        case .uniform:
            // Begins anywhere, goes around once, and shuffles each batch.
            batchSize = 4_096
            let range = try connection.first(Self.openRange, project) { row in
                (first: row.next() as Int64, last: row.next() as Int64)
            }
            guard let range, range.last > range.first else {
                stages = [all]
                break
            }
            let start = Int64.random(in: range.first...range.last)
            stages = [
                .byID(after: start - 1, through: range.last),
                .byID(after: 0, through: start - 1),
                .byID(after: range.last, through: .max),
            ]
        }
    }

    /// The next candidates; empty when there are none for now.
    mutating func next(
        of project: ProjectID,
        _ rules: QueueRules,
        on connection: Connection
    ) throws(StorageError) -> [QueueCandidate] {
        defer { batchSize = min(8_192, batchSize * 2) }
        isAtEnd = false
        var stage = 0
        while stage < stages.count {
            let batch = try read(stage, of: project, rules, on: connection)
            if batch.isStageOver, !isOpenEnd(stage) {
                stages.remove(at: stage)
            } else if batch.isStageOver {
                stage += 1
            }
            if !batch.candidates.isEmpty {
                return rules.sampling == .uniform
                    ? batch.candidates.shuffled() : batch.candidates
            }
            if stage == stages.count { try appendImports(of: project, on: connection) }
        }
        isAtEnd = true
        return []
    }

    private func isOpenEnd(_ stage: Int) -> Bool {
        if case .byID(_, .max) = stages[stage] { return true }
        return false
    }

    /// Adds where the tasks of newly committed imports lie; what was taken before comes again and
    /// is recognized by the queue.
    private mutating func appendImports(
        of project: ProjectID,
        on connection: Connection
    ) throws(StorageError) {
        var added: [Stage] = []
        var last = lastCommit
        try connection.forEach(ImportSQL.committedSince, project, lastCommit) { row in
            last = row.next()
            let first: Int64 = row.next()
            added.append(.byID(after: first - 1, through: row.next()))
            return true
        }
        lastCommit = last
        stages += added
    }

    private mutating func read(
        _ stage: Int,
        of project: ProjectID,
        _ rules: QueueRules,
        on connection: Connection
    ) throws(StorageError) -> (candidates: [QueueCandidate], isStageOver: Bool) {
        var rows: [(candidate: QueueCandidate, answers: Int64)] = []
        var count = 0
        switch stages[stage] {
        case .byID(var last, let end):
            try connection.forEach(Self.byID, project, last, end, batchSize) { row in
                let task: TaskID = row.next()
                rows.append((QueueCandidate(task: task, overlap: row.next()), row.next()))
                last = task.rawValue
                count += 1
                return true
            }
            stages[stage] = .byID(after: last, through: end)
        case .byScore(var score, var prediction):
            try connection.forEach(
                Self.byScore,
                project,
                score,
                prediction,
                rules.modelVersion,
                batchSize
            ) { row in
                let task: TaskID = row.next()
                let candidate = QueueCandidate(task: task, overlap: row.next())
                let answers: Int64 = row.next()
                score = row.next()
                prediction = row.next()
                count += 1
                let isLabeled: Bool = row.next()
                if !isLabeled { rows.append((candidate, answers)) }
                return true
            }
            stages[stage] = .byScore(after: score, prediction: prediction)
        }
        let candidates = try rows.map { row throws(StorageError) in
            guard row.answers > 0 else { return row.candidate }
            let tally = try TaskTally(of: row.candidate.task, on: connection)
            return QueueCandidate(
                task: row.candidate.task,
                overlap: row.candidate.overlap,
                answered: tally.answered,
                skipped: tally.skipped
            )
        }
        return (candidates, count < batchSize)
    }
}
