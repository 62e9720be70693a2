import Contracts

extension ServiceError {
    /// What a plugin's failure means to the one who asked.
    ///
    /// Settings, and tasks that a format cannot express, are the caller's to mend; a plugin that
    /// broke, hung or could not be loaded is not.
    init(_ error: PluginError) {
        let kind: Kind =
            switch error.code {
            case .settingsInvalid, .callFailed: .invalid
            case .unknown: .notFound
            default: .failed
            }
        self.init(kind, error.code.rawValue, error.message, hint: error.hint)
        plugin = error.plugin
        place = error.pointer.map { .pointer($0) }
        cause = error.function.map { function in
            error.task.map { "\(function), task \($0)" } ?? function
        }
    }
}
