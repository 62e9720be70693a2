package import Contracts
package import LabelingConfig

/// Says whether a format has any use for a labeling config.
package struct ConfigFit {
    /// Tags of the config in lower case, with the built-in ones that plugins' tags stand in for.
    private let tags: Set<String>
    /// The fields of the data that controls work on.
    private let dataFields: Set<String>
    private let hasValueList: Bool

    package init(_ config: LabelingConfig) {
        let controls = config.controls.flatMap { control in
            [control.type, control.entry?.definition.standIn].compactMap { $0?.lowercased() }
        }
        // A text behind an address is not in the task, so no exporter can read it.
        let objects = config.objects.filter { $0.tag["valueType"] != "url" || $0.type != "Text" }
        tags = Set(controls + objects.map { $0.type.lowercased() })
        let inputs = config.controls.flatMap(\.toNames).compactMap { config.object(named: $0) }
        dataFields = Set(inputs.compactMap(\.value))
        hasValueList = inputs.contains(where: \.showsList)
    }

    /// Why a format that needs this has no use for the config, or nil.
    package func misfit(_ needs: ConfigNeeds) -> PluginReason? {
        if !needs.anyOf.isEmpty, !needs.anyOf.contains(where: hasAll) {
            let list = needs.anyOf.map(Self.joined).joined(separator: ", or ")
            return PluginReason(
                "config_without_needed_tags",
                "The format needs \(list) in the labeling config."
            )
        }
        if let unwanted = needs.noneOf.first(where: hasAll) {
            return PluginReason(
                "config_with_unfit_tags",
                "The format has no use for a labeling config with \(Self.joined(unwanted))."
            )
        }
        for (tag, companions) in needs.with.sorted(by: { $0.key < $1.key })
        where hasAll([tag]) && !companions.contains(where: { hasAll([$0]) }) {
            let list = companions.map { "<\($0)>" }.joined(separator: " or ")
            return PluginReason(
                "config_without_needed_tags",
                "With <\(tag)> the format needs \(list) too."
            )
        }
        if needs.oneDataField, dataFields.count > 1 {
            return PluginReason(
                "config_with_several_fields",
                "The format holds answers about one field of the data; the labeling config "
                    + "asks about \(dataFields.sorted().joined(separator: ", "))."
            )
        }
        if !needs.valueList, hasValueList {
            return PluginReason(
                "config_with_value_list",
                "The format has one image a task; the labeling config shows a list of them."
            )
        }
        return nil
    }

    private func hasAll(_ wanted: [String]) -> Bool {
        wanted.allSatisfy { tags.contains($0.lowercased()) }
    }

    private static func joined(_ tags: [String]) -> String {
        tags.map { "<\($0)>" }.joined(separator: " and ")
    }
}
