import Contracts
import LabelModel
import ValueTree

/// What an ML backend answered, or why it did not.
enum MLAnswer {
    case value(JSONText)
    /// The status is 0 when there was no answer at all.
    case failure(status: Int, message: String)
}

/// Talks with one ML backend in Label Studio's protocol.
struct MLConversation: Sendable {
    private static let healthTimeout = Duration.seconds(2)
    private static let setupTimeout = Duration.seconds(5)
    private static let maxAnswerBytes = 64 << 20

    let settings: MLBackendSettings
    let project: Project
    let outbound: any OutboundClient

    func health() async -> MLAnswer {
        await ask(.get, "health", timeout: Self.healthTimeout)
    }

    func setup() async -> MLAnswer {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("project", projectName)
            writer.member("schema", project.settings.labelConfig)
            writer.nullMember("hostname")
            // Tokens are kept as digests only, so there is none to give away.
            writer.nullMember("access_token")
            writer.key("extra_params")
            writer.value(settings.extraParameters ?? .null)
        }
        return await ask(.post, "setup", writer.bytes, timeout: Self.setupTimeout)
    }

    func versions() async -> MLAnswer {
        await ask(.get, "versions", timeout: Self.setupTimeout)
    }

    /// - Parameters:
    ///   - tasks: JSON array.
    ///   - context: What an interactive model starts from.
    /// - Returns: The answer to `/predict`.
    func predict(_ tasks: RawJSON, context: RawJSON = .null) async -> MLAnswer {
        await ask(
            .post,
            "predict",
            predictionRequest(tasks, context: context).bytes,
            timeout: .seconds(settings.timeoutSeconds)
        )
    }

    /// The body of a request for predictions.
    func predictionRequest(_ tasks: RawJSON, context: RawJSON = .null) -> RawJSON {
        var writer = JSONWriter(capacity: tasks.bytes.count + 1024)
        writer.object { writer in
            writer.key("tasks")
            writer.value(tasks)
            writer.member("project", projectName)
            writer.member("label_config", project.settings.labelConfig)
            writer.key("params")
            writer.object { writer in
                writer.nullMember("login")
                writer.nullMember("password")
                writer.key("context")
                writer.value(context)
            }
        }
        return RawJSON(checked: writer.bytes)
    }

    /// Asks the model to learn; `event` is the project as events have it.
    func train(_ event: ProjectEvent) async -> MLAnswer {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("action", "START_TRAINING")
            writer.key("project")
            event.write(to: &writer)
        }
        return await ask(
            .post,
            "webhook",
            writer.bytes,
            timeout: .seconds(settings.timeoutSeconds)
        )
    }

    /// Address of one of the backend's paths.
    func address(_ path: String) -> String {
        settings.url + (settings.url.hasSuffix("/") ? "" : "/") + path
    }

    /// The number and, behind a dot, the second in which the project was made.
    private var projectName: String {
        "\(project.id).\(project.createdAt.microseconds / 1_000_000)"
    }

    private func ask(
        _ method: OutboundRequest.Method,
        _ path: String,
        _ body: [UInt8] = [],
        timeout: Duration
    ) async -> MLAnswer {
        var headers: [(name: String, value: String)] = [("User-Agent", "Postil")]
        if method == .post { headers.append(("Content-Type", "application/json")) }
        if !settings.user.isEmpty, !settings.password.isEmpty {
            let credentials = Base64.encode(Array("\(settings.user):\(settings.password)".utf8))
            headers.append(("Authorization", "Basic \(credentials)"))
        }
        do throws(OutboundError) {
            let answer = try await outbound.send(
                OutboundRequest(
                    method,
                    address(path),
                    headers: headers,
                    body: body,
                    timeout: timeout,
                    maxResponseBytes: Self.maxAnswerBytes
                )
            )
            guard answer.status < 400 else {
                return .failure(
                    status: answer.status,
                    message: "The backend answered \(answer.status) to /\(path)."
                )
            }
            guard let value = try? JSONText(parsing: answer.body) else {
                return .failure(
                    status: answer.status,
                    message: "The backend's answer to /\(path) is not JSON."
                )
            }
            return .value(value)
        } catch {
            return .failure(status: 0, message: error.message)
        }
    }
}
