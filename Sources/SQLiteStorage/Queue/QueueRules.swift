import Contracts
import LabelModel

/// What a project says about its queue.
struct QueueRules: Hashable, Sendable {
    let sampling: ProjectSettings.Sampling
    let skipQueue: ProjectSettings.SkipQueue
    /// Whose scores order an uncertainty queue; empty for any model's.
    let modelVersion: String

    private static let select = SQLText(
        "SELECT sampling, skip_queue, model_version FROM projects WHERE id = ?"
    )

    /// The rules of a project, or nil when it is not there.
    init?(of project: ProjectID, on connection: Connection) throws(StorageError) {
        let rules = try connection.first(Self.select, project) { row in
            QueueRules(
                sampling: .init(rawValue: row.next()) ?? .sequential,
                skipQueue: .init(rawValue: row.next()) ?? .requeueForOthers,
                modelVersion: row.next()
            )
        }
        guard let rules else { return nil }
        self = rules
    }

    init(
        sampling: ProjectSettings.Sampling,
        skipQueue: ProjectSettings.SkipQueue,
        modelVersion: String
    ) {
        self.sampling = sampling
        self.skipQueue = skipQueue
        self.modelVersion = modelVersion
    }

    /// True when a skipped slot counts as done.
    var skipsCount: Bool { skipQueue == .ignoreSkipped }

    /// Label Studio's name of the queue that a task came from.
    var reason: String {
        switch sampling {
        case .sequential: "Sequence queue"
        case .uniform: "Uniform random queue"
        case .uncertainty: "Active learning or random queue"
        }
    }
}
