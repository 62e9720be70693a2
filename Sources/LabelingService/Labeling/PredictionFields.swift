import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// A prediction as clients and files write it, brought into the form that is stored.
struct PredictionFields {
    private let fields: BodyFields
    private let setup: ProjectSetup

    init(_ fields: BodyFields, _ setup: ProjectSetup) {
        self.fields = fields
        self.setup = setup
    }

    /// The prediction, with a sentence when it does not fit the labeling config.
    ///
    /// A prediction that does not fit is stored all the same: models and configs change on their
    /// own, and whoever looks at it sees why it is not offered.
    ///
    /// - Throws: ``ServiceError`` when it cannot be stored at all: no result, or a score that is
    ///   no number.
    func prediction(taskData: RawJSON?) async throws(ServiceError) -> NewPrediction {
        guard let written = fields.value("result") else { throw fields.missing("result") }
        let result = try resultList(written)
        let report = await setup.resultChecker.checkFully(
            result: result,
            taskData: taskData,
            mode: .prediction
        )
        guard report.isAcceptable else {
            throw ServiceError(report.problems, at: "\(fields.pointer)/result")
        }
        return NewPrediction(
            result: RawJSON(checked: result.rawBytes),
            modelVersion: try fields.string("model_version") ?? "undefined",
            score: try fields.number("score"),
            misfit: report.problems.first?.sentence
        )
    }

    /// The list of results that a model's short form means: a list is taken as it is, an object is
    /// the value of the first control whose type it names, a text or number is the answer to the
    /// first control that takes one.
    private func resultList(_ written: JSONText) throws(ServiceError) -> JSONText {
        switch written.kind {
        case .array: return written
        case .object:
            let keys = Set(written.members.map(\.name))
            guard
                let control = setup.config.controls.first(where: {
                    keys.contains($0.type.lowercased())
                })
            else {
                throw noControl("No control of the labeling config has the type of this value.")
            }
            return try wrap(written.rawBytes, for: control)
        case .string, .number:
            let takers: Set<String> = ["choices", "rating", "number", "textarea"]
            guard
                let control = setup.config.controls.first(where: {
                    takers.contains($0.type.lowercased())
                })
            else {
                throw noControl("No control of the labeling config takes a single text or number.")
            }
            return try wrap(Self.value(written, for: control), for: control)
        case .null, .bool: throw noControl("A result is a list, an object, a text or a number.")
        }
    }

    /// `{"choices":["cat"]}`; ratings and numbers stand alone, as their controls write them.
    static func value(_ written: JSONText, for control: ControlTag) -> [UInt8] {
        let type = control.type.lowercased()
        let isSingle = type == "rating" || type == "number"
        var writer = JSONWriter()
        writer.object { writer in
            writer.key(type == "textarea" ? "text" : type)
            if isSingle || written.kind == .array {
                writer.raw(written.rawBytes)
            } else {
                writer.array { $0.raw(written.rawBytes) }
            }
        }
        return writer.bytes
    }

    private func wrap(
        _ value: [UInt8],
        for control: ControlTag
    ) throws(ServiceError) -> JSONText {
        var writer = JSONWriter()
        writer.array { writer in
            writer.object { writer in
                writer.member("from_name", control.name)
                writer.member("to_name", control.toNames.first)
                writer.member("type", control.type.lowercased())
                writer.key("value")
                writer.raw(value)
            }
        }
        return try JSONText.parse(writer.bytes)
    }

    private func noControl(_ message: String) -> ServiceError {
        ServiceError(
            .invalid,
            "prediction_form",
            message,
            hint: "Send a list of results with from_name, to_name, type and value.",
            at: .pointer("\(fields.pointer)/result"),
            field: "result"
        )
    }
}

extension ResultProblem {
    /// The problem with its place, as predictions keep it.
    var sentence: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}
