public import LabelModel

/// A task with everything that was ever said of it, as it moves from one installation to another.
///
/// Where it is written, ids are those of the store that it comes from. Where it is read, ids of
/// annotations and predictions need only be different inside the task: the store gives them ids of
/// its own, and follows the references between them.
public struct TaskChronicle: Hashable, Sendable {
    public var task: LabelingTask
    /// Present states by id, cancelled ones too.
    public var annotations: [Annotation]
    /// States that ended, in the order in which they did; also of deleted annotations.
    public var versions: [AnnotationVersion]
    /// By id.
    public var drafts: [AnnotationDraft]
    /// By id.
    public var predictions: [Prediction]

    public init(
        task: LabelingTask,
        annotations: [Annotation] = [],
        versions: [AnnotationVersion] = [],
        drafts: [AnnotationDraft] = [],
        predictions: [Prediction] = []
    ) {
        self.task = task
        self.annotations = annotations
        self.versions = versions
        self.drafts = drafts
        self.predictions = predictions
    }
}

/// One version of a project's labeling config.
public struct LabelConfigVersion: Hashable, Sendable {
    /// From 1.
    public var version: Int64
    public var createdAt: Timestamp
    /// XML text.
    public var text: String

    public init(version: Int64, createdAt: Timestamp, text: String) {
        self.version = version
        self.createdAt = createdAt
        self.text = text
    }
}

/// What a project is besides its tasks.
public struct ProjectDossier: Hashable, Sendable {
    public var settings: ProjectSettings
    public var createdBy: UserID
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    /// The number that the last task got; later ones of the same project count on from it.
    public var lastInnerID: Int64
    /// By version, at least one; the last one is in force.
    public var configs: [LabelConfigVersion]
    /// By plugin id.
    public var plugins: [PluginEnablement]
    /// By position.
    public var views: [TaskView]

    public init(
        settings: ProjectSettings,
        createdBy: UserID,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        lastInnerID: Int64,
        configs: [LabelConfigVersion],
        plugins: [PluginEnablement] = [],
        views: [TaskView] = []
    ) {
        self.settings = settings
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.lastInnerID = lastInnerID
        self.configs = configs
        self.plugins = plugins
        self.views = views
    }
}

/// A project that is being put together and that nobody sees.
public struct ArrivingProject: Hashable, Sendable {
    public var project: ProjectID
    /// Hides its tasks until the end.
    public var importID: ImportID

    public init(project: ProjectID, importID: ImportID) {
        self.project = project
        self.importID = importID
    }
}

/// Gives whole projects away and takes them in.
///
/// 1. ``begin(by:)`` makes a project that nobody sees.
/// 2. ``add(_:to:)`` its files and ``append(_:to:)`` its tasks, any number of times.
/// 3. ``commit(_:_:by:)`` or ``rollBack(_:)``, once. One that was left in the middle is undone at the
///    next start.
public protocol ProjectMoveStore: Sendable {
    /// All of a project but its tasks and files, as it is at one moment.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func dossier(of project: ProjectID) async throws(StorageError) -> ProjectDossier

    /// Tasks by inner id, at most `limit` after `innerID`; empty at the end.
    ///
    /// Each is whole in itself; between two calls others may have written.
    func chronicles(of project: ProjectID, after innerID: Int64, limit: Int)
        async throws(StorageError) -> [TaskChronicle]

    func begin(by user: UserID) async throws(StorageError) -> ArrivingProject

    /// Notes an uploaded file; the id, project and moment of `file` are the store's to say, but
    /// for the moment of the upload.
    func add(_ file: FileUpload, to arrival: ArrivingProject)
        async throws(StorageError) -> FileUpload

    /// Stores tasks in order of their inner ids. At most 10 000 a call.
    ///
    /// - Throws: ``StorageError`` `duplicate` when an inner id comes twice.
    func append(_ tasks: [TaskChronicle], to arrival: ArrivingProject)
        async throws(StorageError)

    /// Shows the project with all its tasks at once.
    func commit(_ arrival: ArrivingProject, _ dossier: ProjectDossier, by user: UserID)
        async throws(StorageError) -> Project

    /// Takes back everything that was added.
    func rollBack(_ arrival: ArrivingProject) async throws(StorageError)
}
