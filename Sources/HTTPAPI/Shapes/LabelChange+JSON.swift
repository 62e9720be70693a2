internal import Contracts
internal import LabelModel
internal import LabelingService

extension LabelChange {
    func write(to writer: inout JSONWriter, by user: User?) {
        writer.object { writer in
            writer.member("id", job.id)
            writer.member("project", job.project)
            writer.member("status", job.state.name)
            writer.key("created_by")
            if let user { user.writeShort(to: &writer) } else { writer.null() }
            writer.member("created_at", job.createdAt)
            writer.member("finished_at", job.state.finishedAt)
            writer.member("tasks_done", job.progress)
            writer.member("error", job.state.reason)
            counts.writeMembers(to: &writer)
        }
    }
}
