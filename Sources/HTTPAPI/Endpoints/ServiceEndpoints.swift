internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import NIOCore

/// What the server says of itself.
struct ServiceEndpoints: Sendable {
    let version: String
    /// The OpenAPI document.
    let document: [UInt8]

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/version/",
                .service,
                "Tells the versions",
                access: .anyone,
                answers: [.json(.reference(.version))],
                handler: versions
            ),
            Endpoint(
                .get,
                "/health",
                .service,
                "Tells that the server answers",
                access: .anyone,
                answers: [.json(.object([.init("status", .string)]))],
                handler: health
            ),
            Endpoint(
                .get,
                "/api/openapi.json",
                .service,
                "Gets this document",
                access: .anyone,
                answers: [.json(.any)],
                handler: openAPI
            ),
        ]
    }

    /// The names of Label Studio's packages, which its clients look for, and our version.
    private func versions(_ call: Call) async throws -> Response {
        .json { writer in
            writer.object { writer in
                writer.member("release", version)
                writer.member("edition", "Community")
                writer.key("postil")
                writer.object { $0.member("version", version) }
                writer.key("label-studio-os-package")
                writer.object { writer in
                    writer.member("version", version)
                    writer.member("short_version", version)
                }
                for name in ["label-studio-os-backend", "backend"] {
                    writer.key(name)
                    writer.object { $0.member("commit", "") }
                }
                for name in ["label-studio-frontend", "dm2", "lsf"] {
                    writer.key(name)
                    writer.object { _ in }
                }
                writer.key("label-studio-converter")
                writer.object { $0.member("version", version) }
            }
        }
    }

    private func health(_ call: Call) async throws -> Response {
        .json { writer in
            writer.object { $0.member("status", "UP") }
        }
    }

    private func openAPI(_ call: Call) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document))
        )
    }
}
