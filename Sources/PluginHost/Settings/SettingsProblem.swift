/// What is wrong with settings, or with a schema of settings.
struct SettingsProblem: Error, Hashable, Sendable {
    /// JSON pointer into what was judged; empty for the whole of it.
    var pointer: String
    /// A sentence for people.
    var message: String
    var hint: String?

    init(_ message: String, at pointer: String, hint: String? = nil) {
        self.pointer = pointer
        self.message = message
        self.hint = hint
    }
}
