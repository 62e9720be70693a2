internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Projects and their labeling configs.
struct ProjectEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let project = Schema.reference(.project)
        let configBody = BodyShape.json(.object([.init("label_config", .string)]))
        return [
            Endpoint(
                .get,
                "/api/projects/",
                .projects,
                "Lists projects, pinned and new ones first",
                query: ProjectListQuery.parameters,
                answers: [.json(.reference(.projectPage))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/projects/",
                .projects,
                "Makes a project",
                body: .json(.reference(.projectFields)),
                answers: [.json(.created, project)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/projects/counts/",
                .projects,
                "Lists the numbers of projects",
                query: ProjectListQuery.selection,
                answers: [.json(.reference(.countsPage))],
                handler: counts
            ),
            Endpoint(
                .post,
                "/api/projects/validate/",
                .projects,
                "Checks a labeling config for a new project",
                access: .anyone,
                body: configBody,
                answers: [.empty()],
                handler: validateForAny
            ),
            Endpoint(
                .post,
                "/api/projects/validate-config",
                .projects,
                "Checks a labeling config and tells what it says",
                body: .json(
                    .object([
                        .init("label_config", .string), .optional("project", .integer),
                        .optional("enable_plugins", .array(.string)),
                    ])
                ),
                answers: [.json(.object([.init("valid", .boolean)]))],
                handler: validateFully
            ),
            Endpoint(
                .post,
                "/api/projects/sample",
                .projects,
                "Makes a project with imagery of its own to try things with",
                answers: [.json(.created, project)],
                handler: makeSample
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/",
                .projects,
                "Gets a project",
                answers: [.json(project)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/projects/{project}/",
                .projects,
                "Changes a project",
                body: .json(.reference(.projectFields)),
                answers: [.json(project)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/projects/{project}/",
                .projects,
                "Changes fields of a project",
                body: .json(.reference(.projectFields)),
                answers: [.json(project)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/projects/{project}/",
                .projects,
                "Deletes a project with everything in it",
                answers: [.empty()],
                handler: delete
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/validate/",
                .projects,
                "Gets the labeling config in force",
                answers: [.json(.object([.init("label_config", .string)]))],
                handler: config
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/validate/",
                .projects,
                "Checks a labeling config against a project",
                body: configBody,
                answers: [
                    .json(
                        .object([
                            .init("config_essential_data_has_changed", .nullable(.boolean))
                        ])
                    )
                ],
                handler: validateForProject
            ),
        ]
    }

    // MARK: Lists

    private func list(_ call: Call) async throws -> Response {
        let query = call.query
        let page = try PageNumber(query, standard: 30, largest: 100)
        let (projects, total) = try await self.page(page, query, by: call.user)
        let shapes = try await shapes(of: projects)
        let included = ProjectListQuery.includedMembers(query)
        let answer = PagedAnswer(
            page: page,
            total: total,
            path: "/api/projects/",
            query: query
        )
        return .json(capacity: 4096 * shapes.count) { writer in
            answer.write(to: &writer) { writer in
                for shape in shapes {
                    guard let included else {
                        shape.write(to: &writer)
                        continue
                    }
                    var whole = JSONWriter()
                    shape.write(to: &whole)
                    writer.members(included, of: whole.bytes)
                }
            }
        }
    }

    private func counts(_ call: Call) async throws -> Response {
        let query = call.query
        let page = try PageNumber(query, standard: 30, largest: 100)
        let (projects, total) = try await self.page(page, query, by: call.user)
        let answer = PagedAnswer(
            page: page,
            total: total,
            path: "/api/projects/counts/",
            query: query
        )
        return .json { writer in
            answer.write(to: &writer) { writer in
                for project in projects {
                    writer.object { writer in
                        writer.member("id", project.id)
                        writer.member("task_number", project.counters.tasks)
                        Optional(project.counters).writeRest(to: &writer)
                    }
                }
            }
        }
    }

    private func page(
        _ page: PageNumber,
        _ query: QueryItems,
        by user: User
    ) async throws -> (projects: [Project], total: Int) {
        let found = try await service.projects.page(
            ProjectListQuery.read(query),
            number: page.number,
            size: page.size,
            by: user
        )
        guard page.number == 1 || !found.projects.isEmpty else { throw APIError.noSuchPage }
        return found
    }

    // MARK: One project

    private func get(_ call: Call) async throws -> Response {
        try await answer(service.projects.project(call.id("project")))
    }

    private func create(_ call: Call) async throws -> Response {
        let fields = try await call.fields(limit: BodyLimits.project)
        let change = try ProjectChange(fields)
        var settings = ProjectSettings()
        change.apply(to: &settings)
        let project = try await service.projects.create(
            settings,
            enabling: change.enabledPlugins,
            by: call.user
        )
        return try await answer(project, status: .created, hasCounters: false)
    }

    private func update(_ call: Call) async throws -> Response {
        let id: ProjectID = try call.id("project")
        let change = try ProjectChange(await call.fields(limit: BodyLimits.project))
        let project = try await service.projects.update(
            id,
            enabling: change.enabledPlugins,
            by: call.user
        ) { settings in
            change.apply(to: &settings)
        }
        return try await answer(project)
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.projects.delete(call.id("project"), by: call.user)
        return .noContent
    }

    private func makeSample(_ call: Call) async throws -> Response {
        try await answer(service.samples.create(by: call.user), status: .created)
    }

    // MARK: Labeling configs

    private func config(_ call: Call) async throws -> Response {
        let project = try await service.projects.project(call.id("project"))
        return .json { writer in
            writer.object { $0.member("label_config", project.settings.labelConfig) }
        }
    }

    private func validateForAny(_ call: Call) async throws -> Response {
        let config = try await labelConfig(call)
        do {
            try await service.projects.validate(labelConfig: config, for: nil)
        } catch {
            // Label Studio answers this route without its envelope: the field stands at the top.
            var told = APIError(error)
            told.add("label_config") { $0.strings([error.message]) }
            throw told
        }
        return .noContent
    }

    private func validateForProject(_ call: Call) async throws -> Response {
        let id: ProjectID = try call.id("project")
        let config = try await labelConfig(call)
        try await service.projects.validate(labelConfig: config, for: id)
        return .json { writer in
            writer.object { $0.nullMember("config_essential_data_has_changed") }
        }
    }

    private func validateFully(_ call: Call) async throws -> Response {
        let fields = try await call.fields(limit: BodyLimits.project)
        let config = try fields.requiredString("label_config")
        let project = try fields.integer("project").map(ProjectID.init(rawValue:))
        try await service.projects.validate(
            labelConfig: config,
            for: project,
            enabling: fields.strings("enable_plugins") ?? []
        )
        return .json { writer in
            writer.object { $0.member("valid", true) }
        }
    }

    private func labelConfig(_ call: Call) async throws -> String {
        try await call.fields(limit: BodyLimits.project).requiredString("label_config")
    }

    // MARK: Answers

    private func answer(
        _ project: Project,
        status: HTTPResponse.Status = .ok,
        hasCounters: Bool = true
    ) async throws -> Response {
        guard var shape = try await shapes(of: [project]).first else { throw APIError.notFound }
        shape.hasCounters = hasCounters
        return .json(status, capacity: 4096) { shape.write(to: &$0) }
    }

    private func shapes(of projects: [Project]) async throws -> [ProjectShape] {
        let creators = try await service.accounts.names(projects.map(\.createdBy))
        var shapes: [ProjectShape] = []
        for project in projects {
            shapes.append(
                ProjectShape(
                    project: project,
                    setup: try await service.projects.setup(of: project.id),
                    creator: creators[project.createdBy]
                )
            )
        }
        return shapes
    }
}
