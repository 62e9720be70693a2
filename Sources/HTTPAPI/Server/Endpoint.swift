package import HTTPTypes
internal import Hummingbird

/// One method on one path: what it does, and all that the OpenAPI document says of it.
///
/// The router and the document are made from the same list of these, so neither can hold what the
/// other lacks.
package struct Endpoint: Sendable {
    /// Who may call.
    enum Access: Sendable {
        /// Nobody is asked who they are.
        case anyone
        /// ``Call/caller`` is set for those who are signed in.
        case anyoneKnown
        case signedIn
        case administrator
    }

    typealias Handler = @Sendable (Call) async throws -> Response

    package let method: HTTPRequest.Method
    /// Label Studio's path, where it has one.
    ///
    /// `{name}` stands for one segment, `{name*}` for all that follow. A slash at the end makes no
    /// difference when requests are matched.
    package let path: String
    let access: Access
    /// Group in the document.
    package let group: Group
    let summary: String
    let query: [QueryParameter]
    let body: BodyShape?
    let answers: [Answer]
    let handler: Handler

    package enum Group: String, CaseIterable, Sendable {
        case session, users, projects, tasks, annotations, drafts, predictions
        case dataManager = "data manager"
        case imports = "import"
        case exports = "export"
        case models = "ML backends"
        case storages, webhooks, plugins, audit, media, service
        /// Documents of the web app; not a part of the API and of its document.
        case pages
    }

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ group: Group,
        _ summary: String,
        access: Access = .signedIn,
        query: [QueryParameter] = [],
        body: BodyShape? = nil,
        answers: [Answer],
        handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.group = group
        self.summary = summary
        self.access = access
        self.query = query
        self.body = body
        self.answers = answers
        self.handler = handler
    }

    /// Names of what stands between braces in the path, in order, without the star.
    var pathParameters: [String] {
        path.split(separator: "/").compactMap { segment in
            guard segment.first == "{", segment.last == "}" else { return nil }
            return String(segment.dropFirst().dropLast().prefix { $0 != "*" })
        }
    }

    /// The path in Hummingbird's spelling.
    var routerPath: String {
        let segments = path.split(separator: "/").map { $0.hasSuffix("*}") ? "**" : String($0) }
        return "/" + segments.joined(separator: "/")
    }
}

/// One item of an endpoint's query.
struct QueryParameter: Sendable {
    let name: String
    let schema: Schema
    let description: String

    init(_ name: String, _ schema: Schema, _ description: String) {
        self.name = name
        self.schema = schema
        self.description = description
    }

    static let page = QueryParameter("page", .integer, "Number of the page, from 1.")
    static let pageSize = QueryParameter("page_size", .integer, "How many a page.")
}

/// What an endpoint takes as its body.
struct BodyShape: Sendable {
    /// By media type.
    let content: [(mediaType: String, schema: Schema)]
    var isRequired = true

    static func json(_ schema: Schema) -> BodyShape {
        BodyShape(content: [("application/json", schema)])
    }

    static let files = BodyShape(content: [("multipart/form-data", .any)])
    static let package = BodyShape(content: [
        ("application/gzip", .string), ("application/octet-stream", .string),
        ("multipart/form-data", .any),
    ])
    static let tasks = BodyShape(content: [
        ("application/json", .any), ("multipart/form-data", .any), ("text/csv", .string),
        ("text/tab-separated-values", .string), ("text/plain", .string),
    ])
}

/// One answer that an endpoint gives; errors of every endpoint are added by the document.
struct Answer: Sendable {
    let status: HTTPResponse.Status
    let description: String
    /// nil when there is no body.
    let content: (mediaType: String, schema: Schema)?

    private init(
        _ status: HTTPResponse.Status,
        _ description: String,
        _ content: (mediaType: String, schema: Schema)?
    ) {
        self.status = status
        self.description = description
        self.content = content
    }

    static func json(_ schema: Schema, _ description: String = "Done.") -> Answer {
        json(.ok, schema, description)
    }

    static func json(
        _ status: HTTPResponse.Status,
        _ schema: Schema,
        _ description: String = "Done."
    ) -> Answer {
        Answer(status, description, ("application/json", schema))
    }

    /// What ``MediaFile`` answers.
    static let anyFileOrRange: [Answer] = [
        anyFile("The file."), Answer(.partialContent, "A range of it.", ("*/*", .any)),
        empty(.notModified, "The client has it."), empty(.rangeNotSatisfiable, "No such range."),
    ]

    static func file(_ mediaType: String, _ description: String) -> Answer {
        Answer(.ok, description, (mediaType, .string))
    }

    static func file(
        _ status: HTTPResponse.Status,
        _ mediaType: String,
        _ description: String
    ) -> Answer {
        Answer(status, description, (mediaType, .string))
    }

    /// A file whose media type depends on what is asked for.
    static func anyFile(_ description: String) -> Answer {
        Answer(.ok, description, ("*/*", .any))
    }

    static func empty(
        _ status: HTTPResponse.Status = .noContent,
        _ description: String = "Done."
    ) -> Answer {
        Answer(status, description, nil)
    }
}
