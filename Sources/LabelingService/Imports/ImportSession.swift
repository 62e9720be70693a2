import Contracts
import LabelModel

/// An import of several files that come one after another in one request.
///
/// 1. ``add(name:mediaType:bytes:)`` each file, one at a time; it is on the disk when that returns.
/// 2. ``finish()`` or ``cancel()``, once. A failed one leaves neither tasks nor files behind.
public actor ImportSession {
    private let imports: Imports
    private let project: ProjectID
    private let options: ImportOptions
    private let user: User
    private var files: [FileUpload] = []

    init(_ imports: Imports, project: ProjectID, options: ImportOptions, user: User) {
        self.imports = imports
        self.project = project
        self.options = options
        self.user = user
    }

    /// Takes a file.
    ///
    /// - `name`: As the client sent it. Without an extension the media type says what it is.
    /// - `limit`: The most bytes that it may have.
    public func add(
        name: String,
        mediaType: String?,
        bytes: ByteStream,
        limit: Int64 = .max
    ) async throws(ServiceError) {
        let environment = imports.environment
        guard files.count < environment.limits.maxImportFiles else {
            throw ServiceError(
                .tooLarge,
                "import_too_large",
                "An import has at most \(environment.limits.maxImportFiles) files.",
                hint: "Import a folder instead, or send them in several requests."
            )
        }
        var fullName = name
        if SafeName.fileExtension(name).isEmpty {
            fullName += FileFormat.fileExtension(mediaType: mediaType)
        }
        guard FileFormat(fileExtension: SafeName.fileExtension(fullName)) != nil else {
            throw ServiceError(
                .invalid,
                "file_type_unknown",
                "Files like \"\(name)\" cannot be imported.",
                hint: "JSON, CSV, TSV, TXT, HTML, XML, images, audio, video and PDF can."
            )
        }
        files.append(
            try await imports.keep(bytes, name: fullName, project: project, limit: limit, by: user)
        )
    }

    /// Stores the tasks of all files, or, when the options say so, keeps the files alone.
    public func finish() async throws(ServiceError) -> ImportAnswer {
        guard options.commits else {
            var answer = ImportAnswer()
            answer.isCommitted = false
            answer.fileUploadIDs = files.map(\.id)
            for file in files {
                answer.foundFormats[SafeName.fileExtension(file.path), default: 0] += 1
            }
            return answer
        }
        do {
            return try await imports.importFiles(
                files,
                into: project,
                options: options,
                by: user
            )
        } catch {
            await cancel()
            throw error
        }
    }

    /// Takes the files away again.
    public func cancel() async {
        // A file that cannot be taken away now is left over, listed, and can be deleted later.
        for file in files { try? await imports.discard(file) }
        files = []
    }
}
