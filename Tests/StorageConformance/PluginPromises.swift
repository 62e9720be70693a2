import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let pluginPromises: [StoragePromise] = [
        StoragePromise("the last decision about a plugin version is in force") { bench in
            let plugins = bench.storage.plugins
            let one = PluginVersion(id: "org.example.a", version: "1.0.0")
            let two = PluginVersion(id: "org.example.a", version: "2.0.0")
            let now = bench.clock.now()
            for verdict in [PluginDecision.Verdict.allowed, .quarantined] {
                try await plugins.decide(
                    PluginDecision(
                        plugin: one,
                        verdict: verdict,
                        reason: "\(verdict)",
                        by: nil,
                        at: now
                    )
                )
            }
            let allowed = PluginDecision(
                plugin: two,
                verdict: .allowed,
                reason: nil,
                by: bench.ann,
                at: now
            )
            try await plugins.decide(allowed)
            let decisions = try await plugins.decisions()
            #expect(decisions.map(\.plugin) == [one, two])
            #expect(decisions[0].verdict == .quarantined && decisions[0].reason == "quarantined")
            #expect(decisions[1] == allowed)
        },
        StoragePromise("a project has one version of a plugin switched on or off") { bench in
            let plugins = bench.storage.plugins
            let project = try await bench.project()
            let other = try await bench.project()
            let off = PluginEnablement(
                plugin: PluginVersion(id: "org.example.b", version: "1.0.0"),
                isEnabled: false
            )
            let new = PluginEnablement(
                plugin: PluginVersion(id: "org.example.b", version: "2.0.0"),
                settings: #"{"csv":{"header":true}}"#
            )
            let first = PluginEnablement(
                plugin: PluginVersion(id: "org.example.a", version: "1.0.0")
            )
            for enablement in [off, new, first] {
                try await plugins.set(enablement, in: project, by: bench.ann)
            }
            try await plugins.set(off, in: other, by: bench.ann)
            #expect(try await plugins.enablements(in: project) == [first, new])
            #expect(try await plugins.enablements(in: other) == [off])
            let uses = try await plugins.uses()
            #expect(uses.map(\.plugin) == [first.plugin, new.plugin])
            #expect(uses.allSatisfy { $0.project == project && $0.projectTitle == "A project" })
            #expect(uses.allSatisfy { $0.user == "ann@example.org" })
            await expect(.notFound) {
                try await plugins.set(first, in: ProjectID(999), by: bench.ann)
            }
        },
        StoragePromise("plugins are enabled together with the change that needs them") { bench in
            let project = try await bench.project()
            let plugin = PluginEnablement(
                plugin: PluginVersion(id: "org.example.a", version: "1.0.0")
            )
            _ = try await bench.storage.projects.update(project, enabling: [plugin], by: bench.ann)
            {
                $0.labelConfig = "<View><New/></View>"
            }
            #expect(try await bench.storage.plugins.enablements(in: project) == [plugin])
        },
    ]
}
