internal import Contracts
internal import LabelModel

extension MLBackend {
    /// Label Studio's MLBackend; the password is never told.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("state", condition.state.rawValue)
            writer.member("readable_state", condition.state.title)
            writer.member("is_interactive", settings.isInteractive)
            writer.member("url", settings.url)
            writer.member("error_message", condition.error)
            writer.member("title", settings.title)
            writer.member("auth_method", settings.usesBasicAuth ? "BASIC_AUTH" : "NONE")
            writer.member("basic_auth_user", settings.user)
            writer.member("basic_auth_pass_is_set", !settings.password.isEmpty)
            writer.member("description", settings.description)
            writer.member("extra_params", raw: settings.extraParameters)
            writer.member("model_version", condition.modelVersion)
            writer.member("timeout", settings.timeoutSeconds as Double?)
            writer.member("created_at", createdAt)
            writer.member("updated_at", updatedAt)
            writer.member("auto_update", settings.updatesModelVersion)
            writer.member("project", project)
        }
    }
}

extension MLBackend.State {
    fileprivate var title: String {
        switch self {
        case .connected: "Connected"
        case .disconnected: "Disconnected"
        case .error: "Error"
        case .training: "Training"
        }
    }
}
