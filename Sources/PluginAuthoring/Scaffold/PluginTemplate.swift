import FoundationEssentials

/// What a new plugin offers.
public enum TemplateCapability: String, CaseIterable, Sendable {
    case exporter
    case importSource = "import-source"
    case tag
    case metric
}

/// What a new plugin is written in.
public enum TemplateLanguage: String, CaseIterable, Sendable {
    case c, cpp, rust, swift
}

/// A working plugin of the installation that is copied under another name.
public struct PluginTemplate: Sendable {
    private static let vendorID = "org.example."

    private let folder: String
    private let capability: TemplateCapability

    /// - Throws: `template_missing`.
    public init(
        _ capability: TemplateCapability,
        in language: TemplateLanguage,
        of toolkit: PluginToolkit
    ) throws(AuthoringError) {
        folder = "\(toolkit.templates)/\(language.rawValue)/\(capability.rawValue)"
        self.capability = capability
        guard Folder.exists(folder + "/manifest.json") else {
            throw AuthoringError(
                .templateMissing,
                "This installation has no template for \(capability.rawValue) in "
                    + "\(language.rawValue).",
                hint: "It would be \(folder)."
            )
        }
    }

    /// Copies the template.
    ///
    /// - Parameters:
    ///   - name: Stands wherever the template's name stood, in file names too.
    ///   - id: The plugin's id; `org.example.<name>` when it is `nil`.
    ///   - target: A folder that does not exist or is empty.
    /// - Returns: The files, relative to `target`.
    /// - Throws: `folder_exists`, or what the files say.
    public func copy(
        as name: PluginName,
        id: String?,
        to target: String
    ) throws(AuthoringError) -> [String] {
        guard Folder.names(target).isEmpty, !Folder.exists(target) || Folder.isFolder(target) else {
            throw AuthoringError(
                .folderExists,
                "\(target) exists and is not empty.",
                hint: "Choose another --directory."
            )
        }
        if let id { try Self.checkID(id) }
        let replacements = try replacements(name, id)
        var written: [String] = []
        for file in Folder.files(below: folder) {
            let path = Self.replaced(file, replacements)
            var bytes = try Folder.read(folder + "/" + file)
            if let text = String(validating: bytes, as: UTF8.self) {
                bytes = Array(Self.replaced(text, replacements).utf8)
            }
            try Folder.write(bytes, to: target + "/" + path)
            written.append(path)
        }
        return written
    }

    /// What each spelling of the template's own name becomes, longer ones first.
    private func replacements(_ name: PluginName, _ id: String?) throws(AuthoringError) -> [(
        String, String
    )] {
        let own = try PluginName(ownName())
        let spellings = [
            (Self.vendorID + own.kebab, id ?? Self.vendorID + name.kebab),
            (own.shouting, name.shouting), (own.kebab, name.kebab), (own.snake, name.snake),
            (own.pascal, name.pascal), (own.title, name.title), (own.lower, name.lower),
        ]
        return spellings
    }

    private static func checkID(_ id: String) throws(AuthoringError) {
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        let areSound = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy {
                    (97...122).contains($0) || (48...57).contains($0) || $0 == 45
                }
        }
        guard parts.count > 1, areSound else {
            throw AuthoringError(
                .nameInvalid,
                "`\(id)` cannot be the id of a plugin.",
                hint: "Reverse DNS in lower case, such as org.example.my-plugin."
            )
        }
    }

    private func ownName() -> String {
        switch capability {
        case .exporter: "label-table"
        case .importSource: "text-lines"
        case .tag: "length-line"
        case .metric: "label-overlap"
        }
    }

    private static func replaced(_ text: String, _ replacements: [(String, String)]) -> String {
        // In one pass: a new name may contain the old one.
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            if let (old, new) = replacements.first(where: { rest.hasPrefix($0.0) }) {
                result += new
                rest = rest.dropFirst(old.count)
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
