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
                answers: [.file("text/javascript", "The file.")],
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

    private func get(_ call: Call) async throws -> Response {
        Self.answer(try await service.plugins.report(plugin(call)))
    }

    private func decide(_ call: Call) async throws -> Response {
        guard let verdict = Self.verdicts[try call.name("action")] else {
            throw APIError.notFound
        }
        return Self.answer(
            try await service.plugins.decide(verdict, on: plugin(call), by: call.user)
        )
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

    private func plugin(_ call: Call) throws(APIError) -> PluginVersion {
        PluginVersion(id: try call.name("id"), version: try call.name("version"))
    }

    private static func answer(_ plugin: PluginReport) -> Response {
        .json { plugin.write(to: &$0) }
    }
}
