internal import Contracts
internal import LabelModel
internal import LabelingService

extension Labeling.NextTask {
    /// Label Studio's answer of `next`, and until when the task is the annotator's.
    func write(to writer: inout JSONWriter, for user: User, fileName: String?) {
        let now = Timestamp.present
        lease.task.writeListed(to: &writer, annotators: [], fileName: fileName) { writer in
            writer.key("annotations")
            writer.array { _ in }
            writer.key("predictions")
            writer.array { writer in
                for prediction in predictions { prediction.write(to: &writer, now: now) }
            }
            writer.key("drafts")
            writer.array { writer in
                for draft in lease.drafts { draft.write(to: &writer, by: user, now: now) }
            }
            writer.member("unique_lock_id", lease.token)
            writer.member("queue", lease.reason)
            writer.member("lease_expires_at", lease.expiresAt)
        }
    }
}
