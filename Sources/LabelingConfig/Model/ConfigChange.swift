/// What a new version of a config takes away from the one before.
///
/// Label Studio refuses a change that takes away a control with stored results; labels that go are
/// only reported. Data fields are never compared.
public struct ConfigChange: Hashable, Sendable {
    /// A control as the results of stored answers name it.
    public struct RecordedControl: Hashable, Sendable {
        public let fromName: String
        public let toName: String
        /// The results' `type`.
        public let type: String

        public init(fromName: String, toName: String, type: String) {
            self.fromName = fromName
            self.toName = toName
            self.type = type
        }
    }

    /// A label of a control.
    public struct RecordedLabel: Hashable, Sendable {
        public let control: String
        public let label: String

        public init(control: String, label: String) {
            self.control = control
            self.label = label
        }
    }

    /// Names of controls that the new config lacks or has as a control of another type, in the
    /// order of the old text.
    public let vanishedControls: [String]
    /// Labels that the same control no longer offers, in the order of the old text.
    public let vanishedLabels: [RecordedLabel]

    public init(from old: LabelingConfig, to new: LabelingConfig) {
        var controls: [String] = []
        var labels: [RecordedLabel] = []
        for control in old.controls {
            guard let kept = new.control(named: control.name), kept.type == control.type else {
                controls.append(control.name)
                continue
            }
            labels += control.labels.filter { !kept.offers($0.value) }.map {
                RecordedLabel(control: control.name, label: $0.value)
            }
        }
        vanishedControls = controls
        vanishedLabels = labels
    }
}

extension LabelingConfig {
    /// Which recorded controls no longer fit this config; saving it must be refused for them.
    ///
    /// Chat messages and text areas always fit. A config without data fields or without controls
    /// is a beginning, not a change, and fits too.
    public func problems(
        withRecordedControls controls: some Sequence<ConfigChange.RecordedControl>
    ) -> [ConfigProblem] {
        guard comparesWithRecords else { return [] }
        return controls.filter { !fits($0) }.map { recorded in
            ConfigProblem(
                .controlInUse,
                "Annotations use the control “\(recorded.fromName)” on “\(recorded.toName)” with "
                    + "results of type \(recorded.type), and this config has no such control.",
                hint: "Keep that control, or delete the annotations that use it."
            )
        }
    }

    /// Which recorded labels this config no longer offers; Label Studio says so on validation only.
    public func problems(
        withRecordedLabels labels: some Sequence<ConfigChange.RecordedLabel>
    ) -> [ConfigProblem] {
        guard comparesWithRecords else { return [] }
        return labels.filter { control(named: $0.control)?.offers($0.label) == false }.map {
            ConfigProblem(
                .labelInUse,
                "Annotations use the label “\($0.label)” of “\($0.control)”, which this config no "
                    + "longer offers.",
                at: control(named: $0.control)?.tag.place,
                hint: "Keep the label, or change it in the annotations first."
            )
        }
    }

    private var comparesWithRecords: Bool { !dataFields.isEmpty && !controls.isEmpty }

    private func fits(_ recorded: ConfigChange.RecordedControl) -> Bool {
        if ["chatmessage", "textarea"].contains(recorded.type.lowercased()) { return true }
        guard let control = control(named: recorded.fromName) else { return false }
        return control.accepts(type: recorded.type, in: self)
            && control.accepts(toName: recorded.toName, in: self)
    }
}
