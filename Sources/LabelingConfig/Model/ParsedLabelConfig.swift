public import LabelModel

/// What Label Studio calls `parsed_label_config`: the controls with their objects and labels, by
/// the rules of its server rather than ours.
///
/// The server minds the case of tags and attributes and looks at attributes only; a control here
/// may therefore lack labels that ``LabelingConfig/controls`` has. Clients depend on it as it is.
/// Source: label-studio-sdk 2.1.2, `parse_config`.
struct ParsedLabelConfig {
    private struct Output {
        let tag: ConfigTag
        let toNames: [String]
        let indexFlags: [String]
        var labels: [(value: String, tag: ConfigTag)] = []
    }

    private var names: [String] = []
    private var outputs: [String: Output] = [:]
    private var inputs: [String: ConfigTag] = [:]
    private var indexFlags: [String] = []

    init(_ tree: ConfigTree) {
        var found: [(ConfigTag, [ConfigTag])] = []
        tree.root.forEach { found.append(($0, $1)) }
        for (tag, ancestors) in found { read(tag, in: ancestors) }
    }

    private mutating func read(_ tag: ConfigTag, in ancestors: [ConfigTag]) {
        if let flag = tag.exact("indexFlag") { indexFlags.append(flag) }
        if let name = Self.filled(tag, "name") {
            if let toName = Self.filled(tag, "toName"), tag.name != "Filter" {
                if outputs[name] == nil { names.append(name) }
                let toNames = toName.split(separator: ",", omittingEmptySubsequences: false)
                outputs[name] = Output(
                    tag: tag,
                    toNames: toNames.map { String($0) },
                    indexFlags: indexFlags.filter { toName.contains($0) }
                )
            } else if Self.filled(tag, "value") ?? Self.filled(tag, "valueList") != nil {
                inputs[name] = tag
            }
        }
        guard ["Label", "Choice", "Relation"].contains(tag.name),
            let control = ancestors.reversed().lazy.compactMap({ $0.exact("name") })
                .first(where: { outputs[$0] != nil }),
            let value = Self.filled(tag, "alias") ?? Self.filled(tag, "value")
                ?? Self.filled(tag, "valueList")
        else { return }
        if let position = outputs[control]?.labels.firstIndex(where: { $0.value == value }) {
            outputs[control]?.labels[position].tag = tag
        } else {
            outputs[control]?.labels.append((value, tag))
        }
    }

    private static func filled(_ tag: ConfigTag, _ name: String) -> String? {
        tag.exact(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    // MARK: JSON

    /// `{control: {type, to_name, regex?, conditionals?, dynamic_labels?, inputs, labels,
    /// labels_attrs}}`.
    var json: RawJSON {
        var writer = JSONWriter()
        writer.object { writer in
            for name in names {
                guard let output = outputs[name] else { continue }
                writer.key(name)
                write(output, to: &writer)
            }
        }
        return RawJSON(checked: writer.bytes)
    }

    /// `{control: {overall: 1.0, type, labels: {label: 1.0}}}`: every control and label counts alike.
    var weights: RawJSON {
        var writer = JSONWriter()
        writer.object { writer in
            for name in names {
                guard let output = outputs[name] else { continue }
                writer.key(name)
                writer.object { writer in
                    writer.member("overall", 1.0)
                    writer.member("type", output.tag.name)
                    writer.key("labels" as StaticString)
                    writer.object { writer in
                        for label in output.labels {
                            writer.key(label.value)
                            writer.value(1.0)
                        }
                    }
                }
            }
        }
        return RawJSON(checked: writer.bytes)
    }

    private func write(_ output: Output, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", output.tag.name)
            writer.key("to_name" as StaticString)
            writer.array { writer in output.toNames.forEach { writer.value($0) } }
            if !output.indexFlags.isEmpty {
                writer.key("regex" as StaticString)
                writer.object { writer in
                    for flag in output.indexFlags {
                        writer.key(flag)
                        writer.value(".*")
                    }
                }
            }
            writeConditionals(of: output.tag, to: &writer)
            if Self.isVariable(output.tag.exact("value") ?? "")
                || Self.filled(output.tag, "apiUrl") != nil
            {
                writer.member("dynamic_labels", true)
            }
            writer.key("inputs" as StaticString)
            writer.array { writer in
                for name in output.toNames {
                    if let input = inputs[name] { Self.write(input: input, to: &writer) }
                }
            }
            writeLabels(output.labels, to: &writer)
        }
    }

    private func writeConditionals(of tag: ConfigTag, to writer: inout JSONWriter) {
        guard tag.exact("perRegion") == "true" else { return }
        let sources = [
            ("tag", "whenTagName"), ("label", "whenLabelValue"), ("choice", "whenChoiceValue"),
        ]
        let found = sources.lazy.compactMap { kind, attribute in
            Self.filled(tag, attribute).map { (kind, $0) }
        }
        guard let (kind, name) = found.first else { return }
        writer.key("conditionals" as StaticString)
        writer.object { writer in
            writer.member("type", kind)
            writer.member("name", name)
        }
    }

    private static func write(input: ConfigTag, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", input.name)
            writer.member("valueType", input.exact("valueType"))
            if let value = input.exact("value") {
                writer.member("value", String(value.drop { $0 == "$" }))
            } else if let list = input.exact("valueList") {
                writer.member("valueList", String(list.drop { $0 == "$" }))
            }
        }
    }

    private func writeLabels(
        _ labels: [(value: String, tag: ConfigTag)],
        to writer: inout JSONWriter
    ) {
        writer.key("labels" as StaticString)
        writer.array { writer in labels.forEach { writer.value($0.value) } }
        writer.key("labels_attrs" as StaticString)
        writer.object { writer in
            for label in labels {
                writer.key(label.value)
                writer.object { writer in
                    for attribute in label.tag.attributes {
                        writer.key(attribute.name)
                        writer.value(attribute.value)
                    }
                }
            }
        }
    }

    /// Whether the whole value is one plain field; dotted ones do not count there.
    private static func isVariable(_ value: String) -> Bool {
        value.count > 1 && value.first == "$"
            && value.utf8.dropFirst().allSatisfy {
                (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_")
            }
    }
}

extension LabelingConfig {
    /// Label Studio's `parsed_label_config` of this config.
    public var parsedLabelConfig: RawJSON { ParsedLabelConfig(tree).json }

    /// Label Studio's `control_weights` of this config, all 1.
    public var controlWeights: RawJSON { ParsedLabelConfig(tree).weights }
}
