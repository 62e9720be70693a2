import Contracts
import Crypto
import Foundation
import HTTPAPI
import HTTPTypes
import Hummingbird
import LabelModel
import LabelingService
import Logging
import NIOCore
import PluginHost
import SQLiteStorage

/// The whole server over a database of its own, without a socket between it and the test.
final class TestServer: Sendable {
    let responder: APIResponder
    let service: LabelingService
    let directory: URL
    private let storage: SQLiteStorage
    /// API token of the administrator, who is the first user.
    let administratorToken: String
    /// API token of a member.
    let memberToken: String

    static let password = "correct horse"

    /// Runs a test against a server, and removes what it left behind.
    static func with(
        publicURL: String? = nil,
        _ test: (TestServer) async throws -> Void
    ) async throws {
        await Turnstile.servers.enter()
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "postil-http-\(UUID().uuidString)")
        let outcome: Result<Void, any Error>
        do {
            let server = try await TestServer(directory: directory, publicURL: publicURL)
            do {
                outcome = .success(try await test(server))
            } catch {
                outcome = .failure(error)
            }
            await server.storage.close()
        } catch {
            outcome = .failure(error)
        }
        try? FileManager.default.removeItem(at: directory)
        await Turnstile.servers.leave()
        try outcome.get()
    }

    private init(directory: URL, publicURL: String?) async throws {
        self.directory = directory
        let media = directory.appending(path: "media")
        let web = directory.appending(path: "web")
        let plugins = directory.appending(path: "plugins").path
        for folder in [directory.appending(path: "upload"), media, web.appending(path: "js")] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        let page = "<!doctype html><head><!-- postil:import-map --></head>{{static}}"
        for name in ["app.html", "editor.html", "frame.html", "sign-up.html"] {
            try Data(page.utf8).write(to: web.appending(path: name))
        }
        try Data("export {};".utf8).write(to: web.appending(path: "js/app.js"))

        storage = try await SQLiteStorage.open(
            path: directory.appending(path: "test.sqlite").path,
            clock: TestClock()
        )
        let environment = ServiceEnvironment(
            storage: storage,
            catalog: PluginDirectoryCatalog(
                directories: [PluginDirectory(path: plugins)],
                configuration: PluginHostConfiguration(hostVersion: "0.1.0")
            ),
            installer: PackageInstaller(directory: plugins, hostVersion: "0.1.0"),
            clock: TestClock(),
            passwords: PlainPasswords(),
            sha256: { Array(SHA256.hash(data: $0)) },
            uploads: UploadArea(root: directory.appending(path: "upload").path),
            exportArea: UploadArea(root: directory.appending(path: "export").path),
            derivedFolder: directory.appending(path: "derived").path,
            mediaRoots: [media.path]
        )
        service = LabelingService(environment)
        let accounts = try await service.accounts.create([
            NewAccount(email: "ada@example.org", password: Self.password, role: .administrator),
            NewAccount(email: "max@example.org", password: nil, role: .member),
        ])
        administratorToken = accounts[0].token
        memberToken = accounts[1].token
        responder = try APIResponder(
            settings: APISettings(
                host: "127.0.0.1",
                port: 0,
                version: "0.1.0",
                publicURL: publicURL,
                webDirectory: web.path,
                maxTaskBytes: 1 << 20
            ),
            service: service
        )
    }

    /// Sends one request, its body in the pieces in which it arrives.
    ///
    /// Without a `token` it is the administrator's; with `.some(nil)` it is nobody's.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        as token: String?? = .none,
        headers: HTTPFields = [:],
        chunks: [[UInt8]]
    ) async throws -> TestAnswer {
        var head = HTTPRequest(
            method: method,
            scheme: "http",
            authority: "localhost",
            path: path,
            headerFields: headers
        )
        let sender: String? =
            switch token {
            case .none: administratorToken
            case .some(let given): given
            }
        if let sender { head.headerFields[.authorization] = "Token \(sender)" }
        let body = AsyncStream<ByteBuffer> { continuation in
            for chunk in chunks { continuation.yield(ByteBuffer(bytes: chunk)) }
            continuation.finish()
        }
        let request = Request(head: head, body: RequestBody(asyncSequence: body))
        let context = APIContext(
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            peer: nil
        )
        return try await TestAnswer(responder.respond(to: request, context: context))
    }

    /// Sends one request with a body of text, as JSON unless a header says otherwise.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        as token: String?? = .none,
        headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        var headers = headers
        if body != nil, headers[.contentType] == nil {
            headers[.contentType] = "application/json"
        }
        return try await send(
            method,
            path,
            as: token,
            headers: headers,
            chunks: body.map { [Array($0.utf8)] } ?? []
        )
    }
}

/// The machine's clock.
private struct TestClock: WallClock {
    func now() -> Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}

/// Hashing that costs nothing, so that tests are fast; it protects nobody.
private struct PlainPasswords: PasswordHasher {
    func hash(_ password: String) async throws -> String { "plain:" + password }
    func matches(_ password: String, hash: String) async -> Bool { hash == "plain:" + password }
}
