import Contracts

extension PluginError {
    /// Something wrong in a manifest.
    ///
    /// - Parameters:
    ///   - clause: Completes the sentence "The manifest …".
    ///   - pointer: The JSON pointer of the place.
    ///   - hint: How to mend it.
    ///   - code: What programs decide by.
    /// - Returns: The refusal.
    static func manifest(
        _ clause: String,
        at pointer: String,
        hint: String? = nil,
        code: Code = .manifestInvalid
    ) -> PluginError {
        let place = pointer.isEmpty ? "" : " (at \(pointer))"
        return PluginError(code, "The manifest \(clause)\(place).", hint: hint, pointer: pointer)
    }

    /// The error with the plugin's name in it, unless it has one.
    func of(_ plugin: PluginVersion) -> PluginError {
        var copy = self
        copy.plugin = copy.plugin ?? plugin
        return copy
    }
}

extension PluginError.Code {
    /// The folder's name is not the manifest's id or version.
    static let folderMismatch = PluginError.Code(rawValue: "folder_mismatch")
    /// A file that the manifest lists is not in the package.
    static let fileMissing = PluginError.Code(rawValue: "file_missing")
    /// The plugin asks for a newer Postil.
    static let hostTooOld = PluginError.Code(rawValue: "host_too_old")
}
