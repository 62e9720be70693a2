public import Contracts
public import LabelModel
import LabelingConfig
import ValueTree

/// Lists of tasks that people narrow and order, the tabs that remember how, and what can be done to
/// all tasks of such a list.
public struct DataManager: Sendable {
    let environment: ServiceEnvironment
    let setups: ProjectSetups
    let labeling: Labeling
    let mlBackends: MLBackends

    var storage: any Storage { environment.storage }

    init(
        _ environment: ServiceEnvironment,
        setups: ProjectSetups,
        labeling: Labeling,
        mlBackends: MLBackends
    ) {
        self.environment = environment
        self.setups = setups
        self.labeling = labeling
        self.mlBackends = mlBackends
    }

    /// Tasks that are asked for, as the data manager's clients say it.
    public struct Request: Sendable {
        /// A view whose filters and order count.
        public var view: ViewID?
        public var project: ProjectID?
        /// JSON object with `filters`, `ordering`, `selectedItems`; a view comes before it.
        public var query: [UInt8]?
        /// JSON object with `all` and `included` or `excluded`; comes before that of the query.
        public var selectedItems: [UInt8]?
        public var onlyAnnotated = false

        public init() {}
    }

    /// What a request asks for.
    ///
    /// - Throws: ``ServiceError`` `filter_invalid` with the place in what was sent.
    func resolve(
        _ request: Request
    ) async throws(ServiceError) -> (project: ProjectID, query: TaskQuery) {
        var query = TaskQuery()
        var project = request.project
        if let body = request.query {
            query = try TaskQueryReader().query(try JSONText.parse(body), at: "")
        }
        if let id = request.view {
            let view = try await view(id)
            guard project == nil || project == view.project else { throw .notFound("View \(id)") }
            project = view.project
            let saved = try Self.query(of: view)
            query.filter = saved.filter
            query.order = saved.order
        }
        guard let project else {
            throw ServiceError(
                .notFound,
                "not_found",
                "Neither a project nor a view is named.",
                hint: "Add `?project=<id>` or `?view=<id>`."
            )
        }
        if let items = request.selectedItems {
            query.selection = try TaskQueryReader.selection(try JSONText.parse(items), at: "")
        }
        if request.onlyAnnotated {
            let annotated = TaskFilter.condition(
                TaskCondition(.totalAnnotations, .greater(.number(0)))
            )
            query.filter = .all([annotated] + [query.filter].compactMap { $0 })
        }
        return (project, query)
    }

    /// A page of the tasks that are asked for; a page past the end is empty.
    ///
    /// - `page`: From 1.
    public func tasks(
        _ request: Request,
        page: Int,
        size: Int
    ) async throws(ServiceError) -> TaskPage {
        var (project, query) = try await resolve(request)
        // Nothing picked is no restriction of a list, as in Label Studio.
        if query.selection == .only([]) { query.selection = .all }
        if query.isEverything {
            return try await labeling.tasks(in: project, page: page, size: size)
        }
        guard let current = try await stored(await storage.projects.project(project)) else {
            throw .notFound("Project \(project)")
        }
        var matches = try await stored(
            await storage.tasks.page(query, of: project, number: page, size: size)
        )
        let setup = try await setups.setup(of: project)
        for index in matches.tasks.indices {
            matches.tasks[index].data = setup.resolved(matches.tasks[index].data)
        }
        var totals = current.counters
        totals.tasks = matches.totals.tasks
        totals.annotations = matches.totals.annotations
        totals.predictions = matches.totals.predictions
        let ids = matches.tasks.map(\.id)
        return TaskPage(
            tasks: matches.tasks,
            annotators: try await stored(await storage.tasks.annotators(of: ids)),
            totals: totals
        )
    }

    // MARK: Views

    /// Views of a project by position, or of all projects.
    public func views(of project: ProjectID?) async throws(ServiceError) -> [TaskView] {
        try await stored(await storage.views.views(of: project))
    }

    public func view(_ id: ViewID) async throws(ServiceError) -> TaskView {
        guard let view = try await stored(await storage.views.view(id)) else {
            throw .notFound("View \(id)")
        }
        return view
    }

    /// Makes a view.
    ///
    /// - `data`: JSON object; its filters and its order are checked.
    public func makeView(
        _ data: RawJSON,
        in project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> TaskView {
        try Self.check(data)
        return try await stored(await storage.views.insert(data, into: project, by: user.id))
    }

    /// Changes a view; filters, order and selection that `data` leaves out stay.
    public func updateView(
        _ id: ViewID,
        _ data: RawJSON,
        by user: User
    ) async throws(ServiceError) -> TaskView {
        try Self.check(data)
        let old = try JSONText.parse(try await view(id).data.bytes)
        let new = try JSONText.parse(data.bytes)
        var writer = JSONWriter(capacity: data.bytes.count)
        writer.object { writer in
            for member in new.members {
                writer.key(member.name)
                writer.raw(member.value.rawBytes)
            }
            for name in ["filters", "ordering", "selectedItems"] where new[name] == nil {
                guard let kept = old[name] else { continue }
                writer.key(name)
                writer.raw(kept.rawBytes)
            }
        }
        return try await stored(
            await storage.views.update(id, data: RawJSON(checked: writer.bytes))
        )
    }

    /// Puts these views first, in this order.
    public func orderViews(
        _ ids: [ViewID],
        in project: ProjectID,
        by user: User
    ) async throws(ServiceError) {
        try await stored(await storage.views.order(ids, in: project))
    }

    public func deleteView(_ id: ViewID, by user: User) async throws(ServiceError) {
        try await stored(await storage.views.delete(id))
    }

    public func deleteViews(of project: ProjectID, by user: User) async throws(ServiceError) {
        try await stored(await storage.views.deleteAll(of: project))
    }

    /// What a view narrows to and orders by.
    static func query(of view: TaskView) throws(ServiceError) -> TaskQuery {
        let data = try JSONText.parse(view.data.bytes)
        var reader = TaskQueryReader()
        // "tasks:data.price": "Number"
        for member in data["columnsDisplayType"]?.members.map({ $0 }) ?? []
        where member.value.string == "Number" {
            reader.numericColumns.insert(
                member.name.replacing("tasks:", with: "", maxReplacements: 1)
            )
        }
        return try reader.query(data, at: "/data")
    }

    private static func check(_ data: RawJSON) throws(ServiceError) {
        _ = try TaskQueryReader().query(try JSONText.parse(data.bytes), at: "/data")
    }
}
