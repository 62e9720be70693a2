internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService
internal import NIOCore
internal import ServiceLifecycle

/// What changes about plugins, as it happens: an event stream (HTML standard, section 9.2).
struct PluginEventEndpoints: Sendable {
    let service: LabelingService

    /// A silent connection is told apart from a dead one by a comment as often as this.
    private static let pingInterval = Duration.seconds(20)

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/plugins/events",
                .plugins,
                "Streams what changes about plugins: events `plugin` with id, version, change, "
                    + "state and detail",
                answers: [.file("text/event-stream", "Events until the client goes.")],
                handler: stream
            )
        ]
    }

    private func stream(_ call: Call) async throws -> Response {
        let events = await service.plugins.events.listen()
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
            ],
            body: ResponseBody { writer in
                // The client knows by this that it will miss nothing from now on.
                try await writer.write(ByteBuffer(string: "event: ready\ndata: {}\n\n"))
                for await line in Self.lines(events) {
                    try await writer.write(ByteBuffer(string: line))
                }
                try await writer.finish(nil)
            }
        )
    }

    /// Events as text, with pings between them, until the daemon is about to end.
    private static func lines(_ events: AsyncStream<PluginEvent>) -> AsyncStream<String> {
        AsyncStream { continuation in
            let task = Task {
                await withGracefulShutdownHandler {
                    await withTaskGroup { group in
                        group.addTask {
                            for await event in events { continuation.yield(text(of: event)) }
                        }
                        group.addTask {
                            while (try? await Task.sleep(for: pingInterval)) != nil {
                                continuation.yield(": ping\n\n")
                            }
                        }
                    }
                } onGracefulShutdown: {
                    continuation.finish()
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private static func text(of event: PluginEvent) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", event.plugin.id)
            writer.member("version", event.plugin.version)
            writer.member("change", event.change.rawValue)
            writer.member("state", event.state?.rawValue)
            writer.member("detail", event.detail)
        }
        return "event: plugin\ndata: \(String(decoding: writer.bytes, as: UTF8.self))\n\n"
    }
}
