internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// The data manager's columns, and what can be done to all tasks of a list.
struct ActionEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let project = QueryParameter("project", .integer, "Whose.")
        return [
            Endpoint(
                .get,
                "/api/dm/columns/",
                .dataManager,
                "Lists the columns that tasks have",
                query: [project],
                answers: [.json(.object([.init("columns", .array(.reference(.dataColumn)))]))],
                handler: columns
            ),
            Endpoint(
                .get,
                "/api/dm/project/",
                .dataManager,
                "Gets a project as the data manager shows it",
                query: [project],
                answers: [.json(.map(.any))],
                handler: show
            ),
            Endpoint(
                .get,
                "/api/dm/actions/",
                .dataManager,
                "Lists what can be done to all tasks of a list",
                query: [project],
                answers: [.json(.array(.reference(.taskAction)))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/dm/actions/",
                .dataManager,
                "Does something to all tasks of a list",
                query: [
                    QueryParameter("id", .string, "Which action."), project,
                    QueryParameter("view", .integer, "A view, whose filters count."),
                ],
                body: BodyShape(
                    content: [("application/json", .reference(.actionFields))],
                    isRequired: false
                ),
                answers: [.json(.map(.any))],
                handler: run
            ),
            Endpoint(
                .get,
                "/api/dm/actions/{action}/form/",
                .dataManager,
                "Tells what an action asks for",
                query: [project],
                answers: [.json(.array(.map(.any)))],
                handler: form
            ),
        ]
    }

    private func columns(_ call: Call) async throws -> Response {
        let columns = try await service.dataManager.columns(of: Self.project(call))
        return .json(capacity: 8192) { writer in
            writer.object { writer in
                writer.key("columns")
                writer.array { writer in
                    for column in columns { column.write(to: &writer) }
                }
            }
        }
    }

    private func show(_ call: Call) async throws -> Response {
        let project = try await service.projects.project(Self.project(call))
        let names = try await service.accounts.names([project.createdBy])
        let shape = ProjectShape(
            project: project,
            setup: try await service.projects.setup(of: project.id),
            creator: names[project.createdBy]
        )
        return .json(capacity: 4096) { writer in
            writer.object { writer in
                shape.writeMembers(to: &writer)
                writer.member("can_delete_tasks", true)
                writer.member("can_manage_annotations", true)
                writer.member("can_manage_tasks", true)
                writer.member("source_syncing", false)
                writer.member("target_syncing", false)
                writer.member("task_count", project.counters.tasks)
                writer.member("annotation_count", project.counters.annotations)
            }
        }
    }

    private func list(_ call: Call) async throws -> Response {
        _ = try await service.projects.project(Self.project(call))
        return .json { writer in
            writer.array { writer in
                for action in TaskAction.all { action.write(to: &writer) }
            }
        }
    }

    private func run(_ call: Call) async throws -> Response {
        let query = call.query
        guard let id = query["id"], !id.isEmpty else {
            throw APIError(
                .unprocessableContent,
                "query_missing",
                "No action is named.",
                hint: "Add `?id=<action>`; the actions are listed at /api/dm/actions/."
            )
        }
        let outcome = try await service.dataManager.run(
            id,
            in: Self.project(call),
            view: query.integer("view").map(ViewID.init(rawValue:)),
            body: call.body(limit: BodyLimits.annotation),
            by: call.user
        )
        switch outcome {
        case .nextTask(let next):
            let user = try call.user
            return .json { next.write(to: &$0, for: user, fileName: nil) }
        case .done(let processed, let detail, let reloads):
            return .json { writer in
                writer.object { writer in
                    writer.member("response_code", Int64(200))
                    writer.member("processed_items", processed)
                    writer.member("detail", detail)
                    writer.member("reload", reloads)
                }
            }
        }
    }

    private func form(_ call: Call) async throws -> Response {
        let fields = try await service.dataManager.form(
            of: call.name("action"),
            in: Self.project(call)
        )
        return .json { writer in
            writer.array { writer in
                guard !fields.isEmpty else { return }
                writer.object { writer in
                    writer.member("columnCount", Int64(1))
                    writer.key("fields")
                    writer.array { writer in
                        for field in fields { field.write(to: &writer) }
                    }
                }
            }
        }
    }

    /// The project that the query names.
    ///
    /// - Throws: ``APIError`` 404 without one, as Label Studio's.
    private static func project(_ call: Call) throws(APIError) -> ProjectID {
        guard let id = try call.query.integer("project") else {
            throw APIError(
                .notFound,
                "not_found",
                "No project is named.",
                hint: "Add `?project=<id>`."
            )
        }
        return ProjectID(rawValue: id)
    }
}
