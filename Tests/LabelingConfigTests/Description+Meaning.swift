import LabelModel
import LabelingConfig

extension Description {
    /// Controls, objects, labels, fields, what speaks against saving, and Label Studio's view.
    static func meaning(_ config: LabelingConfig) async -> String {
        var lines = config.controls.map(describe)
        lines += config.objects.map { object in
            "object \(object.name) \(object.type) \(quoted(object.value ?? ""))"
                + (object.showsList ? " list" : "") + (object.entry == nil ? " unavailable" : "")
        }
        if !config.relationLabels.isEmpty {
            lines.append("relations \(config.relationLabels.map(\.value))")
        }
        lines += config.dataFields.map { field in
            "field \(field.path.text) by \(field.tag) \(field.types.sorted().map(\.rawValue))"
        }
        lines += await config.savingProblems().map { describe($0).trimmingLastNewline }
        lines.append("first data key \(config.firstDataKey ?? "none")")
        lines.append("parsed \(config.parsedLabelConfig)")
        lines.append("weights \(config.controlWeights)")
        return lines.joined(separator: "\n")
    }

    private static func describe(_ control: ControlTag) -> String {
        var line = "control \(control.name) \(control.type) on \(control.toNames)"
        if !control.labels.isEmpty { line += " labels \(control.labels.map(\.value))" }
        if control.hasDynamicLabels { line += " and dynamic ones" }
        if let condition = control.condition { line += " when \(condition)" }
        if control.pattern != nil { line += " repeated" }
        if control.entry == nil { line += " unavailable" }
        return line
    }
}

extension String {
    fileprivate var trimmingLastNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
