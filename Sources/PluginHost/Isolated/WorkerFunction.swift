import CPluginWire

/// A function of a capability as the wire numbers it.
struct WorkerFunction: Hashable, Sendable, CustomStringConvertible {
    let capability: UInt32
    let function: UInt32
    let description: String

    private init(_ capability: Int, _ function: Int, _ description: String) {
        self.capability = UInt32(capability)
        self.function = UInt32(function)
        self.description = description
    }

    static let openExporter = exporter(POSTIL_WIRE_OPEN, "open")
    static let consume = exporter(POSTIL_WIRE_CONSUME, "consume")
    static let finish = exporter(POSTIL_WIRE_FINISH, "finish")
    static let abort = exporter(POSTIL_WIRE_ABORT, "abort")
    static let openSource = source(POSTIL_WIRE_OPEN, "open")
    static let next = source(POSTIL_WIRE_NEXT, "next")
    static let openTag = tag(POSTIL_WIRE_OPEN, "open")
    static let validateConfig = tag(POSTIL_WIRE_VALIDATE_CONFIG, "validate_config")
    static let validateResult = tag(POSTIL_WIRE_VALIDATE_RESULT, "validate_result")
    static let normalize = tag(POSTIL_WIRE_NORMALIZE, "normalize")
    static let measures = tag(POSTIL_WIRE_MEASURES, "measures")
    static let openMetric = metric(POSTIL_WIRE_OPEN, "open")
    static let score = metric(POSTIL_WIRE_SCORE, "score")
    static let bind = bound(POSTIL_WIRE_OPEN, "load")
    static let callBound = bound(POSTIL_WIRE_SCORE, "call")
    /// The library's constructors and its entry.
    static let load = WorkerFunction(0, Int(POSTIL_WIRE_LOAD), "load")

    private static let all = [
        openExporter, consume, finish, abort, exporter(POSTIL_WIRE_CLOSE, "close"),
        openSource, next, source(POSTIL_WIRE_CLOSE, "close"),
        openTag, validateConfig, validateResult, normalize, measures,
        openMetric, score, metric(POSTIL_WIRE_CLOSE, "close"), bind, callBound, load,
    ]

    init?(capability: UInt32, function: UInt32) {
        let found = Self.all.first { $0.capability == capability && $0.function == function }
        guard let found else { return nil }
        self = found
    }

    private static func exporter(_ function: Int, _ name: String) -> WorkerFunction {
        WorkerFunction(Int(POSTIL_WIRE_EXPORTER), function, "exporter.\(name)")
    }

    private static func source(_ function: Int, _ name: String) -> WorkerFunction {
        WorkerFunction(Int(POSTIL_WIRE_IMPORT_SOURCE), function, "import_source.\(name)")
    }

    private static func tag(_ function: Int, _ name: String) -> WorkerFunction {
        WorkerFunction(Int(POSTIL_WIRE_TAG), function, "tag.\(name)")
    }

    private static func metric(_ function: Int, _ name: String) -> WorkerFunction {
        WorkerFunction(Int(POSTIL_WIRE_METRIC), function, "metric.\(name)")
    }

    private static func bound(_ function: Int, _ name: String) -> WorkerFunction {
        WorkerFunction(Int(POSTIL_WIRE_BOUND), function, "binding.\(name)")
    }
}
