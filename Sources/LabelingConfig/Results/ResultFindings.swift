public import ValueTree

/// What was found wrong so far, up to a number that a person can read.
public struct ResultFindings {
    /// No more problems are kept than this.
    public static let limit = 100

    /// In the order found.
    public private(set) var problems: [ResultProblem] = []
    public init() {}

    public var isFull: Bool { problems.count >= Self.limit }

    public mutating func add(
        _ code: ResultProblem.Code,
        at pointer: @autoclosure () -> String,
        _ message: @autoclosure () -> String,
        hint: String? = nil
    ) {
        guard !isFull else { return }
        problems.append(ResultProblem(code, at: pointer(), message(), hint: hint))
    }

    // MARK: Common questions

    /// The number at a path, which must be there and in the range.
    ///
    /// - Parameters:
    ///   - json: The number; `nil` when it is not there, which is a problem.
    ///   - name: What a message calls it.
    ///   - pointer: Where it stands.
    ///   - range: What it may be.
    /// - Returns: `nil` after adding a problem.
    @discardableResult
    public mutating func number(
        _ json: JSONText?,
        _ name: String,
        at pointer: @autoclosure () -> String,
        in range: ClosedRange<Double>
    ) -> Double? {
        guard let json else {
            add(.fieldMissing, at: pointer(), "The number “\(name)” is not there.")
            return nil
        }
        guard let number = json.double, number.isFinite else {
            add(
                .fieldType,
                at: pointer(),
                "“\(name)” must be a number, not \(Self.shown(json))."
            )
            return nil
        }
        guard range.contains(number) else {
            add(
                .outOfRange,
                at: pointer(),
                "“\(name)” is \(number); it must be between \(range.lowerBound) and "
                    + "\(range.upperBound)."
            )
            return nil
        }
        return number
    }

    /// A value short enough for a message.
    static func shown(_ json: JSONText) -> String {
        let text = json.rawText
        return text.count <= 40 ? text : text.prefix(39) + "…"
    }
}
