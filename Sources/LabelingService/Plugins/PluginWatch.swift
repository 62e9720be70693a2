import Contracts
import LabelModel

/// Notices what changes about plugins, whoever changes it: this daemon, another process, a folder
/// that somebody puts into a plugin directory, a plugin that crashes.
///
/// Each change becomes an event. What nobody has decided here becomes an entry of the audit log
/// too: versions that came or went, and quarantines by the host.
///
/// 1. ``run()`` looks once a second while somebody listens, else now and then, until its task is
///    cancelled.
/// 2. ``look()`` looks at once; whoever has just changed something calls it.
public actor PluginWatch {
    private static let interval = Duration.seconds(1)
    /// When nobody listens.
    private static let quietInterval = Duration.seconds(5)
    /// So long whoever installs a package has for telling the log so.
    private static let graceSeconds: Int64 = 2

    /// What is compared between two looks.
    private struct Sight: Equatable {
        var state: PluginState
        var isQuarantinedByHost: Bool
        var webFiles: [PluginManifest.WebFile]
        var libraryDigest: String?
        var crashCount: Int
        var refusalCount: Int
        var activeRunCount: Int
    }

    private let environment: ServiceEnvironment
    private let events: PluginEvents
    private let ledger: PluginLedger
    private var seen: [PluginVersion: Sight]?
    /// Versions that the log may not know yet, and since when they are there.
    private var newcomers: [PluginVersion: Timestamp] = [:]
    /// The last entry of the audit log that was looked at.
    private var lastEntry: Int64?
    private var isLooking = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ environment: ServiceEnvironment, events: PluginEvents) {
        self.environment = environment
        self.events = events
        ledger = PluginLedger(environment: environment)
    }

    /// Looks again and again; returns when the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            // What fails now, such as a busy database, is seen at the next look.
            try? await look()
            let isHeard = await events.listenerCount > 0
            try? await Task.sleep(for: isHeard ? Self.interval : Self.quietInterval)
        }
    }

    /// Compares what is with what was, and tells.
    ///
    /// One look at a time, so that an older one never covers a newer one.
    public func look() async throws(ServiceError) {
        while isLooking { await withCheckedContinuation { waiting.append($0) } }
        isLooking = true
        defer {
            isLooking = false
            for looker in waiting { looker.resume() }
            waiting.removeAll()
        }
        try await compare()
    }

    private func compare() async throws(ServiceError) {
        let landscape = try await PluginLandscape.load(environment)
        var now: [PluginVersion: Sight] = [:]
        for installed in landscape.installed where now[installed.plugin] == nil {
            let runtime = landscape.runtime(of: installed.plugin)
            now[installed.plugin] = Sight(
                state: landscape.state(of: installed).state,
                isQuarantinedByHost: runtime.quarantine != nil,
                webFiles: installed.manifest?.webFiles ?? [],
                libraryDigest: installed.libraryDigest,
                crashCount: runtime.crashCount,
                refusalCount: runtime.refusalCount,
                activeRunCount: runtime.activeRunCount
            )
        }
        let before = seen
        seen = now
        try await note(before ?? [:], now, landscape)
        let used = try await changedUses()
        guard let before else { return }
        for event in Self.events(before, now) { await events.publish(event) }
        for plugin in used {
            await events.publish(PluginEvent(.usage, of: plugin, state: now[plugin]?.state))
        }
    }

    private static func events(
        _ before: [PluginVersion: Sight],
        _ now: [PluginVersion: Sight]
    ) -> [PluginEvent] {
        var events: [PluginEvent] = []
        for (plugin, sight) in now {
            func tell(_ change: PluginEvent.Change) {
                events.append(PluginEvent(change, of: plugin, state: sight.state))
            }
            guard let old = before[plugin] else {
                tell(.installed)
                continue
            }
            if old.state != sight.state { tell(.state) }
            if old.webFiles != sight.webFiles || old.libraryDigest != sight.libraryDigest {
                tell(.reloaded)
            }
            let isHealthy =
                old.crashCount == sight.crashCount && old.refusalCount == sight.refusalCount
                && old.activeRunCount == sight.activeRunCount
            if !isHealthy { tell(.health) }
        }
        for plugin in before.keys where now[plugin] == nil {
            events.append(PluginEvent(.removed, of: plugin))
        }
        return events
    }

    /// The versions whose switches in projects have changed since the last look, as the log has
    /// it: reading what is new there costs the same however many projects there are.
    private func changedUses() async throws(ServiceError) -> Set<PluginVersion> {
        guard let last = lastEntry else {
            lastEntry = try await ledger.lastSequence()
            return []
        }
        let entries = try await ledger.entries(after: last)
        lastEntry = entries.last?.sequence ?? last
        return Set(entries.filter { $0.project != nil }.flatMap(\.plugins))
    }

    // MARK: The audit log

    private func note(
        _ before: [PluginVersion: Sight],
        _ now: [PluginVersion: Sight],
        _ landscape: PluginLandscape
    ) async throws(ServiceError) {
        let moment = environment.clock.now()
        for installed in landscape.installed
        where !installed.isBundled && installed.manifest != nil {
            let plugin = installed.plugin
            if before[plugin] == nil { newcomers[plugin] = moment }
            guard let since = newcomers[plugin],
                moment >= since.adding(seconds: Self.graceSeconds)
            else { continue }
            newcomers[plugin] = nil
            try await ledger.noteInstalled(installed)
        }
        for (plugin, sight) in now
        where sight.isQuarantinedByHost && before[plugin]?.isQuarantinedByHost != true {
            let reason = landscape.runtime(of: plugin).quarantine?.message
            try await ledger.append("plugin.quarantined", plugin, by: .daemon, reason: reason)
        }
        for plugin in before.keys where now[plugin] == nil {
            newcomers[plugin] = nil
            try await ledger.append("plugin.removed", plugin, by: .operator, reason: nil)
        }
    }
}
