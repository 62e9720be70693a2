public import Contracts
import LabelModel

extension Plugins {
    /// Takes a plugin in that was just built from sources on this machine: what was held against
    /// an earlier build is forgotten, and it is allowed.
    public func accept(developed plugin: PluginVersion) async throws(ServiceError) {
        await environment.catalog.forgive(plugin)
        let landscape = try await PluginLandscape.load(environment)
        if let installed = landscape.find(plugin), installed.manifest != nil,
            landscape.state(of: installed).state != .allowed
        {
            try await stored(
                await environment.storage.plugins.decide(
                    PluginDecision(
                        plugin: plugin,
                        verdict: .allowed,
                        reason: "It is developed on this machine.",
                        by: nil,
                        at: environment.clock.now()
                    )
                )
            )
        }
        setups.removeAll()
        try await watch.look()
    }
}
