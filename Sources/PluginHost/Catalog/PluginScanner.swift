import Contracts

/// Looks through plugin folders and remembers what it has read, so that looking again costs a
/// `stat` per file and no reading.
struct PluginScanner: Sendable {
    /// One plugin's folder.
    struct Entry: Sendable {
        var plugin: PluginVersion
        var isBundled: Bool
        var result: Result<PluginPackage, PluginError>

        /// Address of the content, when it was installed from a package.
        var digest: String? { seal?.digests.digest }
        /// The key that signed the package.
        var signer: PluginVerifyingKey? { seal?.signer }

        /// SHA-256 of the library for this machine.
        var libraryDigest: String? {
            if case .success(let package) = result { package.library?.sha256 } else { nil }
        }

        private var seal: PackageSeal? {
            if case .success(let package) = result { package.seal } else { nil }
        }
    }

    let directories: [PluginDirectory]
    let inspector: PackageInspector
    private var listings = DirectoryListings()
    private var findings: [String: PackageInspector.Finding] = [:]

    init(directories: [PluginDirectory], inspector: PackageInspector) {
        // Bundled ones first: what came with the installation wins over a copy of it.
        self.directories = directories.filter(\.isBundled) + directories.filter { !$0.isBundled }
        self.inspector = inspector
    }

    /// All plugin folders, by id and then version.
    mutating func scan() -> [Entry] {
        var entries: [Entry] = []
        var seen: [PluginVersion: String] = [:]
        var folders: Set<String> = []
        for directory in directories {
            for id in listings.folders(in: directory.path) {
                let parent = directory.path + "/" + id
                let versions = listings.folders(in: parent)
                if let misplaced = misplaced(id, parent, versions: versions) {
                    entries.append(
                        Entry(
                            plugin: misplaced.0,
                            isBundled: directory.isBundled,
                            result: .failure(misplaced.1)
                        )
                    )
                    continue
                }
                for version in versions {
                    let folder = parent + "/" + version
                    let plugin = PluginVersion(id: id, version: version)
                    folders.insert(folder)
                    var entry = Entry(
                        plugin: plugin,
                        isBundled: directory.isBundled,
                        result: finding(folder, plugin)
                    )
                    if let first = seen.updateValue(folder, forKey: plugin) {
                        seen[plugin] = first
                        entry.result = .failure(duplicate(plugin, first: first))
                    }
                    entries.append(entry)
                }
            }
        }
        findings = findings.filter { folders.contains($0.key) }
        return entries.sorted(by: Self.precedes)
    }

    private mutating func finding(_ folder: String, _ plugin: PluginVersion)
        -> Result<PluginPackage, PluginError>
    {
        if let known = findings[folder], known.stamps.areStillTrue { return known.result }
        let finding = inspector.inspect(folder, expected: plugin)
        findings[folder] = finding
        return finding.result
    }

    /// A package that was dropped in without the folder of its version.
    private func misplaced(_ id: String, _ folder: String, versions: [String])
        -> (PluginVersion, PluginError)?
    {
        guard FileStamp(of: folder + "/" + PackageInspector.manifestName) != nil else { return nil }
        let plugin = PluginVersion(id: id, version: "")
        return (
            plugin,
            PluginError(
                .folderMismatch,
                "The folder `\(id)` holds a manifest directly.",
                hint: "Move its content into `\(id)/<version>/`.",
                plugin: plugin
            )
        )
    }

    private func duplicate(_ plugin: PluginVersion, first: String) -> PluginError {
        PluginError(
            .duplicate,
            "\(plugin) is installed twice; the one in \(first) is used.",
            hint: "Remove one of the two folders.",
            plugin: plugin
        )
    }

    private static func precedes(_ left: Entry, _ right: Entry) -> Bool {
        if left.plugin.id != right.plugin.id { return left.plugin.id < right.plugin.id }
        switch (SemanticVersion(left.plugin.version), SemanticVersion(right.plugin.version)) {
        case (let first?, let second?) where first != second: return first < second
        default: return left.plugin.version < right.plugin.version
        }
    }
}
