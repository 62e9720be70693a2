internal import Contracts
internal import LabelModel

extension Job.State {
    /// Label Studio's word for it.
    var name: String {
        switch self {
        case .created: "created"
        case .running: "in_progress"
        case .completed: "completed"
        case .failed: "failed"
        }
    }

    var finishedAt: Timestamp? {
        switch self {
        case .created, .running: nil
        case .completed(let moment, _), .failed(let moment, _): moment
        }
    }

    var reason: String? {
        if case .failed(_, let reason) = self { reason } else { nil }
    }
}
