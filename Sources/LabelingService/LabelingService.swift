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
    public let agreement: Agreement
    public let snapshots: Snapshots
    public let audit: AuditLog
    public let samples: SampleProjects

    public init(_ environment: ServiceEnvironment) {
        let setups = ProjectSetups(environment)
        accounts = Accounts(environment)
        organizations = Organizations(environment, accounts: accounts)
        plugins = Plugins(environment, setups: setups)
        projects = Projects(environment, plugins: plugins, setups: setups)
        labeling = Labeling(environment, setups: setups)
        dataManager = DataManager(environment, setups: setups, labeling: labeling)
        imports = Imports(environment, setups: setups, plugins: plugins)
        exports = Exports(environment, setups: setups, plugins: plugins)
        agreement = Agreement(environment, setups: setups, plugins: plugins)
        snapshots = Snapshots(environment, exports: exports, dataManager: dataManager)
        audit = AuditLog(environment)
        samples = SampleProjects(projects: projects, imports: imports)
    }
}
