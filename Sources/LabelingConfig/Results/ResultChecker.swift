public import LabelModel
public import ValueTree

/// Checks the `result` of an annotation, draft or prediction against a config.
///
/// 1. The form: an array of objects.
/// 2. Each result's `from_name` is a control, `to_name` an object it works on, `type` one it has.
/// 3. The value, by the behavior of the control's tag. Tags without behavior take any value.
///
/// Relations and results of controls whose plugin is gone are taken as they are. A value, made once
/// for each version of a config; it may be used from any thread.
public struct ResultChecker: Sendable {
    /// What becomes of an answer that has problems.
    public enum Mode: Sendable {
        /// Submitted or imported: any problem refuses it.
        case submission
        /// May be incomplete in every way: only a `result` that is no array of objects is refused.
        case draft
        /// Is stored in any case; its problems are for the record.
        case prediction
    }

    private let config: LabelingConfig

    public init(_ config: LabelingConfig) {
        self.config = config
    }

    /// Checks everything but what only plugins can tell, which stays in the report's `unasked`.
    ///
    /// - Parameters:
    ///   - result: The value of `result`, an array.
    ///   - taskData: The task's `data`, for checks against it; `nil` when it is not known.
    ///   - mode: Who wants to know.
    /// - Returns: Everything found, with pointers into `result`.
    public func check(result: JSONText, taskData: RawJSON?, mode: Mode) -> ResultReport {
        var findings = ResultFindings()
        guard result.kind == .array else {
            findings.add(.form, at: "", "“result” must be an array of results.")
            return ResultReport(findings, mode: mode, regionCount: 0, unasked: [])
        }
        let task = TaskContext(data: taskData)
        var unasked = UnaskedResults()
        var regionCount = 0
        for (index, json) in result.elements.enumerated() {
            guard json.kind == .object else {
                findings.add(.form, at: "/\(index)", "A result must be an object.")
                continue
            }
            if json["type"]?.string == "relation" {
                if mode != .draft { checkRelation(json, index, &findings) }
                continue
            }
            regionCount += 1
            guard mode != .draft else { continue }
            guard let checked = place(json, index, task, &findings) else { continue }
            guard let entry = checked.control.entry, entry.behavior != nil else { continue }
            if let behavior = entry.immediateBehavior {
                behavior.check(checked, &findings)
            } else {
                unasked.add(checked)
            }
        }
        return ResultReport(
            findings,
            mode: mode,
            regionCount: regionCount,
            unasked: unasked.results(config: config, taskData: taskData)
        )
    }

    // MARK: Names and types

    /// Finds the control and object of a result and checks that the three fit together.
    private func place(
        _ json: JSONText,
        _ index: Int,
        _ task: TaskContext,
        _ findings: inout ResultFindings
    ) -> CheckedResult? {
        guard let fromName = text("from_name", json, index, &findings),
            let toName = text("to_name", json, index, &findings),
            let type = text("type", json, index, &findings)
        else { return nil }
        guard let control = config.control(named: fromName) else {
            findings.add(
                .fromNameUnknown,
                at: "/\(index)/from_name",
                "The config has no control called “\(fromName)”.",
                hint: knownControls
            )
            return nil
        }
        guard control.accepts(toName: toName, in: config) else {
            findings.add(
                .toNameWrong,
                at: "/\(index)/to_name",
                "“\(fromName)” works on \(control.toNames.joined(separator: ", ")), not on "
                    + "“\(toName)”."
            )
            return nil
        }
        let behavior = control.entry?.behavior
        guard behavior == nil || control.accepts(type: type, in: config) else {
            let types = control.entry?.definition.resultTypes.map(\.type) ?? []
            findings.add(
                .typeWrong,
                at: "/\(index)/type",
                "“\(fromName)” has results of type \(types.joined(separator: ", ")), not "
                    + "“\(type)”."
            )
            return nil
        }
        if behavior != nil, json["value"]?.kind != .object {
            findings.add(
                json["value"] == nil ? .fieldMissing : .fieldType,
                at: "/\(index)/value",
                "The result needs a “value” that is an object."
            )
            return nil
        }
        return CheckedResult(
            index: index,
            json: json,
            control: control,
            object: config.object(named: toName),
            config: config,
            task: task
        )
    }

    private func text(
        _ name: String,
        _ json: JSONText,
        _ index: Int,
        _ findings: inout ResultFindings
    ) -> String? {
        guard let value = json[name] else {
            findings.add(.fieldMissing, at: "/\(index)", "The result has no “\(name)”.")
            return nil
        }
        guard let text = value.string else {
            findings.add(
                .fieldType,
                at: "/\(index)/\(name)",
                "“\(name)” must be a text, not \(ResultFindings.shown(value))."
            )
            return nil
        }
        return text
    }

    private static let relation = [
        ValueField("direction", .word(["left", "right", "bi"]), isOptional: true),
        ValueField("labels", .texts, isOptional: true),
    ]

    private func checkRelation(
        _ json: JSONText,
        _ index: Int,
        _ findings: inout ResultFindings
    ) {
        for name in ["from_id", "to_id"] { _ = text(name, json, index, &findings) }
        findings.fields(Self.relation, of: json, at: "/\(index)")
    }

    private var knownControls: String? {
        guard !config.controls.isEmpty else { return "The config has no controls." }
        let names = config.controls.prefix(8).map { "“\($0.name)”" }.joined(separator: ", ")
        return "Its controls are \(names)" + (config.controls.count > 8 ? " and more." : ".")
    }
}
