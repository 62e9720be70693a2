import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// Which controls and labels the annotations of a project use, as far as anyone asks.
///
/// Found by reading annotations, which takes a while for a large project; so it is done only when
/// a change takes controls or labels away, and it stops when it has seen all of those.
struct RecordedUse {
    /// Tasks that are looked at; what only the millionth task uses is not worth the wait.
    private static let maxTasks = 200_000
    private static let tasksPerRead = 500

    private(set) var controls: Set<ConfigChange.RecordedControl> = []
    private(set) var labels: Set<ConfigChange.RecordedLabel> = []
    private var openControls: Set<String>
    private var openLabels: Set<ConfigChange.RecordedLabel>

    private init(_ change: ConfigChange) {
        openControls = Set(change.vanishedControls)
        openLabels = Set(change.vanishedLabels)
    }

    /// Looks for what a change would take away.
    static func find(
        _ change: ConfigChange,
        in project: ProjectID,
        _ tasks: any TaskStore
    ) async throws(ServiceError) -> RecordedUse {
        var use = RecordedUse(change)
        let selection = TaskSelection(project: project, onlyAnnotated: true)
        let cursor = try await stored(await tasks.records(selection))
        var seen = 0
        while seen < maxTasks, !(use.openControls.isEmpty && use.openLabels.isEmpty) {
            let records = try await stored(await cursor.next(tasksPerRead))
            if records.isEmpty { break }
            seen += records.count
            for record in records {
                for annotation in record.annotations { try use.look(at: annotation) }
            }
        }
        return use
    }

    private mutating func look(at annotation: Annotation) throws(ServiceError) {
        guard !annotation.wasCancelled, annotation.resultCount > 0 else { return }
        for result in try JSONText.parse(annotation.result.bytes).elements {
            guard let control = result["from_name"]?.string, let type = result["type"]?.string
            else { continue }
            if openControls.remove(control) != nil {
                controls.insert(
                    ConfigChange.RecordedControl(
                        fromName: control,
                        toName: result["to_name"]?.string ?? "",
                        type: type
                    )
                )
            }
            guard !openLabels.isEmpty, let values = result["value"]?[type] else { continue }
            for label in values.elements.compactMap(\.string) {
                let use = ConfigChange.RecordedLabel(control: control, label: label)
                if openLabels.remove(use) != nil { labels.insert(use) }
            }
        }
    }
}
