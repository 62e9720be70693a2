public import LabelModel

/// Keeps projects and every version of their labeling configs.
public protocol ProjectStore: Sendable {
    /// Stores a project; its labeling config becomes version 1.
    ///
    /// `plugins`: Enabled in the project in the same transaction.
    func insert(
        _ settings: ProjectSettings,
        by user: UserID,
        enabling plugins: [PluginEnablement]
    ) async throws(StorageError) -> Project

    func project(_ id: ProjectID) async throws(StorageError) -> Project?

    /// A page of projects.
    ///
    /// `number`: From 1.
    ///
    /// - Returns: The page and the count of all that match; the page is empty past the end.
    func page(
        _ query: ProjectQuery,
        number: Int,
        size: Int
    ) async throws(StorageError) -> (projects: [Project], total: Int)

    /// Changes settings under a lock that no other change of the project can pass.
    ///
    /// A changed labeling config becomes a new version; a changed overlap is applied to tasks that
    /// nobody has annotated yet, and decides anew which tasks are labeled.
    ///
    /// `plugins`: Enabled in the project in the same transaction.
    /// `user`: On whose word.
    ///
    /// - Throws: ``StorageError`` `notFound`, or what `change` throws.
    func update(
        _ id: ProjectID,
        enabling plugins: [PluginEnablement],
        by user: UserID,
        _ change: @escaping @Sendable (inout ProjectSettings) -> Void
    ) async throws(StorageError) -> Project

    /// The labeling config of one version, or nil.
    func labelConfig(_ id: ProjectID, version: Int64) async throws(StorageError) -> String?

    /// What a project's tasks and annotations hold; reads them all, in memory that does not grow
    /// with them.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func summary(of id: ProjectID) async throws(StorageError) -> ProjectSummary

    /// Deletes a project with everything in it.
    func delete(_ id: ProjectID) async throws(StorageError)
}
