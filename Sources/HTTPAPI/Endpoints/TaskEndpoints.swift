internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Tasks, and who gets which one next.
struct TaskEndpoints: Sendable {
    let service: LabelingService

    private static let resolveURI = QueryParameter(
        "resolve_uri",
        .boolean,
        "False leaves `s3://…` as it is; else this server's address of the object is told."
    )

    var endpoints: [Endpoint] {
        let task = Schema.reference(.task)
        let listed = Schema.reference(.listedTask)
        return [
            Endpoint(
                .get,
                "/api/projects/{project}/next/",
                .tasks,
                "Hands out the next task to label, for a while",
                answers: [.json(.reference(.nextTask))],
                handler: next
            ),
            Endpoint(
                .get,
                "/api/tasks/",
                .tasks,
                "Lists tasks of a project",
                query: [
                    QueryParameter("project", .integer, "Whose tasks."),
                    QueryParameter("view", .integer, "A view, whose filters and order count."),
                    .page, .pageSize, Self.resolveURI,
                    QueryParameter(
                        "query",
                        .string,
                        "JSON object: `filters`, `ordering`, `selectedItems`."
                    ),
                    QueryParameter(
                        "selectedItems",
                        .string,
                        "JSON object: `all` with `excluded`, or `included`: only these tasks."
                    ),
                    QueryParameter("only_annotated", .boolean, "Only tasks with annotations."),
                    QueryParameter(
                        "fields",
                        .oneOf(["all", "task_only"]),
                        "With `all`, annotations, drafts and predictions come too."
                    ),
                ],
                answers: [.json(.reference(.taskPage))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/tasks/",
                .tasks,
                "Makes a task",
                body: .json(.reference(.taskFields)),
                answers: [.json(.created, task)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/tasks/{task}/",
                .tasks,
                "Gets a task with all that was said of it",
                query: [Self.resolveURI],
                answers: [.json(listed)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/tasks/{task}/",
                .tasks,
                "Changes a task",
                body: .json(.reference(.taskFields)),
                answers: [.json(task)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/tasks/{task}/",
                .tasks,
                "Changes fields of a task",
                body: .json(.reference(.taskFields)),
                answers: [.json(task)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/tasks/{task}/",
                .tasks,
                "Deletes a task",
                answers: [.empty()],
                handler: delete
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/tasks/",
                .tasks,
                "Lists tasks of a project, the newest first",
                query: [.page, .pageSize],
                answers: [.json(.array(task))],
                handler: listNewest
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/tasks/",
                .tasks,
                "Makes a task in a project",
                body: .json(.reference(.taskFields)),
                answers: [.json(.created, task)],
                handler: createInProject
            ),
            Endpoint(
                .delete,
                "/api/projects/{project}/tasks/",
                .tasks,
                "Deletes all tasks of a project",
                answers: [.empty()],
                handler: deleteAll
            ),
            Endpoint(
                .post,
                "/api/tasks/{task}/lease",
                .tasks,
                "Keeps a task that was handed out for longer",
                answers: [.json(.object([.init("expires_at", .dateTime)]))],
                handler: extendLease
            ),
            Endpoint(
                .delete,
                "/api/tasks/{task}/lease",
                .tasks,
                "Gives a task back that was handed out",
                answers: [.empty()],
                handler: releaseLease
            ),
        ]
    }

    // MARK: Next task

    private func next(_ call: Call) async throws -> Response {
        let user = try call.user
        guard let next = try await service.labeling.next(in: call.id("project"), for: user) else {
            throw APIError(
                .notFound,
                "no_more_tasks",
                "There are no tasks to label for you now.",
                hint: "All are labeled, or others are working on the rest."
            )
        }
        let fileName = try await fileNames(of: [next.lease.task])[next.lease.task.id]
        return .json(capacity: 1024 + next.lease.task.data.bytes.count) { writer in
            next.write(to: &writer, for: user, fileName: fileName)
        }
    }

    private func extendLease(_ call: Call) async throws -> Response {
        guard let end = try await service.labeling.extendLease(call.id("task"), for: call.user)
        else {
            throw APIError(
                .conflict,
                "lease_lost",
                "This task is no longer handed out to you.",
                hint: "An answer to it may still be stored."
            )
        }
        return .json { writer in
            writer.object { $0.member("expires_at", end) }
        }
    }

    private func releaseLease(_ call: Call) async throws -> Response {
        try await service.labeling.releaseLease(call.id("task"), for: call.user)
        return .noContent
    }

    // MARK: Lists

    private func list(_ call: Call) async throws -> Response {
        let query = call.query
        let request = try DataManager.Request(query)
        let page = try PageNumber(query, standard: 100, largest: 10_000)
        let tasks = try await service.dataManager.tasks(
            request,
            page: page.number,
            size: page.size
        )
        guard page.number == 1 || !tasks.tasks.isEmpty else { throw APIError.noSuchPage }
        let answers =
            query["fields"] == "all"
            ? try await Answers(to: tasks.tasks, for: call.user, from: service) : nil
        let fileNames = try await fileNames(of: tasks.tasks)
        let resolvesMedia = try query.bool("resolve_uri", default: true)
        return .json(capacity: 1024 * tasks.tasks.count) { writer in
            writer.object { writer in
                writer.member("total_annotations", tasks.totals.annotations)
                writer.member("total_predictions", tasks.totals.predictions)
                writer.member("total", tasks.totals.tasks)
                writer.key("tasks")
                writer.array { writer in
                    for task in tasks.tasks {
                        task.writeListed(
                            to: &writer,
                            annotators: tasks.annotators[task.id] ?? [],
                            fileName: fileNames[task.id],
                            summary: answers?.summary(of: task),
                            resolvesMedia: resolvesMedia
                        ) { writer in
                            if let answers {
                                answers.write(of: task.id, to: &writer)
                            } else {
                                writer.key("drafts")
                                writer.array { _ in }
                            }
                        }
                    }
                }
            }
        }
    }

    private func listNewest(_ call: Call) async throws -> Response {
        let query = call.query
        let page = try PageNumber(query, standard: 100, largest: 10_000)
        let tasks = try await service.labeling.tasks(
            in: call.id("project"),
            page: page.number,
            size: page.size,
            newestFirst: true
        ).tasks
        guard page.number == 1 || !tasks.isEmpty else { throw APIError.noSuchPage }
        return .json(capacity: 1024 * tasks.count) { writer in
            writer.array { writer in
                for task in tasks { task.writeSimple(to: &writer) }
            }
        }
    }

    // MARK: One task

    private func get(_ call: Call) async throws -> Response {
        let user = try call.user
        let details = try await service.labeling.details(of: call.id("task"), for: user)
        let answers = try await Answers(details, for: user, from: service)
        let fileName = details.fileName
        let resolvesMedia = try call.query.bool("resolve_uri", default: true)
        return .json(capacity: 4096 + details.task.data.bytes.count) { writer in
            details.task.writeListed(
                to: &writer,
                annotators: details.annotators,
                fileName: fileName,
                summary: answers.summary(of: details.task, withResults: false),
                resolvesMedia: resolvesMedia
            ) { answers.write(of: details.task.id, to: &$0, author: .object) }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let body = try await call.body(limit: BodyLimits.annotation)
        return Self.created(
            try await service.labeling.create(body: body, in: nil, by: call.user)
        )
    }

    private func createInProject(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let body = try await call.body(limit: BodyLimits.annotation)
        return Self.created(
            try await service.labeling.create(body: body, in: project, by: call.user)
        )
    }

    private func update(_ call: Call) async throws -> Response {
        let id: TaskID = try call.id("task")
        let body = try await call.body(limit: BodyLimits.annotation)
        let task = try await service.labeling.update(id, body: body, by: call.user)
        let answers = try await Answers(to: [task], for: call.user, from: service)
        return .json { writer in
            task.writeSimple(to: &writer) { answers.writeSubmitted(of: task.id, to: &$0) }
        }
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.labeling.delete(call.id("task") as TaskID, by: call.user)
        return .noContent
    }

    private func deleteAll(_ call: Call) async throws -> Response {
        _ = try await service.labeling.deleteTasks(of: call.id("project"), by: call.user)
        return .noContent
    }

    private static func created(_ task: LabelingTask) -> Response {
        .json(.created) { task.writeSimple(to: &$0) }
    }

    /// Names of the uploads that tasks came from; each upload is looked up once.
    private func fileNames(of tasks: [LabelingTask]) async throws -> [TaskID: String] {
        var names: [FileUploadID: String] = [:]
        var result: [TaskID: String] = [:]
        for task in tasks {
            guard let upload = task.fileUpload else { continue }
            if names[upload] == nil {
                let file = try? await service.imports.file(upload)
                names[upload] = file?.path.split(separator: "/").last.map(String.init)
            }
            result[task.id] = names[upload]
        }
        return result
    }
}
