import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// The behavior of a tag, by calls into its plugin.
///
/// 1. Made without loading anything: a registry of tags runs no plugin code.
/// 2. The first question opens the plugin, once, whoever asks first.
/// 3. When it cannot be opened, the question fails, and the next one tries again.
actor PluginTagBehavior: TagBehavior {
    private let plugin: PluginVersion
    private let tag: String
    private let open: @Sendable () async throws(PluginError) -> any OpenTag
    private var opening: Task<Result<any OpenTag, PluginError>, Never>?

    init(
        plugin: PluginVersion,
        tag: String,
        open: @escaping @Sendable () async throws(PluginError) -> any OpenTag
    ) {
        self.plugin = plugin
        self.tag = tag
        self.open = open
    }

    func problems(
        with tag: ConfigTag,
        in config: LabelingConfig
    ) async throws(TagBehaviorFailure) -> [ConfigProblem] {
        let question = TagQuestion(element: TagElement.json(tag, in: config))
        let findings = try await ask { (tag) throws(PluginError) in
            try await tag.configFindings([question])
        }
        return findings.joined().map { finding in
            ConfigProblem(
                .refusedByTag,
                finding.message,
                at: place(finding.pointer, in: tag),
                hint: finding.hint,
                tag: tag.name
            )
        }
    }

    func problems(with results: TagResults) async throws(TagBehaviorFailure) -> [ResultProblem] {
        let questions = questions(results)
        let findings = try await ask { (tag) throws(PluginError) in
            try await tag.resultFindings(questions)
        }
        return zip(results.entries, findings).flatMap { entry, findings in
            findings.map { finding in
                ResultProblem(
                    .refusedByTag,
                    at: "/\(entry.index)\(finding.pointer)",
                    finding.message,
                    hint: finding.hint
                )
            }
        }
    }

    func normalized(_ results: TagResults) async throws(TagBehaviorFailure) -> [RawJSON?] {
        let questions = questions(results)
        return try await ask { (tag) throws(PluginError) in try await tag.normalized(questions) }
    }

    func measures(of results: TagResults) async throws(TagBehaviorFailure) -> [[String: Double]] {
        let questions = questions(results)
        return try await ask { (tag) throws(PluginError) in try await tag.measures(questions) }
    }

    /// Asks the plugin about one element of a config, given as the ABI wants it.
    ///
    /// - Returns: How many things it has to say.
    func findings(about element: [UInt8]) async throws(PluginError) -> Int {
        let found = try await opened().configFindings([TagQuestion(element: element)])
        return found.joined().count
    }

    private func questions(_ results: TagResults) -> [TagQuestion] {
        let element = TagElement.json(results.control.tag, in: results.config)
        let data = results.taskData?.bytes ?? RawJSON.emptyObject.bytes
        return results.entries.map { entry in
            TagQuestion(element: element, data: data, result: entry.json.bytes)
        }
    }

    /// Where in the config a pointer into the element leads: to the attribute when it names one
    /// that is written, else to the tag.
    private func place(_ pointer: String, in tag: ConfigTag) -> SourcePlace {
        let parts = pointer.split(separator: "/")
        guard parts.count >= 2, parts[0] == "attributes" else { return tag.place }
        return tag.attribute(String(parts[1]))?.place ?? tag.place
    }

    private func ask<Answer: Sendable>(
        _ body: (any OpenTag) async throws(PluginError) -> Answer
    ) async throws(TagBehaviorFailure) -> Answer {
        do {
            return try await body(try await opened())
        } catch {
            throw TagBehaviorFailure(
                code: error.code.rawValue,
                message: error.message,
                hint: error.hint
            )
        }
    }

    private func opened() async throws(PluginError) -> any OpenTag {
        let task =
            opening
            ?? Task { [open] in
                do throws(PluginError) {
                    return .success(try await open())
                } catch {
                    return .failure(error)
                }
            }
        opening = task
        do {
            return try await task.value.get()
        } catch {
            if opening == task { opening = nil }
            throw error
        }
    }
}
