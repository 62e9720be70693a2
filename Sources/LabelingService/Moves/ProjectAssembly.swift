import Contracts
import LabelModel

/// Puts a project together that comes from elsewhere; nobody sees it before it is whole.
///
/// 1. ``init(_:by:)`` makes a hidden project.
/// 2. People, files and tasks, in any order in which what is spoken of comes first.
/// 3. ``finish(_:)`` or ``cancel()``, once.
struct ProjectAssembly {
    /// Tasks and bytes that wait in memory: few enough that annotators' writes hardly notice.
    private static let batchTasks = 500
    private static let batchBytes = 8 << 20

    private let environment: ServiceEnvironment
    private let user: User
    private let arrival: ArrivingProject
    private var known: [String: UserID] = [:]
    private var waiting: [TaskChronicle] = []
    private var waitingBytes = 0
    /// People who were not known here and got a place of their own.
    private var placeholders: [User] = []
    private(set) var counts = UnpackedProject.Counts()

    init(_ environment: ServiceEnvironment, by user: User) async throws(ServiceError) {
        self.environment = environment
        self.user = user
        arrival = try await stored(await environment.storage.moves.begin(by: user.id))
    }

    // MARK: People

    /// The person with an address, who is made when there is none: inactive, without a password,
    /// so that nobody can sign in as them.
    mutating func person(
        email: String,
        username: String,
        firstName: String,
        lastName: String
    ) async throws(ServiceError) -> UserID {
        let address = email.lowercased()
        if let id = known[address] { return id }
        let users = environment.storage.users
        if let found = try await stored(await users.credentials(email: address)) {
            known[address] = found.user.id
            counts.knownUsers += 1
            return found.user.id
        }
        var new = NewUser(
            email: address,
            username: username,
            role: .member,
            passwordHash: nil,
            tokenDigest: environment.sha256(Array(Secrets.hexadecimal(byteCount: 20).utf8))
        )
        new.firstName = firstName
        new.lastName = lastName
        guard let made = try await stored(await users.insert([new])).first else {
            throw ServiceError(.failed, "storage_failed", "The user was not stored.")
        }
        placeholders.append(made)
        known[address] = made.id
        var changes = UserChanges()
        changes.isActive = false
        _ = try await stored(await users.update(made.id, changes))
        return made.id
    }

    // MARK: Files

    /// Notes an uploaded file; its bytes come by ``beginFile(_:)``.
    ///
    /// - `path`: Below the project's folder.
    mutating func upload(
        _ path: String,
        byteCount: Int64,
        by user: UserID,
        at moment: Timestamp
    ) async throws(ServiceError) -> FileUploadID {
        let file = FileUpload(
            id: FileUploadID(rawValue: 0),
            project: arrival.project,
            user: user,
            path: "\(arrival.project)/\(path)",
            byteCount: byteCount,
            createdAt: moment
        )
        return try await stored(await environment.storage.moves.add(file, to: arrival)).id
    }

    /// Opens a file of the project for its bytes; nil when it is there already.
    ///
    /// - `path`: Below the project's folder.
    /// - Throws: ``ServiceError`` `file_name_refused` when the path leads elsewhere.
    mutating func beginFile(_ path: String) throws(ServiceError) -> FileDescriptor? {
        guard
            let parts = SafeName.relativePath(
                path,
                maxDepth: environment.limits.maxFolderDepth + 2
            ), !parts.contains(where: { $0.hasPrefix(".") })
        else {
            throw ServiceError(
                .invalid,
                "file_name_refused",
                "\"\(path.prefix(200))\" is no path of a file below the project's folder."
            )
        }
        let absolute = environment.uploads.absolutePath(
            "\(arrival.project)/\(parts.joined(separator: "/"))"
        )
        guard FilePath.regularFileSize(absolute) == nil else { return nil }
        if let slash = absolute.lastIndex(of: "/") {
            try FilePath.makeFolder(String(absolute[..<slash]))
        }
        counts.files += 1
        return try FileDescriptor.creating(absolute)
    }

    // MARK: Tasks

    /// Takes a task; references to files of the project begin as ``ArchiveFormat/uploadPrefix``.
    mutating func add(_ chronicle: TaskChronicle) async throws(ServiceError) {
        var chronicle = chronicle
        chronicle.task.data = RawJSON(
            checked: MediaReferences.replace(
                ArchiveFormat.uploadPrefix,
                by: "/data/upload/\(arrival.project)/",
                in: chronicle.task.data.bytes
            )
        )
        counts.count(chronicle)
        waitingBytes += chronicle.byteCount
        waiting.append(chronicle)
        if waiting.count >= Self.batchTasks || waitingBytes >= Self.batchBytes { try await flush() }
    }

    private mutating func flush() async throws(ServiceError) {
        guard !waiting.isEmpty else { return }
        try await stored(await environment.storage.moves.append(waiting, to: arrival))
        waiting.removeAll(keepingCapacity: true)
        waitingBytes = 0
    }

    // MARK: The end

    /// Shows the project to everyone.
    mutating func finish(
        _ dossier: ProjectDossier
    ) async throws(ServiceError) -> UnpackedProject {
        try await flush()
        let project = try await stored(
            await environment.storage.moves.commit(arrival, dossier, by: user.id)
        )
        let installed = await environment.catalog.installed().map(\.plugin)
        return UnpackedProject(
            project: project,
            counts: counts,
            placeholders: placeholders.map(\.email),
            missingPlugins: dossier.plugins.filter(\.isEnabled).map(\.plugin)
                .filter { !installed.contains($0) }
        )
    }

    /// Takes everything back.
    ///
    /// What cannot be taken back now nobody sees either, and the store takes it back at its next
    /// start.
    mutating func cancel() async {
        waiting = []
        try? await environment.storage.moves.rollBack(arrival)
        environment.uploads.removeAll(of: arrival.project)
        for person in placeholders { try? await environment.storage.users.remove(person.id) }
    }
}

extension TaskChronicle {
    /// Bytes of its large parts.
    fileprivate var byteCount: Int {
        task.data.bytes.count
            + annotations.reduce(0) { $0 + $1.result.bytes.count }
            + versions.reduce(0) { $0 + $1.annotation.result.bytes.count }
            + drafts.reduce(0) { $0 + $1.result.bytes.count }
            + predictions.reduce(0) { $0 + $1.result.bytes.count }
    }
}
