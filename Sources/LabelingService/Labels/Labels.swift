public import Contracts
public import LabelModel
import ValueTree

/// Labels as things of their own, and which controls of which projects use them.
///
/// The labels that people see while they label are those of the labeling config; these are what
/// Label Studio's clients keep beside it.
public struct Labels: Sendable {
    private let environment: ServiceEnvironment

    private var store: any LabelStore { environment.storage.labels }

    init(_ environment: ServiceEnvironment) {
        self.environment = environment
    }

    /// Labels of one request.
    private static let limit = 1_000

    /// Makes labels and links them; a label that is there already is only linked.
    ///
    /// - `body`: JSON object, or a list of them: `project`, `from_name`, `value`, `title`, and as far
    ///   as wanted `description` and `approved`.
    public func create(body: [UInt8], by user: User) async throws(ServiceError) -> [SharedLabel] {
        let text = try JSONText.parse(body)
        guard text.kind == .array else {
            return try await create([try Self.newLabel(text, at: "")], by: user)
        }
        guard text.count <= Self.limit else {
            throw ServiceError(
                .invalid,
                "body_too_many",
                "At most \(Self.limit) labels can be made at once.",
                at: .pointer("")
            )
        }
        var labels: [NewSharedLabel] = []
        for (index, element) in text.elements.enumerated() {
            labels.append(try Self.newLabel(element, at: "/\(index)"))
        }
        return try await create(labels, by: user)
    }

    private func create(
        _ labels: [NewSharedLabel],
        by user: User
    ) async throws(ServiceError) -> [SharedLabel] {
        try await stored(await store.insert(labels, by: user.id))
    }

    /// A page of labels by id, with the count of all.
    public func page(
        number: Int,
        size: Int
    ) async throws(ServiceError) -> (labels: [SharedLabel], total: Int) {
        try await stored(await store.labels(number: number, size: size))
    }

    public func label(_ id: SharedLabelID) async throws(ServiceError) -> SharedLabel {
        guard let label = try await stored(await store.label(id)) else {
            throw .notFound("Label \(id)")
        }
        return label
    }

    /// Changes a label; members that the body lacks stay.
    public func update(
        _ id: SharedLabelID,
        body: [UInt8],
        by user: User
    ) async throws(ServiceError) -> SharedLabel {
        let current = try await label(id)
        let fields = BodyFields(try JSONText.parseObject(body))
        var content = current.content
        if let value = fields.value("value") { content.value = RawJSON(checked: value.rawBytes) }
        if let title = try fields.string("title") { content.title = title }
        if let text = try fields.string("description") { content.description = text }
        if let approved = try fields.bool("approved") { content.isApproved = approved }
        try Self.check(content, at: "")
        let approver = content.isApproved ? current.approvedBy ?? user.id : nil
        return try await stored(await store.update(id, content, approver: approver))
    }

    public func delete(_ id: SharedLabelID, by user: User) async throws(ServiceError) {
        try await stored(await store.delete(id))
    }

    // MARK: Links

    /// A link, and in how many results its label is used.
    public struct LinkUse: Sendable {
        public let link: LabelLink
        public let count: Int64
    }

    public func makeLink(body: [UInt8], by user: User) async throws(ServiceError) -> LinkUse {
        let fields = BodyFields(try JSONText.parseObject(body))
        guard let project = try fields.integer("project") else { throw fields.missing("project") }
        guard let label = try fields.integer("label") else { throw fields.missing("label") }
        guard let name = try fields.string("from_name"), !name.isEmpty else {
            throw fields.missing("from_name")
        }
        let link = try await stored(
            await store.link(SharedLabelID(label), to: ProjectID(project), fromName: name)
        )
        return try await use(of: link)
    }

    /// A page of links by id, of a project or of all, with the count of all.
    public func links(
        of project: ProjectID?,
        number: Int,
        size: Int
    ) async throws(ServiceError) -> (links: [LinkUse], total: Int) {
        let found = try await stored(await store.links(of: project, number: number, size: size))
        return (try await uses(of: found.links), found.total)
    }

    public func link(_ id: LabelLinkID) async throws(ServiceError) -> LinkUse {
        try await use(of: try await bareLink(id))
    }

    /// Changes a link; members that the body lacks stay.
    public func updateLink(
        _ id: LabelLinkID,
        body: [UInt8],
        by user: User
    ) async throws(ServiceError) -> LinkUse {
        var link = try await bareLink(id)
        let fields = BodyFields(try JSONText.parseObject(body))
        if let project = try fields.integer("project") { link.project = ProjectID(project) }
        if let label = try fields.integer("label") { link.label = SharedLabelID(label) }
        if let name = try fields.string("from_name") {
            guard !name.isEmpty else { throw fields.missing("from_name") }
            link.fromName = name
        }
        return try await use(of: try await stored(await store.update(link)))
    }

    public func deleteLink(_ id: LabelLinkID, by user: User) async throws(ServiceError) {
        try await stored(await store.delete(id))
    }

    private func bareLink(_ id: LabelLinkID) async throws(ServiceError) -> LabelLink {
        guard let link = try await stored(await store.link(id)) else {
            throw .notFound("Label link \(id)")
        }
        return link
    }

    private func use(of link: LabelLink) async throws(ServiceError) -> LinkUse {
        try await uses(of: [link]).first ?? LinkUse(link: link, count: 0)
    }

    /// Counts what the annotations of the links' projects use; each project is read once.
    private func uses(of links: [LabelLink]) async throws(ServiceError) -> [LinkUse] {
        var counts: [ProjectID: [String: [String: Int64]]] = [:]
        var values: [SharedLabelID: String] = [:]
        for link in links {
            if counts[link.project] == nil {
                let summary = try await stored(
                    await environment.storage.projects.summary(of: link.project)
                )
                var byControl: [String: [String: Int64]] = [:]
                for label in summary.labels {
                    byControl[label.control, default: [:]][label.label] = label.count
                }
                counts[link.project] = byControl
            }
            if values[link.label] == nil {
                let label = try await stored(await store.label(link.label))
                if let value = label?.content.value {
                    values[link.label] = try JSONText.parse(value.bytes).string ?? ""
                }
            }
        }
        return links.map { link in
            let value = values[link.label] ?? ""
            return LinkUse(link: link, count: counts[link.project]?[link.fromName]?[value] ?? 0)
        }
    }

    // MARK: Bodies

    private static func newLabel(
        _ body: JSONText,
        at pointer: String
    ) throws(ServiceError) -> NewSharedLabel {
        guard body.kind == .object else {
            throw ServiceError(
                .invalid,
                "body_not_object",
                "A label is a JSON object.",
                at: .pointer(pointer)
            )
        }
        let fields = BodyFields(body, at: pointer)
        guard let project = try fields.integer("project") else { throw fields.missing("project") }
        guard let name = try fields.string("from_name"), !name.isEmpty else {
            throw fields.missing("from_name")
        }
        guard let value = fields.value("value") else { throw fields.missing("value") }
        let content = SharedLabelContent(
            value: RawJSON(checked: value.rawBytes),
            title: try fields.string("title") ?? value.string ?? "",
            description: try fields.string("description"),
            isApproved: try fields.bool("approved") ?? false
        )
        try check(content, at: pointer)
        return NewSharedLabel(content: content, project: ProjectID(project), fromName: name)
    }

    private static func check(
        _ content: SharedLabelContent,
        at pointer: String
    ) throws(ServiceError) {
        guard !content.title.isEmpty, content.title.count <= 2_048 else {
            throw ServiceError(
                .invalid,
                "body_field_invalid",
                "A label's title has 1 to 2048 characters.",
                at: .pointer("\(pointer)/title"),
                field: "title"
            )
        }
    }
}
