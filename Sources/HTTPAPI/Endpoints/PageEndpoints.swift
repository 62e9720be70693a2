internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// The web app's documents and files.
struct PageEndpoints: Sendable {
    private let service: LabelingService
    private let files: StaticFiles
    private let app: Page
    private let editor: Page
    /// Elements for the editor's head that tell it what to offer besides.
    private let editorMarks: String

    /// Routes of the app's own router; all are the same document.
    private static let appPaths = [
        "/sign-in", "/projects", "/projects/new", "/projects/{project}",
        "/projects/{project}/settings", "/projects/{project}/settings/{section}",
        "/projects/{project}/plugins",
        "/projects/{project}/trash", "/projects/deleted", "/plugins", "/account", "/users",
    ]

    init(service: LabelingService, files: StaticFiles, settings: APISettings) throws {
        self.service = service
        self.files = files
        editorMarks =
            (settings.isTestMode ? "<meta name=\"postil-test-mode\">" : "")
            + (settings.isPluginDevelopment ? "<meta name=\"postil-plugin-dev\">" : "")
        app = Page(template: try files.page("app.html"), staticPrefix: files.prefix)
        editor = Page(template: try files.page("editor.html"), staticPrefix: files.prefix)
    }

    var endpoints: [Endpoint] {
        let page = [Answer.file("text/html", "The page.")]
        var endpoints = Self.appPaths.map { path in
            Endpoint(.get, path, .pages, "A page of the web app", access: .anyone, answers: page) {
                [app] _ in app.response(importMap: ImportMap())
            }
        }
        endpoints += [
            Endpoint(
                .get,
                "/",
                .pages,
                "Leads to the projects, or to sign-in",
                access: .anyoneKnown,
                answers: [.empty(.seeOther)],
                handler: home
            ),
            Endpoint(
                .get,
                "/projects/{project}/label",
                .pages,
                "The editor with task after task",
                access: .anyoneKnown,
                answers: page,
                handler: label
            ),
            Endpoint(
                .get,
                "/projects/{project}/tasks/{task}",
                .pages,
                "The editor with one task",
                access: .anyoneKnown,
                answers: page,
                handler: label
            ),
            Endpoint(
                .get,
                "/static/{digest}/{path*}",
                .pages,
                "A file of the web app",
                access: .anyone,
                answers: [.file("text/javascript", "The file.")],
                handler: file
            ),
        ]
        return endpoints
    }

    /// Answers where no endpoint is: programs get the envelope, people a page that says so.
    @Sendable func elsewhere(_ call: Call) async throws -> Response {
        let path = call.request.uri.path
        let isPage =
            call.request.method == .get && !path.hasPrefix("/api/")
            && call.request.headers[.accept]?.contains("text/html") == true
        guard isPage else { throw APIError.notFound }
        return app.response(status: .notFound, importMap: ImportMap())
    }

    private func home(_ call: Call) async throws -> Response {
        Response(
            status: .seeOther,
            headers: [.location: call.caller == nil ? "/sign-in" : "/projects"]
        )
    }

    private func file(_ call: Call) async throws -> Response {
        let path = try call.rest()
        let isCurrent = try files.prefix == "/static/" + call.name("digest")
        guard isCurrent, let response = files.response(path: path) else {
            throw APIError.notFound
        }
        return response
    }

    /// The editor's document belongs to one project: its import map names the files of the plugins
    /// that are enabled there, and nothing else may be loaded.
    private func label(_ call: Call) async throws -> Response {
        guard call.caller != nil else {
            let path = PercentEncoding.encodePath(call.request.uri.path)
            return Response(status: .seeOther, headers: [.location: "/sign-in?next=\(path)"])
        }
        let reports: [ProjectPluginReport]
        do {
            reports = try await service.plugins.list(in: call.id("project"))
        } catch let error as ServiceError where error.kind == .notFound {
            return app.response(status: .notFound, importMap: ImportMap())
        }
        var webFiles: [PluginManifest.WebFile] = []
        for report in reports where report.isEnabled && report.reason == nil {
            webFiles += try await service.plugins.report(report.plugin).manifest?.webFiles ?? []
        }
        return editor.response(
            importMap: ImportMap(webFiles: webFiles),
            head: editorMarks,
            isShownInside: true
        )
    }
}
