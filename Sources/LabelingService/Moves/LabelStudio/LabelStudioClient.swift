import Contracts
import LabelModel
import ValueTree

/// Asks one Label Studio server in the name of one user.
///
/// A personal access token is exchanged for one that holds a few minutes, again and again; a legacy
/// token goes as it is. Answers that do not come, or come with an error of the server's, are asked
/// for again a few times.
struct LabelStudioClient {
    private static let attempts = 4
    private static let timeout = Duration.seconds(120)
    private static let maxAnswerBytes = 256 << 20

    private let base: String
    private let token: String
    private let outbound: any OutboundClient
    private let isPersonal: Bool
    private var access: String?
    /// A server that never answered is most likely none, and not asked again and again.
    private var hasAnswered = false

    init(_ source: LabelStudioSource, outbound: any OutboundClient) throws(ServiceError) {
        var base = source.url
        while base.hasSuffix("/") { base.removeLast() }
        guard base.hasPrefix("http://") || base.hasPrefix("https://") else {
            throw .invalidField(
                "url",
                "\"\(source.url)\" is no address of a server.",
                hint: "Write it with http:// or https://."
            )
        }
        guard !source.token.isEmpty, source.token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalidField("token", "The token is empty, or has characters that none has.")
        }
        self.base = base
        token = source.token
        self.outbound = outbound
        isPersonal = source.token.split(separator: ".", omittingEmptySubsequences: false).count == 3
    }

    // MARK: Asking

    /// The JSON at a path.
    ///
    /// - Throws: ``ServiceError`` `answer_too_large` besides what any request meets.
    mutating func json(_ path: String) async throws(ServiceError) -> JSONText {
        let answer = try await answer(path)
        guard answer.isSuccess else { throw Self.refusal(answer, of: path) }
        do {
            return try JSONText(parsing: answer.body)
        } catch {
            throw ServiceError(
                .failed,
                "source_answer_invalid",
                "\(base)\(path) does not answer with JSON.",
                hint: "Check that the address is that of Label Studio itself."
            )
        }
    }

    /// Opens a file; nil, with the status, when the server does not give it out.
    mutating func file(
        _ path: String
    ) async throws(ServiceError) -> (stream: OutboundStream?, status: Int) {
        var stream = try await open(path)
        if stream.head.status == 401, isPersonal {
            access = nil
            stream = try await open(path)
        }
        return (stream.head.isSuccess ? stream : nil, stream.head.status)
    }

    private mutating func open(_ path: String) async throws(ServiceError) -> OutboundStream {
        let request = try await request(.get, path)
        do {
            return try await outbound.open(request)
        } catch {
            throw Self.silence(error)
        }
    }

    private mutating func answer(_ path: String) async throws(ServiceError) -> OutboundResponse {
        var attempt = 1
        while true {
            let failure: ServiceError
            do {
                let answer = try await outbound.send(try await request(.get, path))
                hasAnswered = true
                if answer.status == 401, isPersonal, access != nil, attempt == 1 {
                    access = nil
                    attempt += 1
                    continue
                }
                let isTransient = answer.status >= 500 || answer.status == 429
                guard isTransient, attempt < Self.attempts else { return answer }
                failure = Self.refusal(answer, of: path)
            } catch let error as OutboundError {
                failure = Self.silence(error)
                guard hasAnswered, error.code == .unreachable || error.code == .timedOut,
                    attempt < Self.attempts
                else { throw failure }
            } catch let error as ServiceError {
                throw error
            } catch {
                throw ServiceError(.failed, "source_failed", "\(base) could not be asked.")
            }
            do { try await Task.sleep(for: .seconds(1 << attempt)) } catch { throw failure }
            attempt += 1
        }
    }

    private mutating func request(
        _ method: OutboundRequest.Method,
        _ path: String
    ) async throws(ServiceError) -> OutboundRequest {
        let authorization = isPersonal ? "Bearer \(try await accessToken())" : "Token \(token)"
        return OutboundRequest(
            method,
            base + path,
            headers: [("Authorization", authorization)],
            timeout: Self.timeout,
            maxResponseBytes: Self.maxAnswerBytes
        )
    }

    /// What a personal access token is exchanged for.
    private mutating func accessToken() async throws(ServiceError) -> String {
        if let access { return access }
        var writer = JSONWriter()
        writer.object { $0.member("refresh", token) }
        let answer: OutboundResponse
        do {
            answer = try await outbound.send(
                OutboundRequest(
                    .post,
                    "\(base)/api/token/refresh/",
                    headers: [("Content-Type", "application/json")],
                    body: writer.bytes,
                    timeout: Self.timeout
                )
            )
        } catch {
            throw Self.silence(error)
        }
        guard answer.isSuccess, let fields = try? JSONText(parsing: answer.body),
            let made = fields["access"]?.string
        else { throw Self.wrongToken }
        access = made
        return made
    }

    // MARK: Failures

    private static let wrongToken = ServiceError(
        .invalid,
        "source_token_refused",
        "Label Studio does not accept the token.",
        hint: "Take it from the account page there. Legacy tokens have to be switched on by the "
            + "organization."
    )

    private static func refusal(_ answer: OutboundResponse, of path: String) -> ServiceError {
        let said = (try? JSONText(parsing: answer.body))?["detail"]?.string ?? ""
        switch answer.status {
        case 401, 403: return wrongToken
        case 404:
            return ServiceError(
                .notFound,
                "source_not_found",
                "Label Studio has nothing at \(path.prefix(200)). \(said.prefix(200))",
                hint: "Check the id of the project, and that the token's user sees it."
            )
        default:
            return ServiceError(
                .failed,
                "source_failed",
                "Label Studio answers \(path.prefix(200)) with \(answer.status). "
                    + "\(said.prefix(200))"
            )
        }
    }

    private static func silence(_ error: OutboundError) -> ServiceError {
        var failure = ServiceError(
            error.code == .answerTooLarge ? .tooLarge : .failed,
            error.code == .answerTooLarge ? "answer_too_large" : "source_unreachable",
            error.message
        )
        failure.cause = error.cause
        return failure
    }
}
