import Contracts
import LabelModel

struct SQLiteTrashStore: TrashStore {
    /// Items of one transaction, when many are to go or to come.
    private static let portion = 2_000

    let engine: Engine

    // MARK: Into the trash

    func discard(
        _ tasks: [TaskID],
        of project: ProjectID,
        into entry: TrashID?,
        by user: UserID
    ) async throws(StorageError) -> (count: Int64, entry: TrashID?) {
        try await engine.write { (transaction) throws(StorageError) in
            try Self.discard(tasks, of: project, into: entry, by: user, transaction)
        }
    }

    func discardAll(
        of project: ProjectID,
        by user: UserID
    ) async throws(StorageError) -> Int64 {
        var discarded: Int64 = 0
        var entry: TrashID?
        while true {
            let (count, used) = try await engine.write {
                [entry] (transaction) throws(StorageError) in
                let tasks: [TaskID] = try transaction.connection.all(
                    TrashSQL.someVisible,
                    project,
                    Self.portion
                ) { $0.next() }
                return try Self.discard(tasks, of: project, into: entry, by: user, transaction)
            }
            if count == 0 { return discarded }
            discarded += count
            entry = used
        }
    }

    private static func discard(
        _ tasks: [TaskID],
        of project: ProjectID,
        into entry: TrashID?,
        by user: UserID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> (count: Int64, entry: TrashID?) {
        var entry = entry
        // What was emptied or restored meanwhile takes no more.
        if let known = entry {
            let isThere = try transaction.connection.first(
                TrashSQL.isThere,
                known,
                project,
                TrashEntry.Kind.tasks.rawValue
            ) { _ in true }
            if isThere == nil { entry = nil }
        }
        let hidden = try TrashedTasks.hide(
            tasks,
            of: project,
            in: { () throws(StorageError) in
                if let entry { return entry }
                let begun = try transaction.beginTrash(.tasks, of: project, by: user)
                entry = begun
                return begun
            },
            transaction
        )
        try transaction.announceDeletion(of: hidden, in: project)
        return (Int64(hidden.count), hidden.isEmpty ? nil : entry)
    }

    func discard(_ project: ProjectID, by user: UserID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let old = try SQLiteProjectStore.project(project, on: transaction.connection)
            _ = try transaction.beginTrash(.project, of: project, by: user)
            try AuditEvent.project("project.deleted", old, by: user).append(to: transaction)
            try transaction.announce(.projectDeleted, in: project)
            try transaction.connection.run(TrashSQL.hideProject, project)
            transaction.afterCommit(.closed(project))
        }
    }

    // MARK: What is in it

    func entries(
        of project: ProjectID,
        before id: TrashID?,
        limit: Int
    ) async throws(StorageError) -> [TrashEntry] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(TrashSQL.ofProject, project, id?.rawValue ?? .max, limit) {
                TrashEntry(&$0)
            }
        }
    }

    func projects() async throws(StorageError) -> [TrashEntry] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(TrashSQL.projects) { TrashEntry(&$0) }
        }
    }

    func creator(of project: ProjectID) async throws(StorageError) -> UserID? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(TrashSQL.creator, project) { $0.next() }
        }
    }

    func entry(_ id: TrashID) async throws(StorageError) -> TrashEntry? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(TrashSQL.byID, id) { TrashEntry(&$0) }
        }
    }

    func entries(
        before moment: Timestamp,
        limit: Int
    ) async throws(StorageError) -> [TrashEntry] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(TrashSQL.before, moment, limit) { TrashEntry(&$0) }
        }
    }

    // MARK: Out of it

    func restore(_ id: TrashID, by user: UserID) async throws(StorageError) -> Int64 {
        let entry = try await known(id)
        guard entry.kind != .project else {
            try await restoreProject(entry, by: user)
            return 1
        }
        var restored: Int64 = 0
        while true {
            let (taken, came) = try await engine.write { (transaction) throws(StorageError) in
                let items = try Self.items(of: entry, transaction)
                let came = try Self.restore(items, of: entry, by: user, transaction)
                for item in items {
                    try transaction.connection.run(TrashSQL.removeItem, entry.id, item.id)
                }
                if items.count < Self.portion { try Self.end(entry, transaction) }
                return (items.count, came)
            }
            restored += came
            if taken < Self.portion { return restored }
        }
    }

    private static func restore(
        _ items: [(id: Int64, importID: Int64?)],
        of entry: TrashEntry,
        by user: UserID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> Int64 {
        guard entry.kind == .tasks else {
            let restored = try TrashedAnnotations.restore(
                items.map { AnnotationID(rawValue: $0.id) },
                by: user,
                transaction
            )
            try transaction.announceMany(restored)
            return Int64(restored.count)
        }
        let shown = try TrashedTasks.show(
            items.map { (TaskID(rawValue: $0.id), $0.importID) },
            of: entry.project,
            transaction
        )
        try transaction.announceReturn(of: shown, in: entry.project)
        return Int64(shown.count)
    }

    private func restoreProject(
        _ entry: TrashEntry,
        by user: UserID
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            try connection.run(TrashSQL.showProject, entry.project)
            guard connection.changes == 1 else { throw .noTrash(entry.id) }
            try Self.end(entry, transaction)
            let project = try SQLiteProjectStore.project(entry.project, on: connection)
            try AuditEvent.project("project.restored", project, by: user).append(to: transaction)
            try transaction.announce(.projectCreated, in: entry.project)
        }
    }

    func purge(_ id: TrashID) async throws(StorageError) {
        let entry = try await known(id)
        guard entry.kind != .project else { return try await purgeProject(entry) }
        while true {
            let taken = try await engine.write { (transaction) throws(StorageError) in
                let connection = transaction.connection
                let items = try Self.items(of: entry, transaction)
                if entry.kind == .tasks {
                    try TrashedTasks.delete(
                        items.map { (TaskID(rawValue: $0.id), $0.importID) },
                        of: entry.project,
                        transaction
                    )
                } else {
                    for item in items { try connection.run(TrashSQL.deleteHistory, item.id) }
                }
                for item in items { try connection.run(TrashSQL.removeItem, entry.id, item.id) }
                if items.count < Self.portion {
                    try connection.run(TrashSQL.remove, entry.id)
                    try connection.run(TrashSQL.removeEmpty, entry.project)
                }
                return items.count
            }
            if taken < Self.portion { return }
        }
    }

    private func purgeProject(_ entry: TrashEntry) async throws(StorageError) {
        // The tasks go in portions, so that a large project does not keep every other writer
        // waiting; the rest goes with the project.
        while true {
            let removed = try await engine.write { (transaction) throws(StorageError) in
                try TaskRemoval.purgeSome(of: entry.project, Self.portion, transaction)
            }
            if removed == 0 { break }
        }
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(ProjectSQL.delete, entry.project)
        }
    }

    // MARK: Parts

    private func known(_ id: TrashID) async throws(StorageError) -> TrashEntry {
        guard let entry = try await entry(id) else { throw .noTrash(id) }
        return entry
    }

    private static func items(
        of entry: TrashEntry,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> [(id: Int64, importID: Int64?)] {
        try transaction.connection.all(TrashSQL.items, entry.id, 0 as Int64, portion) { row in
            (id: row.next() as Int64, importID: row.next() as Int64?)
        }
    }

    /// Takes an entry away, unless someone else has.
    private static func end(
        _ entry: TrashEntry,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        try transaction.connection.run(TrashSQL.remove, entry.id)
        guard transaction.connection.changes == 1 else { throw .noTrash(entry.id) }
    }
}

extension TrashEntry {
    fileprivate init(_ row: inout ColumnReader) {
        let id: TrashID = row.next()
        let project: ProjectID = row.next()
        let title: String = row.next()
        let kind = Kind(rawValue: row.next()) ?? .tasks
        let count: Int64 = row.next()
        let first: Int64? = row.next()
        let innerID: Int64? = row.next()
        self.init(
            id: id,
            project: project,
            projectTitle: title,
            kind: kind,
            count: kind == .project ? 1 : count,
            firstItem: first ?? project.rawValue,
            innerID: kind == .project ? nil : innerID,
            by: row.next(),
            at: row.next()
        )
    }
}

extension AuditEvent {
    fileprivate static func project(
        _ action: String,
        _ project: Project,
        by user: UserID
    ) -> AuditEvent {
        var writer = JSONWriter()
        writer.object { $0.member("title", project.settings.title) }
        return AuditEvent(
            action,
            on: "project:\(project.id)",
            by: .user(user),
            in: project.id,
            detail: RawJSON(checked: writer.bytes)
        )
    }
}

extension StorageError {
    fileprivate static func noTrash(_ id: TrashID) -> StorageError {
        StorageError(.notFound, "There is no entry \(id) in the trash.")
    }
}
