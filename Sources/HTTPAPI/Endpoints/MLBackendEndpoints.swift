internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Models that answer over HTTP.
struct MLBackendEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] { records + requests }

    private var records: [Endpoint] {
        let backend = Schema.reference(.mlBackend)
        let fields = BodyShape.json(.reference(.mlBackendFields))
        return [
            Endpoint(
                .get,
                "/api/ml/",
                .models,
                "Lists ML backends of a project, each asked how it is",
                query: [
                    QueryParameter("project", .integer, "The project; needed."),
                    QueryParameter("is_interactive", .boolean, "Only those that are, or are not."),
                ],
                answers: [.json(.array(backend))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/ml/",
                .models,
                "Adds an ML backend that answers",
                body: fields,
                answers: [.json(.created, backend)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/ml/{backend}",
                .models,
                "Gets an ML backend, asked how it is",
                answers: [.json(backend)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/ml/{backend}",
                .models,
                "Changes an ML backend",
                body: fields,
                answers: [.json(backend)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/ml/{backend}",
                .models,
                "Changes fields of an ML backend",
                body: fields,
                answers: [.json(backend)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/ml/{backend}",
                .models,
                "Takes an ML backend away; its predictions stay",
                answers: [.empty()],
                handler: delete
            ),
        ]
    }

    private var requests: [Endpoint] {
        [
            Endpoint(
                .post,
                "/api/ml/{backend}/train",
                .models,
                "Asks a model to learn",
                answers: [.empty(.ok)],
                handler: train
            ),
            Endpoint(
                .post,
                "/api/ml/{backend}/interactive-annotating",
                .models,
                "Lets a model answer while someone draws",
                body: .json(.object([.init("task", .integer), .optional("context", .any)])),
                answers: [
                    .json(
                        .object([
                            .optional("data", .any), .optional("errors", .array(.string)),
                        ])
                    )
                ],
                handler: predictInteractively
            ),
            Endpoint(
                .post,
                "/api/ml/{backend}/predict/test",
                .models,
                "Sends one task of the project to a model and stores nothing",
                query: [QueryParameter("random", .boolean, "Any task; always so.")],
                answers: [.json(.map(.any))],
                handler: test
            ),
            Endpoint(
                .get,
                "/api/ml/{backend}/versions",
                .models,
                "Lists versions of a model",
                answers: [
                    .json(
                        .object([
                            .init("versions", .array(.string)), .optional("message", .string),
                        ])
                    )
                ],
                handler: versions
            ),
        ]
    }

    // MARK: Records

    private func list(_ call: Call) async throws -> Response {
        let query = call.query
        guard let project = try query.integer("project"), project > 0 else {
            throw APIError.notFound
        }
        var backends = try await service.mlBackends.list(of: ProjectID(project))
        if query["is_interactive"] != nil {
            let wanted = try query.bool("is_interactive", default: false)
            backends.removeAll { $0.settings.isInteractive != wanted }
        }
        return .json { writer in
            writer.array { writer in
                for backend in backends { backend.write(to: &writer) }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        guard let project = try fields.integer("project") else {
            throw APIError.missing(field: "project")
        }
        var settings = MLBackendSettings(url: try fields.requiredString("url"))
        try settings.read(fields)
        let backend = try await service.mlBackends.create(
            settings,
            for: ProjectID(project),
            by: call.user
        )
        return .json(.created) { backend.write(to: &$0) }
    }

    private func get(_ call: Call) async throws -> Response {
        let backend = try await service.mlBackends.backend(call.id("backend"))
        return .json { backend.write(to: &$0) }
    }

    private func update(_ call: Call) async throws -> Response {
        let id: MLBackendID = try call.id("backend")
        let fields = try await call.fields()
        // Read once before, so that what cannot be is told as an error of the request.
        var probe = MLBackendSettings(url: "")
        try probe.read(fields)
        let backend = try await service.mlBackends.update(id, by: call.user) { settings in
            try? settings.read(fields)
        }
        return .json { backend.write(to: &$0) }
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.mlBackends.delete(call.id("backend"), by: call.user)
        return .noContent
    }

    // MARK: Requests

    private func train(_ call: Call) async throws -> Response {
        try await service.mlBackends.train(call.id("backend"), by: call.user)
        return Response(status: .ok)
    }

    private func predictInteractively(_ call: Call) async throws -> Response {
        let fields = try await call.fields(limit: BodyLimits.annotation)
        guard let task = try fields.integer("task") else { throw APIError.missing(field: "task") }
        let outcome = try await service.mlBackends.predictInteractively(
            call.id("backend"),
            task: TaskID(task),
            context: fields.value("context") ?? .null,
            by: call.user
        )
        return .json { writer in
            writer.object { writer in
                switch outcome {
                case .success(let answer): writer.member("data", answer)
                case .failure(let refusal):
                    writer.key("errors")
                    writer.strings([refusal.message])
                }
            }
        }
    }

    private func test(_ call: Call) async throws -> Response {
        let test = try await service.mlBackends.test(call.id("backend"), by: call.user)
        return .json { writer in
            writer.object { writer in
                writer.member("status", Int(200))
                writer.nullMember("error_message")
                writer.member("url", test.url)
                writer.key("task")
                test.task.writeSimple(to: &writer)
                writer.member("request", test.request)
                writer.member("response", test.results)
            }
        }
    }

    private func versions(_ call: Call) async throws -> Response {
        let (versions, message) = try await service.mlBackends.versions(of: call.id("backend"))
        return .json { writer in
            writer.object { writer in
                writer.key("versions")
                writer.strings(versions)
                if let message { writer.member("message", message) }
            }
        }
    }
}

extension MLBackendSettings {
    /// Takes the fields over that a body names.
    ///
    /// - Throws: ``APIError`` 400 naming the field that cannot be.
    fileprivate mutating func read(_ fields: BodyFields) throws(APIError) {
        if fields.has("url") { url = try fields.requiredString("url") }
        title = try fields.string("title") ?? title
        description = try fields.string("description") ?? description
        isInteractive = try fields.bool("is_interactive") ?? isInteractive
        user = try fields.string("basic_auth_user") ?? user
        if let text = try fields.string("basic_auth_pass"), !text.isEmpty { password = text }
        if fields.has("extra_params") { extraParameters = fields.value("extra_params") }
        timeoutSeconds = try fields.number("timeout") ?? timeoutSeconds
        updatesModelVersion = try fields.bool("auto_update") ?? updatesModelVersion
        switch try fields.string("auth_method") {
        case nil: break
        case "NONE": usesBasicAuth = false
        case "BASIC_AUTH": usesBasicAuth = true
        case let other?:
            throw APIError.invalid(field: "auth_method", "“\(other)” is not a valid choice.")
        }
    }
}
