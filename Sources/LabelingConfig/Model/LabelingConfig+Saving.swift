extension LabelingConfig {
    /// Looks for what speaks against saving this config, asking plugins for their tags too.
    ///
    /// Plugins are asked only when nothing else speaks against it, so it may take as long as their
    /// time limits. A plugin that cannot be asked is a problem with code `tag_unavailable`.
    ///
    /// - Returns: The problems in the order of the text, at most a hundred; empty for none.
    public func savingProblems() async -> [ConfigProblem] {
        var problems = structuralProblems
        guard problems.isEmpty else { return problems }
        for tag in tree.tags where problems.count < StructureCheck.limit {
            guard let entry = registry[tag.name], entry.immediateBehavior == nil,
                let behavior = entry.behavior
            else { continue }
            do throws(TagBehaviorFailure) {
                problems += try await behavior.problems(with: tag, in: self)
            } catch {
                problems.append(
                    ConfigProblem(
                        .tagUnavailable,
                        "The tag <\(tag.name)> could not be checked: \(error.message)",
                        at: tag.place,
                        hint: error.hint,
                        tag: tag.name
                    )
                )
            }
        }
        return problems
    }

    /// What speaks against saving, as far as it can be told without asking plugins: in the order of
    /// the text, at most a hundred.
    public var structuralProblems: [ConfigProblem] {
        var check = StructureCheck(self)
        return check.run()
    }
}
