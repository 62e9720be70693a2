public import Contracts
public import LabelModel

/// What is to be exported, and how.
public struct ExportRequest: Hashable, Sendable {
    public var project: ProjectID
    /// The format's name, such as `COCO`.
    public var format: String
    /// JSON object; nil takes the project's settings of the exporter.
    public var settings: [UInt8]?
    /// Tasks that nobody has annotated or skipped, too.
    public var includesUnannotated: Bool
    /// Only these tasks, when not nil.
    public var ids: [TaskID]?

    public init(
        project: ProjectID,
        format: String = "JSON",
        settings: [UInt8]? = nil,
        includesUnannotated: Bool = false,
        ids: [TaskID]? = nil
    ) {
        self.project = project
        self.format = format
        self.settings = settings
        self.includesUnannotated = includesUnannotated
        self.ids = ids
    }
}

/// An export on its way.
public struct ExportResult: Sendable {
    /// `project-<id>-at-<YYYY-MM-DD-HH-MM>-<8 hex>.<extension>`.
    public let fileName: String
    /// Without a dot.
    public let fileExtension: String
    public let mediaType: String
    /// Names the report that tells, after the last chunk, what the format could not hold.
    public let report: String
    public let chunks: ExportChunks
}

/// A format that a project can, or could, export to.
public struct ExportFormat: Sendable {
    public let name: String
    public let title: String
    public let description: String
    public let mediaType: String
    /// Without a dot.
    public let fileExtension: String
    public let plugin: PluginVersion
    public let isDisabled: Bool
    /// Why it is disabled.
    public let reason: PluginReason?
}
