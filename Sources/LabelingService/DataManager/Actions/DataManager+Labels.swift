import Contracts
public import LabelModel
import LabelingConfig

extension DataManager {
    /// Renames that run at once, so that they share transactions.
    private static let renamesAtOnce = 64

    /// Puts a label in the place of another in all annotations of a project.
    ///
    /// - Returns: How many annotations changed; their earlier states stay in their history.
    public func renameLabel(
        _ old: String,
        to new: String,
        in project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> Int64 {
        _ = try await setups.setup(of: project)
        let rename = LabelRename(control: nil, old: old, new: new)
        return try await renameLabels(rename, TaskQuery(), in: project, by: user)
    }

    /// What the body of the action asks for.
    func labelRename(
        _ fields: BodyFields,
        in project: ProjectID
    ) async throws(ServiceError) -> LabelRename {
        guard let control = try fields.string("control_tag") else {
            throw fields.missing("control_tag")
        }
        guard let old = try fields.string("old_label_name"), !old.isEmpty else {
            throw fields.missing("old_label_name")
        }
        guard let new = try fields.string("new_label_name"), !new.isEmpty else {
            throw fields.missing("new_label_name")
        }
        let config = try await setups.setup(of: project).config
        guard config.control(named: control) != nil else {
            throw .invalidField(
                "control_tag",
                "The labeling config has no control “\(control)”."
            )
        }
        return LabelRename(control: control, old: old, new: new)
    }

    func renameLabels(
        _ rename: LabelRename,
        _ query: TaskQuery,
        in project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> Int64 {
        var count: Int64 = 0
        try await forEachStep(of: query, in: project) { ids async throws(ServiceError) in
            let annotations = try await stored(await storage.annotations.annotations(of: ids))
            var waiting = annotations.values.joined().map(\.id)[...]
            while !waiting.isEmpty {
                let some = Array(waiting.prefix(Self.renamesAtOnce))
                waiting = waiting.dropFirst(some.count)
                count += try await apply(rename, to: some, by: user)
            }
        }
        return count
    }

    private func apply(
        _ rename: LabelRename,
        to ids: [AnnotationID],
        by user: User
    ) async throws(ServiceError) -> Int64 {
        let outcomes = await withTaskGroup(of: Result<Bool, ServiceError>.self) { group in
            for id in ids {
                group.addTask {
                    do throws(ServiceError) {
                        return .success(try await apply(rename, to: id, by: user))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            var outcomes: [Result<Bool, ServiceError>] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        var count: Int64 = 0
        for outcome in outcomes where try outcome.get() { count += 1 }
        return count
    }

    /// Renames in one annotation; one that someone changes meanwhile is read again.
    private func apply(
        _ rename: LabelRename,
        to id: AnnotationID,
        by user: User
    ) async throws(ServiceError) -> Bool {
        while true {
            guard let current = try await stored(await storage.annotations.annotation(id)),
                let result = try rename.applied(to: current.result)
            else { return false }
            var changes = AnnotationChanges()
            changes.result = result
            changes.resultCount = current.resultCount
            changes.lastAction = "updated"
            do {
                _ = try await storage.annotations.update(
                    id,
                    changes,
                    by: user.id,
                    expected: current.revision
                )
                return true
            } catch {
                switch error.code {
                case .staleRevision: continue
                case .notFound: return false
                default: throw ServiceError(error)
                }
            }
        }
    }
}
