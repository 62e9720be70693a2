public import Contracts
public import LabelModel

/// What came of taking a project in.
public struct UnpackedProject: Hashable, Sendable {
    /// How much there was of everything.
    public struct Counts: Hashable, Sendable {
        public var tasks: Int64 = 0
        /// Present ones, skips too.
        public var annotations: Int64 = 0
        /// Earlier states of annotations.
        public var versions: Int64 = 0
        public var drafts: Int64 = 0
        public var predictions: Int64 = 0
        public var files: Int64 = 0
        /// People whose address was known here.
        public var knownUsers: Int64 = 0

        public init() {}

        mutating func count(_ chronicle: TaskChronicle) {
            tasks += 1
            annotations += Int64(chronicle.annotations.count)
            versions += Int64(chronicle.versions.count)
            drafts += Int64(chronicle.drafts.count)
            predictions += Int64(chronicle.predictions.count)
        }
    }

    public var project: Project
    public var counts: Counts
    /// Addresses of people who were not known here: they stand for who did something and cannot
    /// sign in.
    public var placeholders: [String]
    /// Plugins that the project has enabled and that are not installed here in this version.
    public var missingPlugins: [PluginVersion]
}
