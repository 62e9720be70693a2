public import Contracts
import LabelModel
import ValueTree

/// A project as it was at one moment, kept as a file, with what was made of it in other formats.
public struct Snapshot: Sendable {
    public let job: Job
    public let conversions: [Job]
}

/// A file of a snapshot that can be downloaded.
public struct SnapshotFile: Sendable {
    /// Absolute.
    public let path: String
    /// As the client is to name it.
    public let name: String
    public let mediaType: String
}

/// What a job that makes a file of a snapshot came to.
public struct SnapshotOutcome: Sendable {
    /// Path under the folder of exports.
    let path: String
    let name: String
    let mediaType: String
    public let byteCount: Int64
    /// Of the file, in hexadecimal digits.
    public let md5: String
    public let tasks: Int64

    init(
        path: String,
        name: String,
        mediaType: String,
        byteCount: Int64,
        md5: String,
        tasks: Int64
    ) {
        self.path = path
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.md5 = md5
        self.tasks = tasks
    }

    /// Of a job that is done; nil before.
    public init?(_ job: Job) {
        guard case .completed(_, let result) = job.state,
            let fields = try? JSONText(parsing: result.bytes), let path = fields["path"]?.string
        else { return nil }
        self.init(
            path: path,
            name: fields["name"]?.string ?? path,
            mediaType: fields["media_type"]?.string ?? "application/octet-stream",
            byteCount: fields["bytes"]?.int64 ?? 0,
            md5: fields["md5"]?.string ?? "",
            tasks: fields["tasks"]?.int64 ?? 0
        )
    }

    var json: RawJSON {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("path", path)
            writer.member("name", name)
            writer.member("media_type", mediaType)
            writer.member("bytes", byteCount)
            writer.member("md5", md5)
            writer.member("tasks", tasks)
        }
        return RawJSON(checked: writer.bytes)
    }
}
