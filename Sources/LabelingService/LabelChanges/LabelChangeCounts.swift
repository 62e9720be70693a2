public import LabelModel
public import LabelingConfig
import ValueTree

/// What a change of labels does to the answers of a project.
public struct LabelChangeCounts: Hashable, Sendable {
    /// Answers of one kind.
    public struct Tally: Hashable, Sendable {
        /// Annotations, drafts or predictions.
        public var answers: Int64 = 0
        /// Entries of theirs, such as boxes.
        public var results: Int64 = 0
    }

    /// What one label comes to.
    public struct Use: Hashable, Sendable {
        public var annotations = Tally()
        public var drafts = Tally()
        public var predictions = Tally()
        /// Results by their type, over all three.
        public var types: [String: Int64] = [:]
    }

    public enum Answer: CaseIterable, Sendable {
        case annotation, draft, prediction
    }

    /// In the order of the request.
    public private(set) var uses: [(replacement: LabelReplacement, use: Use)]
    /// Answers and results with several of the labels count once here.
    public private(set) var total = Use()

    init(_ replacements: [LabelReplacement]) {
        uses = replacements.map { ($0, Use()) }
    }

    /// Counts one answer.
    mutating func add(_ found: ResultRelabeler.Relabeled, of kind: Answer) {
        for index in uses.indices {
            guard let types = found.uses[uses[index].replacement] else { continue }
            uses[index].use.add(types, of: kind)
        }
        total.add(found.types, of: kind)
    }

    public static func == (lhs: LabelChangeCounts, rhs: LabelChangeCounts) -> Bool {
        lhs.total == rhs.total && lhs.uses.map(\.replacement) == rhs.uses.map(\.replacement)
            && lhs.uses.map(\.use) == rhs.uses.map(\.use)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(total)
        hasher.combine(uses.map(\.use))
    }
}

extension LabelChangeCounts.Use {
    fileprivate mutating func add(_ types: [String: Int64], of kind: LabelChangeCounts.Answer) {
        let results = types.values.reduce(0, +)
        switch kind {
        case .annotation: annotations.add(results)
        case .draft: drafts.add(results)
        case .prediction: predictions.add(results)
        }
        self.types.merge(types, uniquingKeysWith: +)
    }
}

extension LabelChangeCounts.Tally {
    fileprivate mutating func add(_ results: Int64) {
        answers += 1
        self.results += results
    }
}

// MARK: JSON

extension LabelChangeCounts {
    /// Writes the counts as clients get them and as jobs keep them: `changes` and `total`.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.key("changes")
        writer.array { writer in
            for (replacement, use) in uses {
                writer.object { writer in
                    writer.member("control", replacement.control)
                    writer.member("old", replacement.old)
                    writer.member("new", replacement.new)
                    use.writeMembers(to: &writer)
                }
            }
        }
        writer.key("total")
        writer.object { total.writeMembers(to: &$0) }
    }

    /// Reads what ``writeMembers(to:)`` wrote.
    init(_ json: JSONText) {
        uses = []
        if let changes = json["changes"] {
            for entry in changes.elements {
                let replacement = LabelReplacement(
                    control: entry["control"]?.string ?? "",
                    old: entry["old"]?.string ?? "",
                    new: entry["new"]?.string ?? ""
                )
                uses.append((replacement, Use(entry)))
            }
        }
        if let total = json["total"] { self.total = Use(total) }
    }
}

extension LabelChangeCounts.Use {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        let tallies: [(StaticString, LabelChangeCounts.Tally)] = [
            ("annotations", annotations), ("drafts", drafts), ("predictions", predictions),
        ]
        for (name, tally) in tallies {
            writer.key(name)
            writer.object { writer in
                writer.member("answers", tally.answers)
                writer.member("results", tally.results)
            }
        }
        writer.key("types")
        writer.object { writer in
            for (type, count) in types.sorted(by: { $0.key < $1.key }) {
                writer.key(type)
                writer.value(count)
            }
        }
    }

    fileprivate init(_ json: JSONText) {
        annotations = LabelChangeCounts.Tally(json["annotations"])
        drafts = LabelChangeCounts.Tally(json["drafts"])
        predictions = LabelChangeCounts.Tally(json["predictions"])
        for member in json["types"]?.members.map({ $0 }) ?? [] {
            types[member.name] = member.value.int64
        }
    }
}

extension LabelChangeCounts.Tally {
    fileprivate init(_ json: JSONText?) {
        answers = json?["answers"]?.int64 ?? 0
        results = json?["results"]?.int64 ?? 0
    }
}
