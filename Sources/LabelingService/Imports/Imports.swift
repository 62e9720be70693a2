public import Contracts
public import LabelModel

/// Brings tasks in: request bodies, uploaded files, folders.
///
/// Whatever the way, an import is checked alike and stored as a whole or not at all.
public struct Imports: Sendable {
    let environment: ServiceEnvironment
    let setups: ProjectSetups
    let plugins: Plugins
    /// Files that the browser may show.
    public let media: MediaFiles
    /// Files that come in pieces.
    public let partials: PartialUploads

    init(_ environment: ServiceEnvironment, setups: ProjectSetups, plugins: Plugins) {
        self.environment = environment
        self.setups = setups
        self.plugins = plugins
        media = MediaFiles(environment)
        partials = PartialUploads(area: environment.uploads)
    }

    /// Imports a request's body that is the data itself: JSON, CSV, TSV or TXT.
    ///
    /// - `mediaType`: As the request says it; nil and unknown ones count as JSON.
    public func importBody(
        _ bytes: ByteStream,
        mediaType: String?,
        into project: ProjectID,
        options: ImportOptions,
        by user: User
    ) async throws(ServiceError) -> ImportAnswer {
        let setup = try await setups.setup(of: project)
        let fileExtension = FileFormat.fileExtension(mediaType: mediaType)
        guard fileExtension == ".json" else {
            // Tables are read twice, so they go by way of the disk, under a name that no address
            // leads to.
            let path = ".incoming/\(Secrets.hexadecimal(byteCount: 8))\(fileExtension)"
            _ = try await environment.uploads.write(bytes, to: path, limit: .max)
            defer { environment.uploads.remove(path) }
            return try await run(setup, options, user) { tasks async throws(ServiceError) in
                try await tasks.readFile(
                    path: environment.uploads.absolutePath(path),
                    name: path,
                    reference: "",
                    file: nil
                )
            }
        }
        return try await run(setup, options, user) { tasks async throws(ServiceError) in
            tasks.beginFile(format: ".json", couldBeTasksList: false)
            try await tasks.readJSON(bytes, file: nil)
            try tasks.endFile()
        }
    }

    /// Begins an import of files that come one after another.
    public func begin(
        into project: ProjectID,
        options: ImportOptions,
        by user: User
    ) async throws(ServiceError) -> ImportSession {
        _ = try await setups.setup(of: project)
        return ImportSession(self, project: project, options: options, user: user)
    }

    /// Imports files that were uploaded before.
    public func reimport(
        _ ids: [FileUploadID],
        into project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> ImportAnswer {
        var files: [FileUpload] = []
        for id in ids {
            let file = try await file(id)
            guard file.project == project else { throw .notFound("File \(id)") }
            files.append(file)
        }
        return try await importFiles(files, into: project, options: ImportOptions(), by: user)
    }

    // MARK: Files

    /// Uploaded files of a project by id.
    public func files(of project: ProjectID) async throws(ServiceError) -> [FileUpload] {
        try await stored(await environment.storage.files.files(of: project))
    }

    public func file(_ id: FileUploadID) async throws(ServiceError) -> FileUpload {
        guard let file = try await stored(await environment.storage.files.file(id)) else {
            throw .notFound("File \(id)")
        }
        return file
    }

    /// Deletes uploaded files; tasks that refer to them stay.
    ///
    /// - `ids`: nil for all files of the project.
    ///
    /// Returns how many there were.
    public func deleteFiles(
        _ ids: [FileUploadID]?,
        of project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> Int {
        let files = try await files(of: project).filter { ids?.contains($0.id) ?? true }
        for file in files { try await discard(file) }
        return files.count
    }

    // MARK: Parts

    /// Stores a file that comes in, under a name of its own.
    func keep(
        _ bytes: ByteStream,
        name: String,
        project: ProjectID,
        limit: Int64 = .max,
        by user: User
    ) async throws(ServiceError) -> FileUpload {
        let file = try await environment.uploads.store(
            bytes,
            name: name,
            project: project,
            limit: limit
        )
        do throws(StorageError) {
            return try await environment.storage.files.insert(
                path: file.path,
                byteCount: file.byteCount,
                project: project,
                by: user.id
            )
        } catch {
            environment.uploads.remove(file.path)
            throw ServiceError(error)
        }
    }

    func importFiles(
        _ files: [FileUpload],
        into project: ProjectID,
        options: ImportOptions,
        by user: User
    ) async throws(ServiceError) -> ImportAnswer {
        let setup = try await setups.setup(of: project)
        var answer = try await run(setup, options, user) { tasks async throws(ServiceError) in
            for file in files {
                try await tasks.readFile(
                    path: environment.uploads.absolutePath(file.path),
                    name: file.path,
                    reference: "/data/upload/\(file.path)",
                    file: file.id
                )
            }
        }
        answer.fileUploadIDs = files.map(\.id)
        return answer
    }

    /// Runs one import to its end, and takes everything back when it fails.
    func run(
        _ setup: ProjectSetup,
        _ options: ImportOptions,
        _ user: User,
        _ read: (inout TaskImport) async throws(ServiceError) -> Void
    ) async throws(ServiceError) -> ImportAnswer {
        var tasks = TaskImport(environment, setup: setup, options: options, by: user)
        do {
            try await read(&tasks)
            return try await tasks.finish()
        } catch {
            await tasks.cancel()
            throw error
        }
    }

    func discard(_ file: FileUpload) async throws(ServiceError) {
        try await stored(await environment.storage.files.delete(file.id))
        environment.uploads.remove(file.path)
    }
}
