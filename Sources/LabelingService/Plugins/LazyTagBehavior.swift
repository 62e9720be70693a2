import Contracts
import LabelingConfig

/// The dynamic part of a plugin's tag, opened when it is first asked.
///
/// Reading a config must not load a library: only a config that is saved and a result that is
/// checked are reasons to run a plugin's code. The catalog keeps what it has opened.
struct LazyTagBehavior: TagBehavior {
    let plugin: PluginVersion
    let tag: String
    let catalog: any PluginCatalog

    func problems(
        with tag: ConfigTag, in config: LabelingConfig
    ) async throws(TagBehaviorFailure) -> [ConfigProblem] {
        try await open().problems(with: tag, in: config)
    }

    func problems(with results: TagResults) async throws(TagBehaviorFailure) -> [ResultProblem] {
        try await open().problems(with: results)
    }

    func measures(
        of results: TagResults
    ) async throws(TagBehaviorFailure) -> [[String: Double]] {
        try await open().measures(of: results)
    }

    private func open() async throws(TagBehaviorFailure) -> any TagBehavior {
        do {
            return try await catalog.tagBehavior(plugin, tag: tag)
        } catch {
            throw TagBehaviorFailure(
                code: error.code.rawValue, message: error.message, hint: error.hint)
        }
    }
}
