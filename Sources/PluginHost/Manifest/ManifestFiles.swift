import Contracts
import ValueTree

/// The manifest's `libraries`, `web` and `panels`: which files the package holds.
enum ManifestFiles {
    static func libraries(_ entries: [JSONText]) throws(PluginError) -> [ManifestDocument.Library] {
        var libraries: [ManifestDocument.Library] = []
        for entry in entries {
            var object = try ManifestObject(entry)
            let library = ManifestDocument.Library(
                architecture: try object.requiredString("arch", limit: 32),
                path: try path(&object, "path"),
                sha256: try digest(&object),
                runtimes: try object.strings("runtimes"),
                pointer: entry.pointer
            )
            try object.refuseUnknown()
            guard !libraries.contains(where: { $0.architecture == library.architecture }) else {
                throw .manifest(
                    "lists two libraries for \(library.architecture)",
                    at: entry.pointer + "/arch"
                )
            }
            libraries.append(library)
        }
        return libraries
    }

    static func web(_ entries: [JSONText]) throws(PluginError) -> [ManifestDocument.WebEntry] {
        var files: [ManifestDocument.WebEntry] = []
        for entry in entries {
            var object = try ManifestObject(entry)
            let file = ManifestDocument.WebEntry(
                path: try path(&object, "module"),
                integrity: try integrity(&object),
                pointer: entry.pointer
            )
            _ = try object.word("isolation", WebIsolation.self)
            try object.refuseUnknown()
            guard !files.contains(where: { $0.path == file.path }) else {
                throw .manifest("lists `\(file.path)` twice", at: entry.pointer + "/module")
            }
            files.append(file)
        }
        return files
    }

    /// Panels are drawn by the browser alone; here only what they refer to is checked.
    static func panels(
        _ entries: [JSONText],
        in web: [ManifestDocument.WebEntry]
    ) throws(PluginError) -> [ManifestDocument.Panel] {
        var panels: [ManifestDocument.Panel] = []
        for entry in entries {
            var object = try ManifestObject(entry)
            let id = try object.requiredString("id", limit: 64)
            let title = try object.requiredString("title", limit: 256)
            let place = try object.requiredString("place", limit: 64)
            let module = try path(&object, "module")
            try object.refuseUnknown()
            guard !panels.contains(where: { $0.id == id }) else {
                throw .manifest("has two panels with the id `\(id)`", at: entry.pointer + "/id")
            }
            guard web.contains(where: { $0.path == module }) else {
                throw .manifest(
                    "names the file `\(module)` for a panel and does not list it in `web`",
                    at: entry.pointer + "/module",
                    hint: "Add an entry with that path to `web`."
                )
            }
            panels.append(.init(id: id, title: title, place: place, module: module.description))
        }
        return panels
    }

    private static func path(_ object: inout ManifestObject, _ name: String) throws(PluginError)
        -> PackagePath
    {
        let text = try object.requiredString(name)
        return try PackagePath(text, at: object.text.pointer + "/" + name)
    }

    private static func digest(_ object: inout ManifestObject) throws(PluginError) -> String? {
        guard let text = try object.string("sha256", limit: 128) else { return nil }
        let lowercased = text.lowercased()
        guard lowercased.utf8.count == 64, lowercased.allSatisfy(\.isHexDigit) else {
            throw .manifest(
                "has no SHA-256 as `sha256`",
                at: object.text.pointer + "/sha256",
                hint: "64 hexadecimal digits, as sha256sum prints them."
            )
        }
        return lowercased
    }

    private static func integrity(_ object: inout ManifestObject) throws(PluginError) -> String? {
        guard let text = try object.string("integrity", limit: 256) else { return nil }
        guard text.hasPrefix("sha384-") else {
            throw .manifest(
                "has `\(text)` as `integrity`",
                at: object.text.pointer + "/integrity",
                hint: "sha384- and the digest in base64."
            )
        }
        return text
    }

    private enum WebIsolation: String, CaseIterable {
        case inline, frame
    }
}
