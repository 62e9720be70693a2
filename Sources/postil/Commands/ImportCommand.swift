internal import ArgumentParser
internal import Contracts
internal import FoundationEssentials
internal import LabelModel
internal import LabelingService

/// `postil import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import tasks into a project from files: JSON, CSV, TSV or text.",
        discussion: "With --source an import source of a plugin reads the files, or all files of "
            + "a folder; they are copied into the data folder."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "Id of the project.")
    var project: Int64

    @Option(help: "Address of the user who imports. (default: the first administrator)")
    var email: String?

    @Option(help: "Name of an import source, such as coco.")
    var source: String?

    @Option(help: "Settings of the import source: a JSON object.")
    var settings: String?

    @Argument(help: "Files to import, all or none; with --source folders too.")
    var files: [String]

    func validate() throws {
        guard settings == nil || source != nil else {
            throw ValidationError("--settings are those of an import source; name it by --source.")
        }
    }

    func run() async throws {
        let configuration = try await data.settings()
        let answer = try await Workplace.with(configuration, logger: DataOptions.logger) {
            workplace in
            let user = try await workplace.user(of: email)
            if let source {
                return try await importFiles(with: source, workplace.service.imports, by: user)
            }
            return try await importTasks(workplace.service.imports, by: user)
        }
        Terminal.print(
            "\(answer.taskCount) tasks, \(answer.annotationCount) annotations, "
                + "\(answer.predictionCount) predictions"
        )
        for loss in answer.losses.entries {
            Terminal.complain(LossLine.text(ofImport: loss))
        }
    }

    private func importTasks(_ imports: Imports, by user: User) async throws -> ImportAnswer {
        let session = try await imports.begin(
            into: ProjectID(rawValue: project),
            options: ImportOptions(),
            by: user
        )
        do {
            for file in files {
                let url = URL(filePath: AbsolutePath.of(file))
                try await session.add(
                    name: url.lastPathComponent,
                    mediaType: nil,
                    bytes: FileChunks(path: url.path(percentEncoded: false))
                )
            }
            return try await session.finish()
        } catch {
            await session.cancel()
            throw error
        }
    }

    private func importFiles(
        with source: String,
        _ imports: Imports,
        by user: User
    ) async throws -> ImportAnswer {
        let upload = try await imports.beginFolder(
            into: ProjectID(rawValue: project),
            with: source,
            settings: settings.map { Array($0.utf8) },
            by: user
        )
        do {
            for file in files {
                for (name, path) in try Self.names(of: AbsolutePath.of(file)) {
                    try await upload.add(name: name, bytes: FileChunks(path: path))
                }
            }
            return try await upload.finish()
        } catch {
            await upload.cancel()
            throw error
        }
    }

    /// A file under its own name, or the files of a folder under their paths inside it.
    private static func names(of path: String) throws -> [(name: String, path: String)] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure("There is no file or folder \(path).")
        }
        guard isFolder else { return [(URL(filePath: path).lastPathComponent, path)] }
        return try FileManager.default.subpathsOfDirectory(atPath: path).sorted().compactMap {
            name in
            let inside = path + "/" + name
            var isFolder = false
            let isThere = FileManager.default.fileExists(atPath: inside, isDirectory: &isFolder)
            let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
            return isThere && !isFolder && !isHidden ? (name, inside) : nil
        }
    }
}
