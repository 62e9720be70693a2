public import Contracts
public import LabelModel

/// How an export went, and what its format could not hold.
///
/// A streamed answer has ended before this is known, so it is asked for afterwards.
public struct ExportReport: Sendable {
    public enum State: Sendable {
        case running
        /// The file is whole; the report says what it lacks.
        case finished(LossReport)
        /// The file is cut off.
        case failed(ServiceError)
    }

    /// 32 hexadecimal digits that nobody can guess.
    public let id: String
    public let project: ProjectID
    /// The format's name, such as `COCO`.
    public let format: String
    public let createdAt: Timestamp
    public let state: State

    init(
        id: String,
        project: ProjectID,
        format: String,
        createdAt: Timestamp,
        state: State = .running
    ) {
        self.id = id
        self.project = project
        self.format = format
        self.createdAt = createdAt
        self.state = state
    }

    func ended(_ state: State) -> ExportReport {
        ExportReport(
            id: id,
            project: project,
            format: format,
            createdAt: createdAt,
            state: state
        )
    }
}
