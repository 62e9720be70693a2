internal import LabelModel
internal import ValueTree

/// Gathers results whose behavior cannot answer at once, one group for each control and object.
struct UnaskedResults {
    private struct Group {
        let control: ControlTag
        let object: ObjectTag?
        var entries: [TagResults.Entry] = []
    }

    private var groups: [Group] = []

    mutating func add(_ result: CheckedResult) {
        let entry = TagResults.Entry(
            index: result.index,
            json: RawJSON(checked: result.json.rawBytes)
        )
        let position = groups.firstIndex {
            $0.control.name == result.control.name && $0.object?.name == result.object?.name
        }
        if position == nil { groups.append(Group(control: result.control, object: result.object)) }
        groups[position ?? groups.count - 1].entries.append(entry)
    }

    /// The groups in the order in which their first results came.
    func results(config: LabelingConfig, taskData: RawJSON?) -> [TagResults] {
        groups.map {
            TagResults(
                control: $0.control,
                object: $0.object,
                config: config,
                taskData: taskData,
                entries: $0.entries
            )
        }
    }
}
