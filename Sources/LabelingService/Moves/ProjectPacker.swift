import Contracts
import LabelModel

/// Makes the archive of a project piece by piece, as fast as its reader asks for it.
///
/// What is in memory is one piece of tasks and one chunk of a file, whatever the project holds.
struct ProjectPacker {
    private enum Stage {
        case manifest
        case uploads
        case media(FileWalk)
        /// Tasks behind an inner id.
        case tasks(after: Int64)
        case project
        case ended
    }

    /// What waits to be written, in order.
    private enum Piece {
        case content(String, [UInt8])
        case file(String, path: String, byteCount: Int64)
    }

    private static let chunkBytes = 256 << 10
    private static let mostTasksAtOnce = 500

    private let environment: ServiceEnvironment
    private let project: ProjectID
    private let options: PackOptions
    private let media: MediaFiles
    private var stage = Stage.manifest
    private var pieces: [Piece] = []
    private var archive = ArchiveWriter()
    private var file: FileDescriptor?
    private var people: ArchivePeople
    private var uploads: [FileUploadID: Int64] = [:]
    private var numbers: [ArchiveFormat.Part: Int] = [:]
    private var tasksAtOnce = 16
    private var packedLocalFiles: Set<String> = []

    /// Begins; everything but the people is read later.
    init(
        _ environment: ServiceEnvironment,
        project: ProjectID,
        options: PackOptions,
        media: MediaFiles
    ) async throws(ServiceError) {
        self.environment = environment
        self.project = project
        self.options = options
        self.media = media
        people = ArchivePeople(try await stored(await environment.storage.users.list()))
    }

    /// The next bytes of the archive, or nil at its end.
    mutating func next() async throws(ServiceError) -> [UInt8]? {
        while archive.bytes.isEmpty {
            if let file {
                try copy(file)
            } else if pieces.isEmpty {
                guard try await proceed() else { return nil }
            } else {
                try put(pieces.removeFirst())
            }
        }
        return archive.take()
    }

    /// Does the next stage's work, or a portion of it; false at the end.
    private mutating func proceed() async throws(ServiceError) -> Bool {
        switch stage {
        case .manifest:
            pieces.append(.content(ArchiveFormat.manifest, manifest))
            stage = .uploads
        case .uploads:
            try await noteUploads()
            stage =
                options.includesUploads
                ? .media(FileWalk(environment.uploads.absolutePath("\(project)")))
                : .tasks(after: 0)
        case .media(var walk):
            if let found = walk.next() {
                pieces.append(
                    .file(
                        ArchiveFormat.media + found.name,
                        path: found.path,
                        byteCount: found.byteCount
                    )
                )
                stage = .media(walk)
            } else {
                stage = .tasks(after: 0)
            }
        case .tasks(let last):
            stage = try await noteTasks(after: last).map { .tasks(after: $0) } ?? .project
        case .project:
            let dossier = try await stored(await environment.storage.moves.dossier(of: project))
            var writer = JSONWriter()
            dossier.write(&people, to: &writer)
            notePeople()
            pieces.append(.content(ArchiveFormat.project, writer.bytes))
            stage = .ended
        case .ended:
            guard !isFinished else { return false }
            archive.finish()
            isFinished = true
        }
        return true
    }

    private var isFinished = false

    // MARK: Parts

    private var manifest: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("format", ArchiveFormat.name)
            writer.member("version", ArchiveFormat.version)
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private mutating func noteUploads() async throws(ServiceError) {
        let files = try await stored(await environment.storage.files.files(of: project))
        var lines: [UInt8] = []
        for file in files {
            let number = Int64(uploads.count + 1)
            uploads[file.id] = number
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("number", number)
                writer.member("path", Self.inside(file.path))
                writer.member("user", people.number(of: file.user))
                writer.member("byte_count", file.byteCount)
                writer.member("created_at", file.createdAt)
            }
            lines += writer.bytes + [UInt8(ascii: "\n")]
        }
        note(.uploads, lines)
    }

    /// Takes tasks until there is enough for a piece.
    ///
    /// - Returns: The last inner id, or nil when there are no more.
    private mutating func noteTasks(after last: Int64) async throws(ServiceError) -> Int64? {
        var lines: [UInt8] = []
        var last = last
        var isOver = false
        while lines.count < ArchiveFormat.taskPieceBytes, !isOver {
            let chronicles = try await stored(
                await environment.storage.moves.chronicles(
                    of: project,
                    after: last,
                    limit: tasksAtOnce
                )
            )
            let before = lines.count
            for chronicle in chronicles { lines += line(of: chronicle) }
            isOver = chronicles.count < tasksAtOnce
            last = chronicles.last?.task.innerID ?? last
            // As many at once as make a piece, so that large tasks come one by one.
            let average = max(1, (lines.count - before) / max(1, chronicles.count))
            tasksAtOnce = max(1, min(Self.mostTasksAtOnce, ArchiveFormat.taskPieceBytes / average))
        }
        note(.tasks, lines)
        return isOver ? nil : last
    }

    private mutating func line(of chronicle: TaskChronicle) -> [UInt8] {
        var data = MediaReferences.replace(
            "/data/upload/\(project)/",
            by: ArchiveFormat.uploadPrefix,
            in: chronicle.task.data.bytes
        )
        if options.includesLocalMedia { data = packLocalFiles(of: data) }
        var writer = JSONWriter(capacity: data.count + 1024)
        var line = ChronicleWriter(uploads: uploads)
        line.write(chronicle, data: data, &people, to: &writer)
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// Packs the files of media roots that the data refers to, before the task.
    private mutating func packLocalFiles(of data: [UInt8]) -> [UInt8] {
        let prefix = "/data/local-files/?d="
        var data = data
        for rest in Set(MediaReferences.rests(behind: prefix, in: data)).sorted() {
            guard let name = SafeName.percentDecoded(rest[...]),
                let path = media.path(of: prefix + rest),
                let byteCount = FilePath.regularFileSize(path)
            else { continue }
            // The set is a shortcut: a file that comes twice is passed over where it arrives.
            if packedLocalFiles.count > 100_000 { packedLocalFiles.removeAll() }
            let place = ArchiveFormat.localFolder + name.drop { $0 == "/" }
            if packedLocalFiles.insert(place).inserted {
                let entry = ArchiveFormat.media + place
                pieces.append(.file(entry, path: path, byteCount: byteCount))
            }
            data = MediaReferences.replaceAddress(
                prefix + rest,
                by: ArchiveFormat.uploadPrefix + SafeName.percentEncoded(path: place),
                in: data
            )
        }
        return data
    }

    // MARK: Writing

    private mutating func notePeople() {
        note(.users, people.takeLines())
    }

    private mutating func note(_ part: ArchiveFormat.Part, _ lines: [UInt8]) {
        if part != .users { notePeople() }
        guard !lines.isEmpty else { return }
        let number = numbers[part, default: 0] + 1
        numbers[part] = number
        pieces.append(.content(part.name(number), lines))
    }

    private mutating func put(_ piece: Piece) throws(ServiceError) {
        switch piece {
        case .content(let name, let content): archive.put(name, content)
        case .file(let name, let path, let byteCount):
            let opened = try FileDescriptor.reading(path)
            archive.begin(name, byteCount: byteCount)
            if byteCount > 0 { file = opened }
        }
    }

    private mutating func copy(_ source: FileDescriptor) throws(ServiceError) {
        let chunk = try source.read(Int(min(Int64(Self.chunkBytes), archive.missing)))
        guard !chunk.isEmpty else {
            var failure = ServiceError(
                .failed,
                "file_failed",
                "A media file became shorter while it was packed.",
                hint: "Pack the project again."
            )
            failure.cause = source.path
            throw failure
        }
        archive.append(chunk)
        if archive.missing == 0 { file = nil }
    }

    /// The path of an uploaded file below the project's folder.
    private static func inside(_ path: String) -> String {
        path.firstIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}
