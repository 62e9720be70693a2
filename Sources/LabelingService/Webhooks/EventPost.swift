import Contracts
import LabelModel
import ValueTree

/// Sends an event to a webhook, once.
struct EventPost: Sendable {
    /// What a receiver gets to answer.
    private static let timeout = Duration.seconds(10)

    private let environment: ServiceEnvironment
    private let setups: ProjectSetups

    init(_ environment: ServiceEnvironment, setups: ProjectSetups) {
        self.environment = environment
        self.setups = setups
    }

    /// Sends an event and waits for the answer, whatever its status.
    ///
    /// `payload` is a JSON object: what the event holds besides the action and the project, which
    /// is nil for an event of none. `number` is the same for every attempt, so that a receiver can
    /// tell a repeated one.
    func send(
        _ action: String,
        _ payload: RawJSON,
        of project: ProjectID?,
        as number: String,
        to settings: WebhookSettings
    ) async throws(OutboundError) -> OutboundResponse {
        var headers = settings.headers.sorted { $0.key < $1.key }
            .map { (name: $0.key, value: $0.value) }
        headers.append(("Content-Type", "application/json"))
        headers.append(("User-Agent", "Postil"))
        headers.append(("Postil-Delivery", number))
        return try await environment.outbound.send(
            OutboundRequest(
                .post,
                settings.url,
                headers: headers,
                body: await body(action, payload, project, sendsPayload: settings.sendsPayload),
                timeout: Self.timeout
            )
        )
    }

    /// `{"action": …}` with the event's payload and the project as it is now.
    private func body(
        _ action: String,
        _ payload: RawJSON,
        _ project: ProjectID?,
        sendsPayload: Bool
    ) async -> [UInt8] {
        var writer = JSONWriter(capacity: payload.bytes.count + 2048)
        writer.beginObject()
        writer.member("action", action)
        if sendsPayload {
            if let payload = try? JSONText(parsing: payload.bytes) {
                for member in payload.members {
                    writer.key(member.name)
                    writer.raw(member.value.rawBytes)
                }
            }
            if let project {
                writer.key("project")
                if let event = await projectEvent(project) {
                    event.write(to: &writer)
                } else {
                    // It is gone.
                    writer.object { $0.member("id", project) }
                }
            }
        }
        writer.endObject()
        return writer.bytes
    }

    private func projectEvent(_ id: ProjectID) async -> ProjectEvent? {
        guard let project = try? await environment.storage.projects.project(id),
            let setup = try? await setups.setup(of: id)
        else { return nil }
        return ProjectEvent(
            setup: setup,
            project: project,
            configHash: ConfigHash.of(project.settings.labelConfig, environment)
        )
    }
}
