internal import Contracts
internal import LabelModel
internal import LabelingService

extension Snapshot {
    /// Label Studio's Export, and how many tasks are done while it is made.
    ///
    /// `isFresh`: In the answer to its creation, which has the options too.
    func write(to writer: inout JSONWriter, by user: User?, isFresh: Bool = false) {
        let outcome = SnapshotOutcome(job)
        writer.object { writer in
            writer.member("id", job.id)
            writer.member("title", job.title)
            writer.key("created_by")
            if let user { user.writeShort(to: &writer) } else { writer.null() }
            writer.member("created_at", job.createdAt)
            writer.member("finished_at", job.state.finishedAt)
            writer.member("status", job.state.name)
            writer.member("md5", outcome?.md5 ?? "")
            writer.member("file_size", outcome?.byteCount)
            writer.key("counters")
            writer.object { $0.member("task_number", outcome?.tasks ?? job.progress) }
            writer.key("converted_formats")
            writer.array { writer in
                for conversion in conversions { conversion.write(to: &writer) }
            }
            writer.member("error", job.state.reason)
            guard isFresh else { return }
            writer.nullMember("task_filter_options")
            writer.nullMember("annotation_filter_options")
            writer.nullMember("serialization_options")
        }
    }
}

extension Job {
    fileprivate func write(to writer: inout JSONWriter) {
        let outcome = SnapshotOutcome(self)
        writer.object { writer in
            writer.member("id", id)
            writer.member("status", state.name)
            writer.member("export_type", title)
            writer.member("traceback", state.reason)
            writer.member("task_number", outcome?.tasks ?? progress)
            writer.member("file_size", outcome?.byteCount)
        }
    }
}
