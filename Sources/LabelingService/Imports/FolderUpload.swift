import Contracts
import LabelModel

/// A folder on its way from a browser.
///
/// 1. ``add(name:bytes:)`` each file under its relative path, one at a time.
/// 2. ``finish()`` or ``cancel()``, once. A failed one leaves neither tasks nor files behind.
public actor FolderUpload {
    private let imports: Imports
    private let project: ProjectID
    private let source: String
    private let settings: [UInt8]?
    private let user: User
    /// Path of the folder below the upload area, `<project>/<8 hex>`.
    private let folder: String
    private var inputs: [ImportInput] = []
    private var names: Set<String> = []

    init(
        _ imports: Imports,
        project: ProjectID,
        source: String,
        settings: [UInt8]?,
        user: User
    ) {
        self.imports = imports
        self.project = project
        self.source = source
        self.settings = settings
        self.user = user
        folder = "\(project)/\(Secrets.hexadecimal(byteCount: 4))"
    }

    /// Takes a file.
    ///
    /// - `name`: Its path inside the folder, with `/`.
    ///
    /// Throws ``ServiceError`` `file_name_refused` for a path that leads elsewhere or was used.
    public func add(name: String, bytes: ByteStream) async throws(ServiceError) {
        let limits = imports.environment.limits
        guard let parts = SafeName.relativePath(name, maxDepth: limits.maxFolderDepth) else {
            throw ServiceError(
                .invalid,
                "file_name_refused",
                "\"\(name)\" is not a path inside the folder."
            )
        }
        let path = parts.joined(separator: "/")
        guard names.insert(path).inserted else {
            throw ServiceError(.invalid, "file_name_refused", "\"\(path)\" was sent twice.")
        }
        guard inputs.count < limits.maxFolderFiles else {
            throw ServiceError(
                .tooLarge,
                "folder_too_large",
                "The folder holds more than \(limits.maxFolderFiles) files."
            )
        }
        let area = imports.environment.uploads
        let stored = "\(folder)/\(path)"
        let byteCount = try await area.write(bytes, to: stored, limit: .max)
        inputs.append(
            ImportInput(
                name: path,
                byteCount: byteCount,
                path: area.absolutePath(stored),
                reference: "/data/upload/" + SafeName.percentEncoded(path: stored)
            )
        )
    }

    /// Lets the import source make tasks of the files.
    public func finish() async throws(ServiceError) -> ImportAnswer {
        do throws(ServiceError) {
            let setup = try await imports.setups.setup(of: project)
            let capability = try await imports.importSource(source, in: project)
            inputs.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            return try await imports.run(capability, settings, over: inputs, setup, by: user)
        } catch {
            cancel()
            throw error
        }
    }

    /// Takes the files away again.
    public func cancel() {
        imports.environment.uploads.remove(folder)
        inputs = []
    }
}
