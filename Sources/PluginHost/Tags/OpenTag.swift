import Contracts
import LabelModel

/// A tag's functions, wherever they run.
///
/// Each takes many questions at once: one way there and back.
protocol OpenTag: Sendable {
    func configFindings(_ questions: [TagQuestion]) async throws(PluginError) -> [[TagFinding]]
    func resultFindings(_ questions: [TagQuestion]) async throws(PluginError) -> [[TagFinding]]
    func normalized(_ questions: [TagQuestion]) async throws(PluginError) -> [RawJSON?]
    func measures(_ questions: [TagQuestion]) async throws(PluginError) -> [[String: Double]]
}
