import Contracts
import LabelingConfig

/// Reads a plugin's folder and compares it with its manifest.
///
/// Runs none of the plugin's code.
struct PackageInspector: Sendable {
    /// What was found, and what the finding rests on.
    struct Finding: Sendable {
        var result: Result<PluginPackage, PluginError>
        var stamps: FileStamps
    }

    static let manifestName = "manifest.json"
    static let maximumWebFileBytes = 32 * 1024 * 1024

    let hostVersion: SemanticVersion?

    /// Reads one folder.
    ///
    /// - Parameters:
    ///   - folder: Holds `manifest.json`.
    ///   - expected: Id and version by the names of the folders; `nil` when the folder may have any
    ///     name.
    /// - Returns: The package, or why it is refused.
    func inspect(_ folder: String, expected: PluginVersion?) -> Finding {
        var stamps = FileStamps()
        do {
            let package = try inspect(folder, expected: expected, noting: &stamps)
            return Finding(result: .success(package), stamps: stamps)
        } catch {
            return Finding(result: .failure(expected.map(error.of) ?? error), stamps: stamps)
        }
    }

    private func inspect(
        _ folder: String,
        expected: PluginVersion?,
        noting stamps: inout FileStamps
    ) throws(PluginError) -> PluginPackage {
        let manifestBytes = try manifestBytes(folder, noting: &stamps)
        let document = try ManifestReader.read(manifestBytes)
        do {
            if let expected { try checkNames(document.plugin, expected) }
            try checkHost(document)
            let library = try library(document, in: folder, noting: &stamps)
            let web = try WebFiles(document, in: folder, noting: &stamps)
            let seal = try PackageSeal.read(folder, noting: &stamps)
            try seal?.check(Self.manifestName, sha256: FileDigest.sha256(of: manifestBytes))
            if let library {
                try seal?.check(library.parts.joined(separator: "/"), sha256: library.sha256)
            }
            for (path, sha256) in web.digests { try seal?.check(path, sha256: sha256) }
            return PluginPackage(
                folder: folder,
                manifest: manifest(document, web),
                library: library,
                webDigest: web.digest,
                seal: seal,
                unknownCapabilities: document.unknownCapabilities,
                architectures: document.libraries.map(\.architecture)
            )
        } catch {
            throw error.of(expected ?? document.plugin)
        }
    }

    private func manifestBytes(_ folder: String, noting stamps: inout FileStamps)
        throws(PluginError) -> [UInt8]
    {
        stamps.note(folder + "/" + Self.manifestName)
        let limit = ManifestReader.maximumBytes
        do {
            let file = try ReadableFile(folder: folder, parts: [Self.manifestName])
            guard let bytes = try file.contents(limit: limit) else {
                throw ManifestReader.tooLarge(file.byteCount)
            }
            return bytes
        } catch let error as PluginError {
            throw error
        } catch {
            let reason = (error as? ReadableFile.Failure)?.inWords ?? "unknown reason"
            throw PluginError(
                .manifestUnreadable,
                "manifest.json cannot be read: \(reason).",
                hint: "A plugin's folder is <id>/<version>/ and holds a manifest.json."
            )
        }
    }

    private func checkNames(_ plugin: PluginVersion, _ expected: PluginVersion)
        throws(PluginError)
    {
        guard plugin.id == expected.id else {
            throw .manifest(
                "has the id `\(plugin.id)`, and the folder is named `\(expected.id)`",
                at: "/id",
                hint: "A plugin's folder is <id>/<version>/.",
                code: .folderMismatch
            )
        }
        guard plugin.version == expected.version else {
            throw .manifest(
                "has the version `\(plugin.version)`, and the folder is named "
                    + "`\(expected.version)`",
                at: "/version",
                hint: "A plugin's folder is <id>/<version>/.",
                code: .folderMismatch
            )
        }
    }

    private func checkHost(_ document: ManifestDocument) throws(PluginError) {
        guard let minimum = document.minimumHost, let hostVersion, hostVersion < minimum else {
            return
        }
        throw .manifest(
            "asks for a newer Postil",
            at: "/minHost",
            hint: "Update Postil, or install an older version of the plugin.",
            code: .hostTooOld
        )
    }

    private func library(
        _ document: ManifestDocument,
        in folder: String,
        noting stamps: inout FileStamps
    ) throws(PluginError) -> PluginPackage.Library? {
        guard !document.libraries.isEmpty else { return nil }
        let host = LibraryImage.hostArchitecture
        guard let entry = document.libraries.first(where: { $0.architecture == host }) else {
            let offered = document.libraries.map(\.architecture).joined(separator: ", ")
            throw .manifest(
                "lists libraries for \(offered) and none for this machine",
                at: "/libraries",
                hint: "This machine is \(host).",
                code: .architectureMissing
            )
        }
        stamps.note(folder + "/" + entry.path.description)
        let file = try open(entry.path, in: folder, at: entry.pointer + "/path")
        let sha256 = try PluginLibraryFile.check(file, entry)
        return PluginPackage.Library(
            path: folder + "/" + entry.path.description,
            parts: entry.path.parts,
            sha256: sha256
        )
    }

    private func manifest(_ document: ManifestDocument, _ web: WebFiles) -> PluginManifest {
        let tags = document.tags.map { tag in
            PluginTag(
                tag: tag.tag,
                kind: tag.kind.rawValue,
                json: tag.json,
                definition: tag.definition(
                    plugin: document.plugin,
                    pluginName: document.name,
                    webFiles: web.files
                )
            )
        }
        return PluginManifest(
            plugin: document.plugin,
            name: document.name,
            description: document.description,
            vendor: document.vendor,
            license: document.license,
            capabilities: document.capabilities,
            tags: tags,
            metrics: document.metrics,
            webFiles: web.files,
            panels: document.panels.compactMap { panel in
                web.files.first { $0.path == panel.module }.map { file in
                    PluginPanel(
                        id: panel.id,
                        title: panel.title,
                        place: panel.place,
                        module: file.url
                    )
                }
            },
            permissions: document.permissions
        )
    }
}

/// Opens a file of the package; what is wrong becomes a refusal.
func open(_ path: PackagePath, in folder: String, at pointer: String) throws(PluginError)
    -> ReadableFile
{
    do {
        return try ReadableFile(folder: folder, parts: path.parts)
    } catch .link {
        throw .manifest(
            "names `\(path)`, which is or lies behind a symbolic link",
            at: pointer,
            hint: "A package holds plain files.",
            code: .pathEscapes
        )
    } catch {
        throw .manifest(
            "names `\(path)`, which cannot be read: \(error.inWords)",
            at: pointer,
            hint: "Install the package again.",
            code: .fileMissing
        )
    }
}
