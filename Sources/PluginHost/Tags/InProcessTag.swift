import Contracts
import LabelModel

/// A tag of a plugin in this process, with the thread its functions run on.
struct InProcessTag: OpenTag {
    let calls: PluginCalls
    let functions: TagFunctions

    func configFindings(_ questions: [TagQuestion]) async throws(PluginError) -> [[TagFinding]] {
        try await ask("tag.validate_config", questions) {
            (functions, question, clock) throws(PluginError) in
            try functions.configFindings(question, clock)
        }
    }

    func resultFindings(_ questions: [TagQuestion]) async throws(PluginError) -> [[TagFinding]] {
        try await ask("tag.validate_result", questions) {
            (functions, question, clock) throws(PluginError) in
            try functions.resultFindings(question, clock)
        }
    }

    func normalized(_ questions: [TagQuestion]) async throws(PluginError) -> [RawJSON?] {
        try await ask("tag.normalize", questions) {
            (functions, question, clock) throws(PluginError) in
            try functions.normalized(question, clock)
        }
    }

    func measures(_ questions: [TagQuestion]) async throws(PluginError) -> [[String: Double]] {
        try await ask("tag.measures", questions) {
            (functions, question, clock) throws(PluginError) in
            try functions.measures(question, clock)
        }
    }

    private func ask<Answer: Sendable>(
        _ function: String,
        _ questions: [TagQuestion],
        _ body:
            @escaping @Sendable (TagFunctions, TagQuestion, CallClock) throws(PluginError)
            -> Answer
    ) async throws(PluginError) -> [Answer] {
        try calls.checkUsable()
        let functions = functions
        return try await calls.call(function) { (clock) throws(PluginError) in
            var answers: [Answer] = []
            for question in questions { answers.append(try body(functions, question, clock)) }
            return answers
        }
    }
}
