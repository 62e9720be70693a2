import Contracts
public import LabelModel
import LabelingConfig

/// A column that the data manager can show.
public struct DataColumn: Hashable, Sendable {
    public var id: String
    public var title: String
    /// Label Studio's name of the type: `Number`, `Datetime`, `List`, `Image`...
    public var type: String
    public var help: String?
    /// `data` for a field of the task's data.
    public var parent: String?
    /// Shown in the list when nobody chose otherwise.
    public var isShownInList: Bool
    /// Shown beside the editor when nobody chose otherwise.
    public var isShownInEditor: Bool
    /// Values to choose from, when they are few and known.
    public var choices: [String]?
    /// The fields of the data, for the column of all of it.
    public var children: [String]?

    init(
        _ id: String,
        _ title: String,
        _ type: String,
        help: String? = nil,
        parent: String? = nil,
        inList: Bool = false,
        inEditor: Bool = false,
        choices: [String]? = nil,
        children: [String]? = nil
    ) {
        self.id = id
        self.title = title
        self.type = type
        self.help = help
        self.parent = parent
        isShownInList = inList
        isShownInEditor = inEditor
        self.choices = choices
        self.children = children
    }
}

extension DataManager {
    /// Tasks that are looked at for fields that the labeling config does not name.
    private static let sampledTasks = 100

    /// The columns of a project: data fields first, then what Postil knows of tasks.
    public func columns(of project: ProjectID) async throws(ServiceError) -> [DataColumn] {
        let setup = try await setups.setup(of: project)
        let fields = try await dataFields(of: project, setup)
        let versions = try await stored(await storage.predictions.modelVersions(of: project))
        return fields + Self.taskColumns(modelVersions: versions.map(\.version))
            + [DataColumn("data", "data", "List", children: fields.map(\.id))]
    }

    /// Fields that the labeling config shows, then others that the newest tasks have.
    private func dataFields(
        of project: ProjectID,
        _ setup: ProjectSetup
    ) async throws(ServiceError) -> [DataColumn] {
        var columns: [DataColumn] = []
        let media: Set<String> = ["Image", "Audio", "AudioPlus", "Video"]
        for field in setup.config.dataFields {
            let key = field.path.key
            guard !columns.contains(where: { $0.id == key }) else { continue }
            let type = media.contains(field.tag) ? field.tag : "String"
            columns.append(
                DataColumn(key, key, type, parent: "data", inList: true, inEditor: true)
            )
        }
        let found = try await stored(
            await storage.tasks.dataFields(of: project, limit: Self.sampledTasks)
        )
        let hasConfigFields = !columns.isEmpty
        for name in found where !columns.contains(where: { $0.id == name }) {
            // The placeholder is the config's first field, where there is one.
            if name == TaskDataKey.undefined, hasConfigFields { continue }
            let title = name == TaskDataKey.undefined ? "data" : name
            columns.append(DataColumn(name, title, "Unknown", parent: "data", inList: true))
        }
        return columns
    }

    private static func taskColumns(modelVersions: [String]) -> [DataColumn] {
        [
            DataColumn("id", "ID", "Number", help: "Task ID", inList: true),
            DataColumn("inner_id", "Inner ID", "Number", help: "Number in the project, from 1"),
            DataColumn(
                "completed_at",
                "Completed",
                "Datetime",
                help: "When the last annotation of a labeled task was made",
                inList: true
            ),
            DataColumn(
                "total_annotations",
                "Annotations",
                "Number",
                help: "Annotations that are not cancelled",
                inList: true,
                inEditor: true
            ),
            DataColumn(
                "cancelled_annotations",
                "Cancelled",
                "Number",
                help: "Skipped annotations",
                inList: true
            ),
            DataColumn("total_predictions", "Predictions", "Number", inList: true, inEditor: true),
            DataColumn(
                "annotators",
                "Annotated by",
                "List",
                help: "Who annotated or skipped it",
                inList: true
            ),
            DataColumn("annotations_results", "Annotation results", "String"),
            DataColumn("annotations_ids", "Annotation IDs", "String"),
            DataColumn("predictions_score", "Prediction score", "Number", help: "The mean"),
            DataColumn(
                "predictions_model_versions",
                "Prediction model versions",
                "List",
                choices: modelVersions
            ),
            DataColumn("predictions_results", "Prediction results", "String"),
            DataColumn("file_upload", "Upload filename", "String"),
            DataColumn("storage_filename", "Storage filename", "String"),
            DataColumn("created_at", "Created at", "Datetime"),
            DataColumn("updated_at", "Updated at", "Datetime"),
            DataColumn("updated_by", "Updated by", "List", help: "Who changed it last"),
            DataColumn("avg_lead_time", "Lead Time", "Time", help: "Mean seconds of annotations"),
            DataColumn("draft_exists", "Drafts", "Boolean", help: "Someone has begun it"),
        ]
    }
}
