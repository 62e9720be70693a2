/// What the tasks and annotations of a project hold.
public struct ProjectSummary: Hashable, Sendable {
    /// How often something occurs.
    public struct Count: Hashable, Sendable {
        public var name: String
        public var count: Int64

        public init(name: String, count: Int64) {
            self.name = name
            self.count = count
        }
    }

    /// How often a control's label was used.
    public struct LabelCount: Hashable, Sendable {
        public var control: String
        public var label: String
        public var count: Int64

        public init(control: String, label: String, count: Int64) {
            self.control = control
            self.label = label
            self.count = count
        }
    }

    public var tasks: Int64
    /// In how many tasks each field of the data occurs, by name.
    public var fields: [Count]
    /// How many results each `from_name|to_name|type` has, by name.
    public var results: [Count]
    /// By control, then label.
    public var labels: [LabelCount]

    public init(tasks: Int64, fields: [Count], results: [Count], labels: [LabelCount]) {
        self.tasks = tasks
        self.fields = fields
        self.results = results
        self.labels = labels
    }
}
