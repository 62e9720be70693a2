/// One thing that is checked of a plugin.
public struct PluginCheck: Hashable, Sendable, Identifiable {
    /// What a check is about.
    public enum Subject: String, Hashable, Sendable {
        case package
        case library
        case exporter
        case importSource = "import source"
        case tag
        case metric
        case binding
    }

    /// From this level on a plugin can be installed.
    public static let installableLevel = 5
    /// From this level on a plugin may run in process.
    public static let inProcessLevel = 8
    public static let highestLevel = 10

    /// Stable: `exporter.data.batch-sizes`.
    public let id: String
    public let subject: Subject
    /// 1 to 10; a plugin has a level when all checks up to it pass.
    public let level: Int
    /// What it catches, as a clause: "the files depend on the size of batches".
    public let catches: String
    /// How long the worker may take.
    public let deadlineSeconds: Double

    /// The group of the check: the word of its id behind the subject.
    public var group: String {
        let words = id.split(separator: ".").map(String.init)
        return words.count == 3 ? words[1] : words[0]
    }

    init(
        _ id: String,
        _ subject: Subject,
        _ level: Int,
        _ catches: String,
        deadlineSeconds: Double = 30
    ) {
        self.id = id
        self.subject = subject
        self.level = level
        self.catches = catches
        self.deadlineSeconds = deadlineSeconds
    }
}
