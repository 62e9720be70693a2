internal import CPostilPlugin

/// Judges answers to tasks.
///
/// A metric is a pure function of its settings and of what it is asked about: the same question
/// gives the same score, bit for bit, in any order and on any instance.
public protocol Metric: SendableMetatype {
    /// What the manifest says under `metrics`; the host compares.
    static var declaration: MetricDeclaration { get }

    /// Makes an instance: makes keys, reads settings.
    init(_ opening: MetricOpening) throws(Failure)

    /// Answers one question.
    ///
    /// What is malformed is left out, not refused.
    ///
    /// - Returns: A number in the range; `nil` when there is nothing to say.
    /// - Throws: ``Failure`` for what has nothing to do with the answers.
    func score(_ question: MetricQuestion) throws(Failure) -> Double?
}

/// What holds for every score of a metric.
public struct MetricDeclaration: Sendable {
    let subject: UInt32
    let flags: UInt32
    let range: ClosedRange<Double>

    /// Agreement of two answers to one task.
    ///
    /// - Parameters:
    ///   - range: Smallest and largest score; may be infinite.
    ///   - isSymmetric: Whether exchanging the answers gives the same score.
    ///   - isDistance: Whether the smaller score is the better one.
    /// - Returns: The declaration.
    public static func pair(
        _ range: ClosedRange<Double>,
        isSymmetric: Bool,
        isDistance: Bool = false
    ) -> MetricDeclaration {
        let symmetric = isSymmetric ? UInt32(POSTIL_METRIC_SYMMETRIC) : 0
        let distance = isDistance ? UInt32(POSTIL_METRIC_LOWER_IS_BETTER) : 0
        return MetricDeclaration(
            subject: UInt32(POSTIL_METRIC_PAIR),
            flags: symmetric | distance,
            range: range
        )
    }

    /// Quality of one answer.
    ///
    /// - Parameters:
    ///   - range: Smallest and largest score; may be infinite.
    ///   - isDistance: Whether the smaller score is the better one.
    /// - Returns: The declaration.
    public static func answer(
        _ range: ClosedRange<Double>,
        isDistance: Bool = false
    ) -> MetricDeclaration {
        MetricDeclaration(
            subject: UInt32(POSTIL_METRIC_ANSWER),
            flags: isDistance ? UInt32(POSTIL_METRIC_LOWER_IS_BETTER) : 0,
            range: range
        )
    }
}

/// What a metric is opened with.
public struct MetricOpening {
    /// `project`, `label_config`, `parsed_label_config` and `settings`.
    public let context: Value
    /// For names of members of tasks and answers.
    public let keys: Keys
}

/// One question to a metric.
@safe public struct MetricQuestion {
    private static let longestLabel = 256

    private let raw: postil_metric_call_t

    init(_ raw: postil_metric_call_t) { unsafe self.raw = unsafe raw }

    /// The task: `id`, `data`.
    public var task: Value { unsafe Value(raw.task) }
    /// An answer: `id`, `kind`, `result`.
    public var first: Value { unsafe Value(raw.first) }
    /// The other one; missing for a metric of single answers.
    public var second: Value { unsafe Value(raw.second) }

    /// Reports what the score is made of, if the host asks for it.
    ///
    /// Labels that are empty or have more than 256 bytes are left out.
    public func report(_ label: String, score: Double, weight: Double = 1) {
        guard (1...Self.longestLabel).contains(label.utf8.count) else { return }
        var call = unsafe raw
        unsafe withBytes(of: label) { unsafe postil_metric_part(&call, $0, score, weight) }
    }
}

/// The C functions that ask any metric of the plugin.
enum MetricBridge {
    private typealias Box = Instance<any Metric>

    /// The table of one metric; made once for each, in `Plugin.init`.
    @unsafe static func make(_ declaration: MetricDeclaration) -> UnsafeRawPointer {
        var table = postil_metric_t()
        table.size = UInt32(MemoryLayout<postil_metric_t>.size)
        table.subject = declaration.subject
        table.flags = declaration.flags
        table.minimum = declaration.range.lowerBound
        table.maximum = declaration.range.upperBound
        unsafe table.open = { arguments, instance, error in
            unsafe answering(error) { () throws(Failure) in
                guard let arguments = unsafe arguments?.pointee,
                    case .metric(let type, _) = unsafe Registry.content(arguments.name.string)
                else { throw Failure(.unsupported, code: "no_such_metric", "There is none.") }
                let opening = unsafe MetricOpening(
                    context: Batch(arguments.context_borrowed).root,
                    keys: Keys(arguments.keys)
                )
                let box = Box(try type.init(opening))
                unsafe instance?.pointee = Unmanaged.passRetained(box).toOpaque()
                return 0
            }
        }
        unsafe table.score = { instance, call, score, error in
            unsafe answering(error) { () throws(Failure) in
                guard let call = unsafe call?.pointee else { return 0 }
                let answer = try unsafe Box.of(instance).content.score(MetricQuestion(call))
                unsafe score?.pointee = answer ?? .nan
                return 0
            }
        }
        unsafe table.close = { instance in unsafe Box.release(instance) }
        return unsafe permanent(table)
    }
}
