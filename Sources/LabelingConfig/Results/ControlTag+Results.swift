extension ControlTag {
    /// Whether results of this control may have the type.
    ///
    /// A control whose plugin is gone takes any type. A `Labels` control beside a shape also has
    /// results of the shape's labelled type, such as `videovectorlabels`.
    func accepts(type: String, in config: LabelingConfig) -> Bool {
        guard let definition = entry?.definition else { return true }
        if definition.resultTypes.contains(where: { $0.type == type }) { return true }
        let lowercased = type.lowercased()
        if definition.resultTypes.contains(where: { $0.type.lowercased() == lowercased }) {
            return true
        }
        if definition.name == "HyperTextLabels" { return lowercased == "htmllabels" }
        guard definition.name == "Labels", lowercased.hasSuffix("labels") else { return false }
        let shape = lowercased.dropLast("labels".count)
        return config.controls.contains {
            $0.type.lowercased() == shape && !Set($0.toNames).isDisjoint(with: toNames)
        }
    }

    /// Whether results of this control may be about the object of that name.
    ///
    /// Besides the objects in `toName` these are the control itself, for tags such as `Pairwise`
    /// that write their own name, and the whole attribute, as old exports of `Pairwise` have it.
    func accepts(toName name: String, in config: LabelingConfig) -> Bool {
        if toNames.contains(name) || name == self.name || name == tag["toName"] { return true }
        return toNames.contains { config.object(named: $0)?.answers(to: name) == true }
    }
}
