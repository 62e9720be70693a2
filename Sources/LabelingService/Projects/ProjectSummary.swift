public import Contracts
public import LabelModel

extension Projects {
    /// Projects in pages, all of them for a walk.
    ///
    /// - `page`: From 1; a page past the end is empty.
    public func all(page: Int, size: Int) async throws(ServiceError) -> [Project] {
        try await stored(
            await environment.storage.projects.page(ProjectQuery(), number: page, size: size)
        ).projects
    }

    /// What a project's tasks and annotations hold; reads them all.
    public func summary(of id: ProjectID) async throws(ServiceError) -> ProjectSummary {
        _ = try await project(id)
        return try await stored(await environment.storage.projects.summary(of: id))
    }

    /// Users who annotated or skipped tasks of a project, by id.
    public func annotators(of id: ProjectID) async throws(ServiceError) -> [User] {
        _ = try await project(id)
        let contributions = try await stored(
            await environment.storage.annotations.contributions(in: id)
        )
        var users: [User] = []
        for contribution in contributions {
            let user = try await stored(await environment.storage.users.user(contribution.user))
            if let user { users.append(user) }
        }
        return users
    }

    /// Model versions of a project's predictions, the newest first.
    public func modelVersions(of id: ProjectID) async throws(ServiceError) -> [ModelVersionUse] {
        _ = try await project(id)
        return try await stored(await environment.storage.predictions.modelVersions(of: id))
    }

    /// Deletes all predictions of a model version.
    ///
    /// - Returns: How many there were.
    public func deletePredictions(
        of version: String,
        in id: ProjectID,
        by user: User
    ) async throws(ServiceError) -> Int64 {
        _ = try await project(id)
        var count: Int64 = 0
        while true {
            let some = try await stored(
                await environment.storage.predictions.deleteSome(
                    of: version,
                    in: id,
                    limit: DataManager.tasksPerStep
                )
            )
            count += some
            if some < Int64(DataManager.tasksPerStep) { return count }
        }
    }
}
