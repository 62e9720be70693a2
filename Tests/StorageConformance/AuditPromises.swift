import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let auditPromises: [StoragePromise] = [
        StoragePromise("the audit log is one chain, also of writers in a race") { bench in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await bench.storage.audit.append(
                            AuditEvent("test.done", on: "test:\(number)", by: .operator)
                        )
                    }
                }
                try await group.waitForAll()
            }
            let other = try await bench.place.open(clock: bench.clock)
            try await other.audit.append(
                AuditEvent("test.done", on: "test:other", by: .user(bench.ann))
            )
            await other.close()
            let entries = try await bench.storage.audit.entries(after: 0, limit: 1000)
            #expect(entries.map(\.sequence) == Array(1...41))
            #expect(entries.first?.previousHash == AuditEntry.firstPreviousHash)
            #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.hash == $1.previousHash })
            #expect(Set(entries.map(\.hash)).count == 41)
            #expect(entries.allSatisfy { $0.hash.count == 32 })
            #expect(entries.last?.actor == "ann@example.org")
            #expect(entries.last?.user == bench.ann)
        },
        StoragePromise("entries of the audit log are found by subject, action and project") {
            bench in
            let audit = bench.storage.audit
            let project = try await bench.project()
            for (action, subject, place) in [
                ("a.made", "plugin:org.x/1.0.0", nil), ("a.made", "plugin:org.x/1.0.1", project),
                ("a.gone", "plugin:org.xy/1.0.0", nil), ("a.made", "project:1", project),
            ] as [(String, String, ProjectID?)] {
                try await audit.append(
                    AuditEvent(
                        action,
                        on: subject,
                        by: .daemon,
                        in: place,
                        detail: #"{"n":[1,"é"]}"#
                    )
                )
            }
            func subjects(_ query: AuditQuery) async throws -> [String] {
                try await audit.entries(query).map(\.subject)
            }
            #expect(
                try await subjects(AuditQuery(subject: "plugin:org.x/"))
                    == ["plugin:org.x/1.0.1", "plugin:org.x/1.0.0"]
            )
            #expect(
                try await subjects(AuditQuery(subject: "plugin:org.x/1.0.0"))
                    == ["plugin:org.x/1.0.0"]
            )
            #expect(try await subjects(AuditQuery(action: "a.gone")) == ["plugin:org.xy/1.0.0"])
            #expect(
                try await subjects(AuditQuery(project: project))
                    == ["project:1", "plugin:org.x/1.0.1"]
            )
            let newest = try await audit.entries(AuditQuery(limit: 1))
            #expect(newest.map(\.subject) == ["project:1"])
            #expect(newest.first?.detail.text == #"{"n":[1,"é"]}"#)
            #expect(newest.first?.actor == "daemon" && newest.first?.user == nil)
            #expect(
                try await audit.entries(AuditQuery(before: newest.first?.sequence, limit: 1))
                    .map(\.subject) == ["plugin:org.xy/1.0.0"]
            )
        },
        StoragePromise("each switch of a plugin is in the audit log") { bench in
            let plugins = bench.storage.plugins
            let one = PluginVersion(id: "org.example.a", version: "1.0.0")
            let enabled = PluginEnablement(plugin: one)
            var settings = ProjectSettings()
            settings.title = "Born with a plugin"
            let project = try await bench.storage.projects.insert(
                settings,
                by: bench.ann,
                enabling: [enabled]
            ).id
            try await plugins.decide(
                PluginDecision(
                    plugin: one,
                    verdict: .allowed,
                    reason: nil,
                    by: bench.ann,
                    at: bench.clock.now(),
                    grant: PluginGrant(isolation: .inProcess, memoryByteLimit: 7)
                )
            )
            try await plugins.set(
                PluginEnablement(plugin: one, settings: #"{"secret":"x"}"#),
                in: project,
                by: bench.bob
            )
            try await plugins.set(
                PluginEnablement(plugin: one, isEnabled: false),
                in: project,
                by: bench.bob
            )
            try await plugins.set(
                PluginEnablement(plugin: one, isEnabled: false),
                in: project,
                by: bench.bob
            )
            _ = try await bench.storage.projects.update(
                project,
                enabling: [enabled],
                by: bench.cid
            ) { $0.title = "Renamed" }
            try await plugins.decide(
                PluginDecision(
                    plugin: one,
                    verdict: .quarantined,
                    reason: "3 crashes",
                    by: nil,
                    at: bench.clock.now()
                )
            )
            let entries = try await bench.storage.audit.entries(after: 0, limit: 100)
            #expect(
                entries.map { "\($0.actor) \($0.action) \($0.subject)" } == [
                    "ann@example.org project.plugins_enabled project:\(project)",
                    "ann@example.org plugin.allowed plugin:org.example.a/1.0.0",
                    "bob@example.org plugin.settings_changed plugin:org.example.a/1.0.0",
                    "bob@example.org plugin.disabled plugin:org.example.a/1.0.0",
                    "cid@example.org plugin.enabled plugin:org.example.a/1.0.0",
                    "daemon plugin.quarantined plugin:org.example.a/1.0.0",
                ]
            )
            #expect(entries.allSatisfy { !$0.detail.text.contains("secret") })
            #expect(entries[1].detail.text.contains("in-process"))
            #expect(entries[4].project == project)
            let decisions = try await plugins.decisions()
            #expect(decisions.first?.verdict == .quarantined)
            #expect(decisions.first?.grant == nil)
        },
    ]

    static let pluginUpgradePromises: [StoragePromise] = [
        StoragePromise("projects are moved to another version of a plugin and back") { bench in
            let plugins = bench.storage.plugins
            let old = PluginVersion(id: "org.example.a", version: "1.0.0")
            let new = PluginVersion(id: "org.example.a", version: "2.0.0")
            let (first, second, off) = (
                try await bench.project(), try await bench.project(), try await bench.project()
            )
            for project in [first, second] {
                try await plugins.set(
                    PluginEnablement(plugin: old, settings: #"{"a":{"n":1}}"#),
                    in: project,
                    by: bench.ann
                )
            }
            try await plugins.set(
                PluginEnablement(plugin: old, isEnabled: false),
                in: off,
                by: bench.ann
            )
            #expect(try await plugins.enablements(of: old.id).keys.sorted() == [first, second])
            let settings = Dictionary(
                uniqueKeysWithValues: [first, second, off].map {
                    ($0, #"{"a":{"n":2}}"# as RawJSON)
                }
            )
            let moved = try await plugins.move(to: new, settings: settings, by: bench.bob)
            #expect(moved == [first, second])
            #expect(
                try await plugins.enablements(in: first)
                    == [PluginEnablement(plugin: new, settings: #"{"a":{"n":2}}"#)]
            )
            #expect(try await plugins.move(to: new, settings: settings, by: bench.bob) == [])
            // Somebody has chosen anew in the second project, which stays as it is.
            try await plugins.set(
                PluginEnablement(plugin: new, settings: #"{"a":{"n":3}}"#),
                in: second,
                by: bench.ann
            )
            #expect(try await plugins.moveBack(from: new, by: bench.bob) == [first: "1.0.0"])
            #expect(
                try await plugins.enablements(in: first)
                    == [PluginEnablement(plugin: old, settings: #"{"a":{"n":1}}"#)]
            )
            #expect(try await plugins.enablements(in: second).first?.plugin == new)
            #expect(try await plugins.moveBack(from: new, by: bench.bob) == [:])
            let log = try await bench.storage.audit.entries(AuditQuery(action: "plugin.upgraded"))
            #expect(log.map(\.project) == [second, first])
            let back = try await bench.storage.audit.entries(
                AuditQuery(action: "plugin.rolled_back")
            )
            #expect(back.map(\.subject) == ["plugin:org.example.a/1.0.0"])
        },
        StoragePromise("the last report of a plugin version is kept") { bench in
            let plugins = bench.storage.plugins
            let one = PluginVersion(id: "org.example.a", version: "1.0.0")
            for text in [#"{"passed":false}"#, #"{"passed":true}"#] as [RawJSON] {
                try await plugins.keep(
                    KeptPluginReport(plugin: one, report: text, at: bench.clock.now())
                )
            }
            let reports = try await plugins.reports()
            #expect(reports.map(\.plugin) == [one])
            #expect(reports.first?.report.text == #"{"passed":true}"#)
        },
    ]
}
