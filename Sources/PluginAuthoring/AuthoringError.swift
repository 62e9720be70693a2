/// Why a tool for plugin authors did not do its work.
public struct AuthoringError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What programs decide by.
    public enum Code: String, Hashable, Sendable {
        case nameInvalid = "name_invalid"
        case folderExists = "folder_exists"
        case templateMissing = "template_missing"
        case fileUnreadable = "file_unreadable"
        case fileUnwritable = "file_unwritable"
        case sourceInvalid = "source_invalid"
        case compilerMissing = "compiler_missing"
        case compilerFailed = "compiler_failed"
        case packageRefused = "package_refused"
        case checkerMissing = "checker_missing"
    }

    public var code: Code
    /// A sentence for people.
    public var message: String
    /// What to do about it.
    public var hint: String?

    public init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    public var description: String { "\(code.rawValue): \(message)" }
}
