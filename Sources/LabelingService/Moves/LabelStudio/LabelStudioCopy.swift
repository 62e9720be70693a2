import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// Copies one project out of a running Label Studio.
///
/// Tasks come in pages behind the last id, so that those who work there meanwhile shift nothing.
/// The copy is a ``ProjectAssembly``: nobody sees it before it is whole, and one that fails leaves
/// nothing, so it is begun again without a task coming twice.
struct LabelStudioCopy {
    private static let mostTasksAtOnce = 100

    private let environment: ServiceEnvironment
    private let source: LabelStudioSource
    private let user: User
    private let tellProgress: @Sendable (_ tasks: Int64) -> Void
    private var client: LabelStudioClient
    private var assembly: ProjectAssembly
    private var known = LabelStudioPeople()
    /// People by their id there.
    private var people: [Int64: UserID] = [:]
    /// Uploaded files by the end of their path.
    private var uploads: [String: FileUploadID] = [:]
    private var files: Set<String> = []
    private var tasksAtOnce = Self.mostTasksAtOnce
    private var lastInnerID: Int64 = 0
    private(set) var losses = CopyLosses()

    init(
        _ environment: ServiceEnvironment,
        _ source: LabelStudioSource,
        by user: User,
        _ tellProgress: @escaping @Sendable (_ tasks: Int64) -> Void
    ) async throws(ServiceError) {
        self.environment = environment
        self.source = source
        self.user = user
        self.tellProgress = tellProgress
        client = try LabelStudioClient(source, outbound: environment.outbound)
        assembly = try await ProjectAssembly(environment, by: user)
    }

    /// Copies; `plugins` are what a new project begins with.
    mutating func run(
        enabling plugins: [PluginEnablement]
    ) async throws(ServiceError) -> UnpackedProject {
        let project = try await client.json("/api/projects/\(source.project)/")
        let config = project["label_config"]?.string ?? ""
        do {
            _ = try LabelingConfigParser(limits: .standard).parse(config)
        } catch {
            throw ServiceError(error)
        }
        for user in try await client.json("/api/users/").elements { known.add(user) }
        try await copyUploads()
        try await copyTasks()
        try await noteDifference()
        let creator = try await person(project["created_by"]?["id"]?.int64 ?? 0)
        var settings = ProjectSettings(labelStudio: project)
        settings.labelConfig = config
        if let title = source.title { settings.title = title }
        try settings.check()
        let createdAt =
            project["created_at"]?.string.flatMap { Timestamp(iso8601: $0) }
            ?? environment.clock.now()
        return try await assembly.finish(
            ProjectDossier(
                settings: settings,
                createdBy: project["created_by"]?["id"] == nil ? user.id : creator,
                createdAt: createdAt,
                updatedAt: environment.clock.now(),
                lastInnerID: lastInnerID,
                configs: [LabelConfigVersion(version: 1, createdAt: createdAt, text: config)],
                plugins: plugins,
                views: try await views()
            )
        )
    }

    mutating func cancel() async { await assembly.cancel() }

    // MARK: Tasks

    private mutating func copyTasks() async throws(ServiceError) {
        var last: Int64 = 0
        while true {
            let page: JSONText
            do throws(ServiceError) {
                page = try await client.json(path(ofTasksBehind: last))
            } catch {
                // Large tasks come one by one rather than not at all.
                guard error.code == "answer_too_large", tasksAtOnce > 1 else { throw error }
                tasksAtOnce = max(1, tasksAtOnce / 4)
                continue
            }
            let tasks = page["tasks"].map { Array($0.elements) } ?? []
            for task in tasks {
                let task = LabelStudioTask(task: task, now: environment.clock.now())
                guard task.id > last else {
                    throw ServiceError(
                        .failed,
                        "source_answer_invalid",
                        "Label Studio gives task \(task.id) behind task \(last).",
                        hint: "Its version may not know how to filter by id; nothing was copied."
                    )
                }
                last = task.id
                try await copy(task)
            }
            guard !tasks.isEmpty else { return }
            tellProgress(assembly.counts.tasks)
        }
    }

    private func path(ofTasksBehind last: Int64) -> String {
        let query =
            #"{"filters":{"conjunction":"and","items":[{"filter":"filter:tasks:id","#
            + #""operator":"greater","type":"Number","value":\#(last)}]},"ordering":["tasks:id"]}"#
        return "/api/tasks/?project=\(source.project)&fields=all&resolve_uri=false&page=1"
            + "&page_size=\(tasksAtOnce)&query=\(SafeName.percentEncoded(path: query))"
    }

    private mutating func copy(_ task: LabelStudioTask) async throws(ServiceError) {
        for id in task.people.sorted() { _ = try await person(id) }
        var drafts: [String: UserID] = [:]
        for email in task.draftAuthors {
            if let id = known.id(ofEmail: email) { drafts[email] = try await person(id) }
        }
        var chronicle = task.chronicle(
            innerIDAfter: lastInnerID,
            people: people,
            drafts: drafts,
            standIn: user.id,
            upload: task.uploadName.flatMap { uploads[FileNames.last($0)] },
            &losses
        )
        lastInnerID = chronicle.task.innerID
        chronicle.task.data = try await withFiles(chronicle.task.data)
        try await assembly.add(chronicle)
    }

    /// The person of an id there, made here when unknown.
    private mutating func person(_ id: Int64) async throws(ServiceError) -> UserID {
        if let user = people[id] { return user }
        let (person, isKnown) = known.person(id)
        if !isKnown, id != 0 {
            losses.note("person_unknown", "Label Studio does not tell the address of user \(id).")
        }
        let user = try await assembly.person(
            email: person.email,
            username: person.username,
            firstName: person.firstName,
            lastName: person.lastName
        )
        people[id] = user
        return user
    }

    // MARK: Files

    /// Files that were uploaded there: those that tasks came from.
    private mutating func copyUploads() async throws(ServiceError) {
        guard source.includesFiles else { return }
        let path = "/api/projects/\(source.project)/file-uploads?all=true"
        for upload in try await client.json(path).elements {
            guard let file = upload["file"]?.string else { continue }
            let name = FileNames.last(file)
            guard let byteCount = try await copyFile("/data/upload/\(source.project)/\(name)", name)
            else { continue }
            uploads[name] = try await assembly.upload(
                name,
                byteCount: byteCount,
                by: user.id,
                at: environment.clock.now()
            )
        }
    }

    /// Copies the files that a task's data refers to, and lets it refer to the copies.
    private mutating func withFiles(_ data: RawJSON) async throws(ServiceError) -> RawJSON {
        var bytes = data.bytes
        if MediaReferences.hasCloudReference(bytes) {
            losses.note(
                "cloud_reference",
                "A task refers to an object of a cloud storage: link the storage to the project."
            )
        }
        guard source.includesFiles else { return data }
        let upload = "/data/upload/\(source.project)/"
        let local = "/data/local-files/?d="
        for (prefix, folder) in [(upload, ""), (local, ArchiveFormat.localFolder)] {
            for rest in Set(MediaReferences.rests(behind: prefix, in: bytes)).sorted() {
                guard let name = SafeName.percentDecoded(rest[...]) else { continue }
                let place = folder + name.drop { $0 == "/" }
                if !files.contains(place), uploads[place] == nil {
                    guard try await copyFile(prefix + rest, place) != nil else { continue }
                }
                bytes = MediaReferences.replaceAddress(
                    prefix + rest,
                    by: ArchiveFormat.uploadPrefix + SafeName.percentEncoded(path: place),
                    in: bytes
                )
            }
        }
        return RawJSON(checked: bytes)
    }

    /// Copies a file of the server; nil when it does not give it out.
    ///
    /// - Returns: How many bytes it has.
    private mutating func copyFile(
        _ path: String,
        _ place: String
    ) async throws(ServiceError) -> Int64? {
        let (stream, status) = try await client.file(path)
        guard let stream else {
            losses.note("file_not_given", "Label Studio answers \(status) for a file: \(path)")
            return nil
        }
        guard let file = try assembly.beginFile(place) else { return nil }
        var byteCount: Int64 = 0
        try await stream.chunks.forEachChunk { chunk throws(ServiceError) in
            byteCount += Int64(chunk.count)
            try file.write(chunk)
        }
        try file.synchronize()
        // Past this many a file may be asked for twice, which costs time and nothing else.
        if files.count < 1_000_000 { files.insert(place) }
        return byteCount
    }

    // MARK: The rest

    private mutating func views() async throws(ServiceError) -> [TaskView] {
        var views: [TaskView] = []
        let path = "/api/dm/views/?project=\(source.project)"
        for view in try await client.json(path).elements {
            guard let data = view["data"], data.kind == .object else { continue }
            let author = view["user"]?.int64 ?? view["user"]?["id"]?.int64
            var owner = user.id
            if let author { owner = try await person(author) }
            views.append(
                TaskView(
                    id: ViewID(rawValue: 0),
                    project: ProjectID(rawValue: 0),
                    user: owner,
                    position: Int64(views.count),
                    data: RawJSON(checked: data.rawBytes)
                )
            )
        }
        return views
    }

    /// Compares what came with what the server counts, and tells what its API does not give away.
    private mutating func noteDifference() async throws(ServiceError) {
        let project = try await client.json("/api/projects/\(source.project)/")
        let wanted = project["task_number"]?.int64 ?? assembly.counts.tasks
        if wanted > assembly.counts.tasks {
            losses.note(
                "task_missing",
                "Label Studio counts more tasks than it gave out.",
                count: Int(wanted - assembly.counts.tasks)
            )
        }
        for (path, code, name) in [
            ("/api/webhooks/", "webhook", "webhook"), ("/api/ml/", "ml_backend", "model"),
            ("/api/storages/", "storage", "storage"),
            ("/api/storages/export", "storage", "storage"),
        ] {
            guard let list = try? await client.json("\(path)?project=\(source.project)") else {
                continue
            }
            losses.note(
                "\(code)_not_copied",
                "A \(name) is linked to the project: it holds secrets, so link it here again.",
                count: list.count
            )
        }
    }
}
