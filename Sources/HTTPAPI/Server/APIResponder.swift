internal import HTTPTypes
package import Hummingbird
package import LabelingService

/// Answers every request of the server.
package struct APIResponder: HTTPResponder {
    package typealias Context = APIContext

    /// All endpoints, in the order of the document.
    package let endpoints: [Endpoint]
    private let router: RouterResponder<APIContext>

    package init(settings: APISettings, service: LabelingService) throws {
        let files = try StaticFiles(directory: settings.webDirectory)
        let pages = try PageEndpoints(
            service: service,
            files: files,
            settings: settings
        )
        var endpoints: [Endpoint] = []
        endpoints += SessionEndpoints(service: service, settings: settings).endpoints
        endpoints += UserEndpoints(service: service).endpoints
        endpoints += AccessTokenEndpoints(service: service).endpoints
        endpoints += CurrentUserEndpoints(service: service).endpoints
        endpoints += SiteEndpoints(service: service).endpoints
        endpoints += OrganizationEndpoints(service: service, settings: settings).endpoints
        endpoints += ProjectEndpoints(service: service).endpoints
        endpoints += ProjectMoveEndpoints(service: service).endpoints
        endpoints += TrashEndpoints(service: service).endpoints
        endpoints += ProjectStatisticsEndpoints(service: service).endpoints
        endpoints += LabelEndpoints(service: service).endpoints
        endpoints += LabelLinkEndpoints(service: service).endpoints
        endpoints += LabelChangeEndpoints(service: service).endpoints
        endpoints += TaskEndpoints(service: service).endpoints
        endpoints += AgreementEndpoints(service: service).endpoints
        endpoints += ViewEndpoints(service: service).endpoints
        endpoints += ActionEndpoints(service: service).endpoints
        endpoints += AnnotationEndpoints(service: service).endpoints
        endpoints += DraftEndpoints(service: service).endpoints
        endpoints += PredictionEndpoints(service: service).endpoints
        endpoints += ImportEndpoints(service: service, settings: settings).endpoints
        endpoints += PartialUploadEndpoints(service: service).endpoints
        endpoints += FileEndpoints(service: service).endpoints
        endpoints += ExportEndpoints(service: service).endpoints
        endpoints += SnapshotEndpoints(service: service).endpoints
        endpoints += MLBackendEndpoints(service: service).endpoints
        endpoints += WebhookEndpoints(service: service).endpoints
        endpoints += PluginEndpoints(service: service).endpoints
        endpoints += PluginUpgradeEndpoints(service: service).endpoints
        endpoints += PluginEventEndpoints(service: service).endpoints
        endpoints += AuditEndpoints(service: service).endpoints
        endpoints += TagEndpoints(service: service).endpoints
        endpoints += MediaEndpoints(service: service).endpoints
        endpoints += CloudMediaEndpoints(service: service).endpoints
        endpoints += LinkedStorageEndpoints(service: service).endpoints
        endpoints += pages.endpoints
        endpoints +=
            try FrameEndpoints(service: service, files: files, publicURL: settings.publicURL)
            .endpoints
        endpoints +=
            SignUpEndpoints(
                service: service,
                page: Page(template: try files.page("sign-up.html"), staticPrefix: files.prefix),
                isSecure: settings.isSecure
            ).endpoints
        // The document describes the endpoint that serves it too.
        let version = settings.version
        let described = endpoints + ServiceEndpoints(version: version, document: []).endpoints
        let document = OpenAPIDocument(endpoints: described, version: version).bytes
        endpoints += ServiceEndpoints(version: version, document: document).endpoints
        self.endpoints = endpoints
        router = EndpointTable(endpoints: endpoints).router(
            authentication: Authentication(accounts: service.accounts),
            outcome: Outcome(
                version: settings.version,
                security: SecurityHeaders(isSecure: settings.isSecure)
            ),
            elsewhere: pages.elsewhere
        )
    }

    package func respond(to request: Request, context: APIContext) async throws -> Response {
        try await router.respond(to: request, context: context)
    }
}
