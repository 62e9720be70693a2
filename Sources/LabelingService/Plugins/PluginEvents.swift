public import Contracts

/// Something about a plugin has changed.
public struct PluginEvent: Hashable, Sendable {
    public enum Change: String, Hashable, Sendable, CaseIterable {
        /// A version has come.
        case installed
        /// A version's folder is gone.
        case removed
        /// It was allowed, quarantined, retired, refused, or that was taken back.
        case state
        /// It crashed, was refused a call, or began or ended a run.
        case health
        /// Projects have enabled or disabled it, or use another version.
        case usage
        /// Its files have changed under the same version, as they do in development.
        case reloaded
        /// Its sources do not compile; in development only.
        case buildFailed = "build_failed"
    }

    public var plugin: PluginVersion
    public var change: Change
    /// The state now; nil when the version is gone.
    public var state: PluginState?
    /// For people, such as what a compiler said.
    public var detail: String?

    public init(
        _ change: Change,
        of plugin: PluginVersion,
        state: PluginState? = nil,
        detail: String? = nil
    ) {
        self.plugin = plugin
        self.change = change
        self.state = state
        self.detail = detail
    }
}

/// Hands events on to everybody who listens.
///
/// A listener that is slow loses the oldest events, never the newest; each event tells only that
/// something is worth asking for.
public actor PluginEvents {
    private static let mostWaiting = 256

    private var listeners: [Int: AsyncStream<PluginEvent>.Continuation] = [:]
    private var next = 0

    init() {}

    /// The events from now on, until the stream is given up.
    public func listen() -> AsyncStream<PluginEvent> {
        let (stream, continuation) = AsyncStream<PluginEvent>.makeStream(
            bufferingPolicy: .bufferingNewest(Self.mostWaiting)
        )
        next += 1
        let number = next
        listeners[number] = continuation
        continuation.onTermination = { [weak self] _ in
            Task { await self?.forget(number) }
        }
        return stream
    }

    public func publish(_ event: PluginEvent) {
        for listener in listeners.values { listener.yield(event) }
    }

    /// How many listen.
    var listenerCount: Int { listeners.count }

    private func forget(_ number: Int) { listeners[number] = nil }
}
