internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Tags of labeling configs, and what a project's menus are built from.
struct TagEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/tags",
                .plugins,
                "Lists all tags that a labeling config could use",
                answers: [.json(.array(.reference(.tag)))],
                handler: list
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/tags",
                .plugins,
                "Lists tags as a project sees them",
                answers: [.json(.array(.reference(.tag)))],
                handler: listInProject
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/capabilities",
                .plugins,
                "Tells what a project can export to, import from and label with, and why not more",
                answers: [.json(.reference(.capabilities))],
                handler: capabilities
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/panels",
                .plugins,
                "Lists panels of the project's plugins",
                answers: [.json(.array(.reference(.panel)))],
                handler: panels
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        try await tags(in: nil, to: call)
    }

    private func listInProject(_ call: Call) async throws -> Response {
        try await tags(in: call.id("project"), to: call)
    }

    private func tags(in project: ProjectID?, to call: Call) async throws -> Response {
        let tags = try await service.plugins.tags(in: project)
        return Self.tagged(to: call) { writer in
            writer.array { writer in
                for tag in tags { tag.write(to: &writer) }
            }
        }
    }

    private func capabilities(_ call: Call) async throws -> Response {
        let capabilities = try await service.plugins.capabilities(in: call.id("project"))
        return Self.tagged(to: call) { writer in
            writer.object { writer in
                writer.key("exporters")
                writer.array { writer in
                    for exporter in capabilities.exporters { exporter.write(to: &writer) }
                }
                writer.key("import_sources")
                writer.array { writer in
                    for source in capabilities.importSources { source.write(to: &writer) }
                }
                writer.key("tags")
                writer.array { writer in
                    for tag in capabilities.tags { tag.writeShort(to: &writer) }
                }
            }
        }
    }

    private func panels(_ call: Call) async throws -> Response {
        let plugins = try await service.plugins.list(in: call.id("project"))
        return Self.tagged(to: call) { writer in
            writer.array { writer in
                for plugin in plugins where plugin.isEnabled && plugin.reason == nil {
                    for panel in plugin.panels { panel.write(to: &writer, of: plugin) }
                }
            }
        }
    }

    /// An answer with an entity tag, or 304 when the client has it already.
    private static func tagged(
        to call: Call,
        _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter(capacity: 64 * 1024)
        write(&writer)
        let digest = Data(SHA256.hash(data: writer.bytes)).base64EncodedString().prefix(22)
        let headers: HTTPFields = [.eTag: "\"\(digest)\"", .cacheControl: "private, no-cache"]
        if call.request.headers[.ifNoneMatch]?.contains(digest) == true {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, json: writer)
    }
}
