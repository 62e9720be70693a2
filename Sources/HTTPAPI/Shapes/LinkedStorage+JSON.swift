internal import Contracts
internal import LabelModel

extension LinkedStorage {
    /// Label Studio's storage; secrets are never told.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("type", settings.kind.rawValue)
            writer.member("title", settings.title)
            writer.member("description", settings.description)
            writer.member("project", project)
            writer.member("created_at", createdAt)
            writer.member("regex_filter", settings.keyPattern)
            writer.member("use_blob_urls", settings.usesObjectAddresses)
            writer.member("synchronizable", settings.isSynchronizable)
            writer.member("status", sync.status.rawValue)
            writer.member("traceback", sync.error)
            writer.member("last_sync", sync.finishedAt)
            writer.member("last_sync_count", sync.count)
            writer.nullMember("last_sync_job")
            writer.key("meta")
            writeMeta(to: &writer)
            if settings.direction == .imports {
                writer.member("recursive_scan", settings.isRecursive)
            } else {
                writer.member("can_delete_objects", settings.deletesObjects)
            }
            switch settings.kind {
            case .localFiles: writer.member("path", settings.path)
            case .s3: writeBucket(to: &writer)
            }
        }
    }

    private func writeBucket(to writer: inout JSONWriter) {
        writer.member("bucket", settings.bucket)
        writer.member("prefix", settings.prefix)
        writer.member("region_name", settings.region.isEmpty ? nil : settings.region)
        writer.member("s3_endpoint", settings.endpoint)
        writer.member(
            "aws_sse_kms_key_id",
            settings.encryptionKey.isEmpty ? nil : settings.encryptionKey
        )
        if settings.direction == .imports {
            writer.member("presign", settings.presigns)
            writer.member("presign_ttl", settings.presignMinutes)
        }
    }

    private func writeMeta(to writer: inout JSONWriter) {
        writer.object { writer in
            guard sync.attempts > 0 else { return }
            writer.member("attempts", sync.attempts)
            writer.member("time_in_progress", sync.begunAt)
            if let finishedAt = sync.finishedAt {
                writer.member("time_completed", finishedAt)
                let begun = sync.begunAt?.microseconds ?? finishedAt.microseconds
                let duration = Double(max(0, finishedAt.microseconds - begun)) / 1_000_000
                writer.member("duration", duration as Double?)
            }
            if settings.direction == .imports {
                writer.member("tasks_existed", sync.known)
            } else {
                writer.member("total_annotations", (sync.count ?? 0) + sync.known)
            }
        }
    }
}
