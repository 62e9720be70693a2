internal import HTTPTypes
internal import LabelModel

/// The OpenAPI 3.1 document of the endpoints.
struct OpenAPIDocument: Sendable {
    /// JSON text.
    let bytes: [UInt8]

    init(endpoints: [Endpoint], version: String) {
        var writer = JSONWriter(capacity: 256 * 1024)
        writer.object { writer in
            writer.member("openapi", "3.1.0")
            writer.key("info")
            writer.object { writer in
                writer.member("title", "Postil")
                writer.member("version", version)
                writer.member(
                    "description",
                    "Label Studio's API where it has one, and Postil's own beside it."
                )
            }
            writer.key("paths")
            Self.writePaths(of: endpoints, to: &writer)
            writer.key("components")
            Self.writeComponents(to: &writer)
        }
        bytes = writer.bytes
    }

    private static func writePaths(of endpoints: [Endpoint], to writer: inout JSONWriter) {
        var paths: [String] = []
        var byPath: [String: [Endpoint]] = [:]
        for endpoint in endpoints where endpoint.group != .pages {
            let path = endpoint.path.replacing("*}", with: "}")
            if byPath[path] == nil { paths.append(path) }
            byPath[path, default: []].append(endpoint)
        }
        writer.object { writer in
            for path in paths {
                writer.key(path)
                writer.object { writer in
                    for endpoint in byPath[path] ?? [] {
                        writer.key(endpoint.method.rawValue.lowercased())
                        endpoint.write(to: &writer)
                    }
                }
            }
        }
    }

    private static func writeComponents(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("schemas")
            writer.object { writer in
                for component in Component.allCases {
                    writer.key(component.rawValue)
                    component.schema.write(to: &writer)
                }
            }
            writer.key("securitySchemes")
            writer.object { writer in
                writer.key("token")
                writer.object { writer in
                    writer.member("type", "apiKey")
                    writer.member("in", "header")
                    writer.member("name", "Authorization")
                    writer.member("description", "`Token` and 40 hexadecimal digits.")
                }
                writer.key("web_token")
                writer.object { writer in
                    writer.member("type", "http")
                    writer.member("scheme", "bearer")
                    writer.member("bearerFormat", "JWT")
                    writer.member(
                        "description",
                        "What `POST /api/token/refresh/` gives for a personal access token."
                    )
                }
                writer.key("session")
                writer.object { writer in
                    writer.member("type", "apiKey")
                    writer.member("in", "cookie")
                    writer.member("name", Cookie.session)
                    writer.member(
                        "description",
                        "Set by `POST /api/session`; writes repeat `csrftoken` in `X-CSRFToken`."
                    )
                }
            }
        }
    }
}
