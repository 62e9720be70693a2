import Contracts
import LabelModel

struct SQLiteJobStore: JobStore {
    let engine: Engine

    private static let columns = """
        id, project_id, kind, parent_id, user_id, title, parameters, created_at, progress, state, \
        ifnull(changed_at, 0), ifnull(outcome, '')
        """
    private static let insertion = SQLText(
        """
        INSERT INTO jobs(project_id, kind, parent_id, user_id, title, parameters, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING \(columns)
        """
    )
    private static let byID = SQLText("SELECT \(columns) FROM jobs WHERE id = ?")
    private static let ofProject = SQLText(
        """
        SELECT \(columns) FROM jobs WHERE project_id = ? AND kind = ? ORDER BY id DESC LIMIT ?
        """
    )
    private static let ofParent = SQLText(
        "SELECT \(columns) FROM jobs WHERE parent_id = ? ORDER BY id"
    )
    private static let open = SQLText(
        """
        SELECT ifnull(instance, 0), \(columns) FROM jobs
        WHERE state IN ('created', 'running') ORDER BY id
        """
    )
    private static let instance = SQLText(
        "SELECT ifnull(instance, 0) FROM jobs WHERE id = ? AND state IN ('created', 'running')"
    )
    private static let begin = SQLText(
        """
        UPDATE jobs SET state = 'running', instance = ?, changed_at = ?, progress = 0 WHERE id = ?
        """
    )
    private static let advance = SQLText(
        "UPDATE jobs SET progress = ? WHERE id = ? AND instance = ? AND state = 'running'"
    )
    private static let end = SQLText(
        "UPDATE jobs SET state = ?, changed_at = ?, outcome = ? WHERE id = ?"
    )
    private static let remove = SQLText("DELETE FROM jobs WHERE id = ?")

    func insert(
        _ kind: String,
        in project: ProjectID,
        parent: JobID?,
        by user: UserID,
        title: String,
        parameters: RawJSON
    ) async throws(StorageError) -> Job {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil,
                let job = try connection.first(
                    Self.insertion,
                    project,
                    kind,
                    parent,
                    user,
                    title,
                    parameters,
                    transaction.now,
                    read: { Job(&$0) }
                )
            else { throw .noProject(project) }
            return job
        }
    }

    func job(_ id: JobID) async throws(StorageError) -> Job? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.byID, id) { Job(&$0) }
        }
    }

    func jobs(
        _ kind: String,
        in project: ProjectID,
        limit: Int
    ) async throws(StorageError) -> [Job] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofProject, project, kind, limit) { Job(&$0) }
        }
    }

    func jobs(of parent: JobID) async throws(StorageError) -> [Job] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofParent, parent) { Job(&$0) }
        }
    }

    func waiting() async throws(StorageError) -> [Job] {
        let open = try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.open) { row in
                (instance: row.next() as Int64, job: Job(&row))
            }
        }
        return open.filter { isFree($0.instance) }.map(\.job)
    }

    /// True when nobody works on what an instance had; see ``InstanceLock``.
    private func isFree(_ instance: Int64) -> Bool {
        instance == 0 || !engine.lock.isAlive(instance)
    }

    func start(_ id: JobID) async throws(StorageError) -> Bool {
        let own = engine.lock.number
        return try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let instance: Int64? = try connection.first(Self.instance, id) { $0.next() }
            guard let instance, isFree(instance) else { return false }
            try connection.run(Self.begin, own, transaction.now, id)
            return true
        }
    }

    func setProgress(
        of id: JobID,
        to progress: Int64
    ) async throws(StorageError) -> Bool {
        let own = engine.lock.number
        return try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.advance, progress, id, own)
            return transaction.connection.changes == 1
        }
    }

    func complete(_ id: JobID, result: RawJSON) async throws(StorageError) {
        try await end(id, "completed", result.text)
    }

    func fail(_ id: JobID, reason: String) async throws(StorageError) {
        try await end(id, "failed", reason)
    }

    private func end(
        _ id: JobID,
        _ state: String,
        _ outcome: String
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.end, state, transaction.now, outcome, id)
            guard transaction.connection.changes == 1 else { throw .noJob(id) }
        }
    }

    func delete(_ id: JobID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.remove, id)
            guard transaction.connection.changes == 1 else { throw .noJob(id) }
        }
    }
}

extension Job {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            project: row.next(),
            kind: row.next(),
            parent: row.next(),
            user: row.next(),
            title: row.next(),
            parameters: row.next(),
            createdAt: row.next(),
            progress: row.next()
        )
        let name: String = row.next()
        let moment: Timestamp = row.next()
        let outcome: String = row.next()
        state =
            switch name {
            case "running": .running(since: moment)
            case "completed":
                .completed(at: moment, result: RawJSON(checked: Array(outcome.utf8)))
            case "failed": .failed(at: moment, reason: outcome)
            default: .created
            }
    }
}

extension StorageError {
    fileprivate static func noJob(_ id: JobID) -> StorageError {
        StorageError(.notFound, "There is no job \(id).")
    }
}
