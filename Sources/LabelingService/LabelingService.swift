import Contracts

/// Everything that people do: the one value that routes and commands are built on.
public struct LabelingService: Sendable {
    public let accounts: Accounts
    public let organizations: Organizations
    public let plugins: Plugins
    public let projects: Projects
    public let labeling: Labeling
    public let dataManager: DataManager
    public let imports: Imports
    public let exports: Exports
    public let moves: ProjectMoves
    public let trash: Trash
    public let agreement: Agreement
    public let snapshots: Snapshots
    public let labels: Labels
    public let labelChanges: LabelChanges
    public let audit: AuditLog
    public let samples: SampleProjects
    public let webhooks: Webhooks
    public let mlBackends: MLBackends
    public let linkedStorages: LinkedStorages
    public let soundPeaks: SoundPeaks
    public let films: Films
    public let imageTiles: ImageTiles
    public let thumbnails: Thumbnails
    /// Runs in the daemon only.
    public let courier: Courier
    private let jobs: any JobStore

    public init(_ environment: ServiceEnvironment) {
        let setups = ProjectSetups(environment)
        accounts = Accounts(environment)
        organizations = Organizations(environment, accounts: accounts)
        plugins = Plugins(environment, setups: setups)
        projects = Projects(environment, plugins: plugins, setups: setups)
        labeling = Labeling(environment, setups: setups)
        mlBackends = MLBackends(environment, setups: setups, projects: projects)
        dataManager = DataManager(
            environment,
            setups: setups,
            labeling: labeling,
            mlBackends: mlBackends
        )
        imports = Imports(environment, setups: setups, plugins: plugins)
        exports = Exports(environment, setups: setups, plugins: plugins)
        moves = ProjectMoves(
            environment,
            projects: projects,
            plugins: plugins,
            media: imports.media
        )
        trash = Trash(environment, projects: projects, labeling: labeling)
        agreement = Agreement(environment, setups: setups, plugins: plugins)
        snapshots = Snapshots(environment, exports: exports, dataManager: dataManager)
        labels = Labels(environment)
        labelChanges = LabelChanges(environment, projects: projects)
        audit = AuditLog(environment)
        linkedStorages = LinkedStorages(environment, setups: setups, media: imports.media)
        let derived = DerivedFiles(environment)
        soundPeaks = SoundPeaks(derived)
        films = Films(derived)
        imageTiles = ImageTiles(derived)
        thumbnails = Thumbnails(DerivedFiles(environment))
        jobs = environment.storage.jobs
        samples = SampleProjects(projects: projects, imports: imports)
        webhooks = Webhooks(environment, setups: setups)
        courier = Courier(environment, setups: setups)
    }

    /// Takes up the jobs that a process that is gone left undone; called once, when the daemon
    /// starts.
    public func resumeJobs() async throws(ServiceError) {
        for job in try await stored(await jobs.waiting()) {
            _ = snapshots.resume(job) || linkedStorages.resume(job) || labelChanges.resume(job)
        }
    }
}
