internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// One HTML document of the web app.
struct Page: Sendable {
    /// Where the import map stands in the file.
    private static let importMapPlace = "<!-- postil:import-map -->"
    private static let staticPlace = "{{static}}"

    private var beforeMap: String
    private var afterMap: String

    /// - Parameters:
    ///   - template: Text of the file.
    ///   - staticPrefix: Path below which the page's files are.
    init(template: String, staticPrefix: String) {
        let text = template.replacing(Self.staticPlace, with: staticPrefix)
        let pieces = text.split(
            separator: Self.importMapPlace,
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        beforeMap = pieces.first.map(String.init) ?? ""
        afterMap = pieces.count > 1 ? String(pieces[1]) : ""
    }

    /// The page with another text in a place of it.
    func replacing(_ place: String, with text: String) -> Page {
        var page = self
        page.beforeMap = beforeMap.replacing(place, with: text)
        page.afterMap = afterMap.replacing(place, with: text)
        return page
    }

    /// The page with an import map, and with further elements in its head.
    ///
    /// - `isShownInside`: Whether other pages of this server may show it in a part of theirs.
    func response(
        status: HTTPResponse.Status = .ok,
        importMap: ImportMap,
        head: String = "",
        isShownInside: Bool = false
    ) -> Response {
        var response = response(
            status: status,
            importMap: importMap,
            head: head,
            policy: ContentSecurityPolicy.page(
                scriptDigest: importMap.digest,
                isShownInside: isShownInside
            )
        )
        if isShownInside { response.headers[.frameOptions] = "SAMEORIGIN" }
        return response
    }

    /// The page as a frame of others of this server, under a policy of its own.
    func frame(importMap: ImportMap, scripts: [String]) -> Response {
        var response = response(
            status: .ok,
            importMap: importMap,
            head: "",
            policy: ContentSecurityPolicy.frame(scriptDigest: importMap.digest, scripts: scripts)
        )
        response.headers[.frameOptions] = "SAMEORIGIN"
        // A name to look up is a message too.
        response.headers[.prefetchControl] = "off"
        return response
    }

    private func response(
        status: HTTPResponse.Status,
        importMap: ImportMap,
        head: String,
        policy: String
    ) -> Response {
        let html = beforeMap + head + importMap.element + afterMap
        return Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .cacheControl: "no-cache",
                .contentSecurityPolicy: policy,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html))
        )
    }
}
