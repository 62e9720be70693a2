public import LabelModel

/// A label that people share between projects, apart from the labels of a config.
public struct SharedLabel: Hashable, Sendable, Identifiable {
    public var id: SharedLabelID
    public var content: SharedLabelContent
    public var createdBy: UserID
    public var approvedBy: UserID?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    /// Its links, by id, and their projects in the same order.
    public var links: [LabelLinkID]
    public var projects: [ProjectID]

    public init(
        id: SharedLabelID,
        content: SharedLabelContent,
        createdBy: UserID,
        approvedBy: UserID?,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        links: [LabelLinkID],
        projects: [ProjectID]
    ) {
        self.id = id
        self.content = content
        self.createdBy = createdBy
        self.approvedBy = approvedBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.links = links
        self.projects = projects
    }
}

/// What people say of a label.
public struct SharedLabelContent: Hashable, Sendable {
    /// A text, or for labels of a tree the texts on the way to it; any JSON value.
    public var value: RawJSON
    public var title: String
    public var description: String?
    public var isApproved: Bool

    public init(value: RawJSON, title: String, description: String?, isApproved: Bool) {
        self.value = value
        self.title = title
        self.description = description
        self.isApproved = isApproved
    }
}

/// That a project's control uses a label.
public struct LabelLink: Hashable, Sendable, Identifiable {
    public var id: LabelLinkID
    public var project: ProjectID
    public var label: SharedLabelID
    /// The control.
    public var fromName: String

    public init(id: LabelLinkID, project: ProjectID, label: SharedLabelID, fromName: String) {
        self.id = id
        self.project = project
        self.label = label
        self.fromName = fromName
    }
}

/// Names a label.
public struct SharedLabelID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Names a link of a label.
public struct LabelLinkID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A label as someone asks for it: made when nobody has one of that value and title, and linked.
public struct NewSharedLabel: Hashable, Sendable {
    public var content: SharedLabelContent
    public var project: ProjectID
    public var fromName: String

    public init(content: SharedLabelContent, project: ProjectID, fromName: String) {
        self.content = content
        self.project = project
        self.fromName = fromName
    }
}

/// Keeps labels and their links.
public protocol LabelStore: Sendable {
    /// Makes labels and links them, in order, all or none; what is there already is found.
    ///
    /// - Throws: ``StorageError`` `notFound` without one of the projects.
    func insert(_ labels: [NewSharedLabel], by user: UserID)
        async throws(StorageError) -> [SharedLabel]

    func label(_ id: SharedLabelID) async throws(StorageError) -> SharedLabel?

    /// A page of labels by id, with the count of all.
    ///
    /// `number`: From 1.
    func labels(number: Int, size: Int)
        async throws(StorageError) -> (labels: [SharedLabel], total: Int)

    /// `approver`: Who approved it, or nil.
    ///
    /// - Throws: ``StorageError`` `notFound`; `duplicate` when another has that value and title.
    func update(
        _ id: SharedLabelID,
        _ content: SharedLabelContent,
        approver: UserID?
    ) async throws(StorageError) -> SharedLabel

    /// Deletes a label with its links.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func delete(_ id: SharedLabelID) async throws(StorageError)

    /// Links a label; a link that is there is found.
    ///
    /// - Throws: ``StorageError`` `notFound` without the label or the project.
    func link(_ label: SharedLabelID, to project: ProjectID, fromName: String)
        async throws(StorageError) -> LabelLink

    func link(_ id: LabelLinkID) async throws(StorageError) -> LabelLink?

    /// A page of links by id, of a project or of all, with the count of all.
    func links(of project: ProjectID?, number: Int, size: Int)
        async throws(StorageError) -> (links: [LabelLink], total: Int)

    /// - Throws: ``StorageError`` `notFound` without the link, the label or the project;
    ///   `duplicate` when there is such a link.
    func update(_ link: LabelLink) async throws(StorageError) -> LabelLink

    /// - Throws: ``StorageError`` `notFound`.
    func delete(_ id: LabelLinkID) async throws(StorageError)
}
