public import LabelModel

/// What a check of an answer's results found.
public struct ResultReport: Sendable {
    /// In the order of the array, those of plugins last; the first hundred.
    public private(set) var problems: [ResultProblem]
    /// The number of results that are no relations.
    public let regionCount: Int
    /// What only plugins can tell and was not asked for yet.
    public private(set) var unasked: [TagResults]
    public let mode: ResultChecker.Mode
    /// The whole `result` array as it is to be stored, when plugins' tags completed some of it.
    ///
    /// What they did not touch is there byte for byte. `nil` means to store what came.
    public internal(set) var normalizedResult: RawJSON?

    init(
        _ findings: ResultFindings,
        mode: ResultChecker.Mode,
        regionCount: Int,
        unasked: [TagResults]
    ) {
        problems = findings.problems
        self.mode = mode
        self.regionCount = regionCount
        self.unasked = unasked
    }

    /// Whether the answer may be stored as what it wants to be.
    public var isAcceptable: Bool {
        switch mode {
        case .submission: problems.isEmpty
        case .draft, .prediction: !problems.contains { $0.code == .form }
        }
    }

    mutating func add(_ problem: ResultProblem) {
        if problems.count < ResultFindings.limit { problems.append(problem) }
    }

    mutating func takeUnasked() -> [TagResults] {
        defer { unasked = [] }
        return unasked
    }
}
