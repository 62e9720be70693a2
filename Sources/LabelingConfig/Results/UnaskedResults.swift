internal import LabelModel
internal import ValueTree

/// Gathers results whose behavior cannot answer at once, one group for each control and object.
struct UnaskedResults {
    private(set) var results: [TagResults] = []
    private let config: LabelingConfig
    private let taskData: RawJSON?

    init(config: LabelingConfig, taskData: RawJSON?) {
        self.config = config
        self.taskData = taskData
    }

    mutating func add(_ result: CheckedResult) {
        let entry = TagResults.Entry(
            index: result.index,
            json: RawJSON(checked: result.json.rawBytes)
        )
        let position = results.firstIndex {
            $0.control.name == result.control.name && $0.object?.name == result.object?.name
        }
        let earlier = position.map { results[$0].entries } ?? []
        let group = TagResults(
            control: result.control,
            object: result.object,
            config: config,
            taskData: taskData,
            entries: earlier + [entry]
        )
        if let position {
            results[position] = group
        } else {
            results.append(group)
        }
    }
}
