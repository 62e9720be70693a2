internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// The documents in which modules of plugins run that do not run in a page of the app.
struct FrameEndpoints: Sendable {
    private let service: LabelingService
    private let files: StaticFiles
    private let page: Page
    /// As ``APISettings/publicURL``.
    private let publicURL: String?

    init(service: LabelingService, files: StaticFiles, publicURL: String?) throws {
        self.service = service
        self.files = files
        self.publicURL = publicURL
        page = Page(template: try files.page("frame.html"), staticPrefix: files.prefix)
    }

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/plugin-frames/{id}/{digest}",
                .pages,
                "The sandboxed document of a plugin's modules",
                access: .anyone,
                answers: [Answer.file("text/html", "The document.")],
                handler: frame
            )
        ]
    }

    /// The document holds nothing of anyone: which module it runs, and on what, the page says that
    /// frames it.
    private func frame(_ call: Call) async throws -> Response {
        let folder = "/plugins/" + (try call.name("id")) + "/" + (try call.name("digest")) + "/"
        let webFiles = try await service.plugins.list()
            .flatMap { $0.manifest?.webFiles ?? [] }
            .filter { $0.url.hasPrefix(folder) }
        guard !webFiles.isEmpty, let origin = origin(of: call) else { throw APIError.notFound }
        return page.frame(
            importMap: ImportMap(webFiles: webFiles),
            scripts: [origin + folder, origin + files.prefix + "/js/"]
        )
    }

    /// Where the browser believes to be: the public address, else the one it asked.
    private func origin(of call: Call) -> String? {
        if let publicURL { return publicURL }
        guard let authority = call.request.head.authority,
            // It goes into a header: nothing but a host and a port.
            authority.utf8.allSatisfy({ Self.isPartOfAuthority($0) })
        else { return nil }
        return "http://" + authority
    }

    private static func isPartOfAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ".:-_[]".utf8.contains(byte)
        }
    }
}
