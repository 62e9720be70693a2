internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// The three switches of plugins, and their files for the browser.
struct PluginEndpoints: Sendable {
    let service: LabelingService

    private static let verdicts: [String: PluginDecision.Verdict] = [
        "allow": .allowed, "disallow": .disallowed, "quarantine": .quarantined,
        "retire": .retired,
    ]

    var endpoints: [Endpoint] {
        let plugin = Schema.reference(.plugin)
        let projectPlugin = Schema.reference(.projectPlugin)
        return [
            Endpoint(
                .get,
                "/api/plugins",
                .plugins,
                "Lists installed plugins",
                answers: [.json(.array(plugin))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/plugins",
                .plugins,
                "Verifies an uploaded package and installs it; a refusal carries the report too",
                access: .administrator,
                body: .package,
                answers: [
                    .json(.created, .reference(.packageReport), "Installed."),
                    .json(.reference(.packageReport), "It was installed before."),
                ],
                handler: upload
            ),
            Endpoint(
                .get,
                "/api/plugins/{id}/{version}",
                .plugins,
                "Gets a plugin",
                answers: [.json(plugin)],
                handler: get
            ),
            Endpoint(
                .post,
                "/api/plugins/{id}/{version}/actions/{action}",
                .plugins,
                "Allows a plugin (`allow`), or takes that back (`disallow`, `quarantine`, `retire`)",
                access: .administrator,
                body: BodyShape(
                    content: [
                        (
                            "application/json",
                            .object([
                                .optional("isolation", .oneOf(["isolated", "in-process"])),
                                .optional("memory", .nullable(.integer)),
                                .optional("reason", .nullable(.string)),
                            ])
                        )
                    ],
                    isRequired: false
                ),
                answers: [.json(plugin)],
                handler: decide
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/plugins",
                .plugins,
                "Lists plugins as a project sees them",
                answers: [.json(.array(projectPlugin))],
                handler: listInProject
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/plugins/{id}",
                .plugins,
                "Gets a plugin as a project sees it",
                answers: [.json(projectPlugin)],
                handler: getInProject
            ),
            Endpoint(
                .put,
                "/api/projects/{project}/plugins/{id}",
                .plugins,
                "Enables or disables a plugin in a project, with settings",
                body: .json(
                    .object([
                        .init("enabled", .boolean), .optional("version", .string),
                        .optional("settings", .map(.map(.any))),
                    ])
                ),
                answers: [.json(projectPlugin)],
                handler: set
            ),
            Endpoint(
                .get,
                "/plugins/{id}/{digest}/{path*}",
                .plugins,
                "Gets a file of a plugin for the browser; it never changes",
                access: .anyone,
                answers: Answer.anyFileOrRange,
                handler: webFile
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let plugins = try await service.plugins.list()
        return .json { writer in
            writer.array { writer in
                for plugin in plugins { plugin.write(to: &writer) }
            }
        }
    }

    private func upload(_ call: Call) async throws -> Response {
        let report = try await service.plugins.upload(Self.package(call), by: call.user)
        return .json(report.wasInstalled ? .ok : .created) { report.write(to: &$0) }
    }

    /// The package's bytes: the body itself, or the first file of a form.
    private static func package(_ call: Call) async throws -> ByteStream {
        guard call.mediaType == "multipart/form-data" else { return call.bodyStream }
        let reader = try MultipartReader(call)
        while let part = try await reader.nextPart() {
            if part.fileName != nil { return reader.bytes() }
        }
        throw APIError.invalid(
            field: "file",
            "The form has no file.",
            code: "body_field_missing",
            hint: "Send the package as a file, or as the body itself."
        )
    }

    private func get(_ call: Call) async throws -> Response {
        Self.answer(try await service.plugins.report(call.pluginVersion()))
    }

    private func decide(_ call: Call) async throws -> Response {
        guard let verdict = Self.verdicts[try call.name("action")] else {
            throw APIError.notFound
        }
        let fields = try await call.fields()
        return Self.answer(
            try await service.plugins.decide(
                verdict,
                on: call.pluginVersion(),
                granting: Self.grant(fields),
                because: fields.string("reason"),
                by: call.user
            )
        )
    }

    /// What the body grants; nil when it says nothing of it.
    private static func grant(_ fields: BodyFields) throws -> PluginGrant? {
        let word = try fields.string("isolation")
        let memory = try fields.integer("memory")
        guard word != nil || memory != nil else { return nil }
        guard let isolation = PluginRuntime.Isolation(rawValue: word ?? "isolated") else {
            throw APIError.invalid(field: "isolation", "Say `isolated` or `in-process`.")
        }
        guard memory.map({ $0 > 0 }) ?? true else {
            throw APIError.invalid(field: "memory", "Say how many bytes, more than 0.")
        }
        return PluginGrant(isolation: isolation, memoryByteLimit: memory)
    }

    private func listInProject(_ call: Call) async throws -> Response {
        let plugins = try await service.plugins.list(in: call.id("project"))
        return .json { writer in
            writer.array { writer in
                for plugin in plugins { plugin.write(to: &writer) }
            }
        }
    }

    private func getInProject(_ call: Call) async throws -> Response {
        let plugin = try await service.plugins.report(
            call.name("id"),
            in: call.id("project")
        )
        return .json { plugin.write(to: &$0) }
    }

    private func set(_ call: Call) async throws -> Response {
        let id = try call.name("id")
        let project: ProjectID = try call.id("project")
        let fields = try await call.fields()
        guard let enabled = try fields.bool("enabled") else {
            throw APIError.invalid(
                field: "enabled",
                "This field is required.",
                code: "body_field_missing"
            )
        }
        let plugin = try await service.plugins.set(
            id,
            in: project,
            enabled: enabled,
            version: fields.string("version"),
            settings: fields.object("settings"),
            by: call.user
        )
        return .json { plugin.write(to: &$0) }
    }

    private func webFile(_ call: Call) async throws -> Response {
        let path = try call.rest()
        guard
            let bytes = try await service.plugins.webFile(
                plugin: call.name("id"),
                digest: call.name("digest"),
                path: path
            )
        else { throw APIError.notFound }
        var response = Response.immutable(bytes, named: path)
        // Modules, styles and pictures are for the app's pages; a page of its own would run in the
        // app's origin, so there is none.
        let type = ContentType(fileName: path)
        if type.isActive, type.value.contains("html") || type.value.contains("/xml") {
            response.headers[.contentType] = "text/plain; charset=utf-8"
        }
        return response
    }

    private static func answer(_ plugin: PluginReport) -> Response {
        .json { plugin.write(to: &$0) }
    }
}
