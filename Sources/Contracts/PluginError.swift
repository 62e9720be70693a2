/// What went wrong with a plugin, told so that an administrator can act on it.
public struct PluginError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What programs decide by.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        // Refusals at discovery.
        public static let manifestUnreadable = Code(rawValue: "manifest_unreadable")
        public static let manifestTooLarge = Code(rawValue: "manifest_too_large")
        public static let manifestNotJSON = Code(rawValue: "manifest_not_json")
        public static let manifestInvalid = Code(rawValue: "manifest_invalid")
        public static let pathEscapes = Code(rawValue: "path_escapes")
        public static let digestMismatch = Code(rawValue: "digest_mismatch")
        public static let architectureMissing = Code(rawValue: "architecture_missing")
        public static let abiUnknown = Code(rawValue: "abi_unknown")
        public static let duplicate = Code(rawValue: "plugin_duplicate")
        // Refusals at loading.
        public static let notLoadable = Code(rawValue: "not_loadable")
        public static let entryMissing = Code(rawValue: "entry_missing")
        public static let entryRefused = Code(rawValue: "entry_refused")
        public static let capabilityMissing = Code(rawValue: "capability_missing")
        // Failures of a call.
        public static let callFailed = Code(rawValue: "call_failed")
        public static let callTimedOut = Code(rawValue: "call_timed_out")
        public static let callCancelled = Code(rawValue: "call_cancelled")
        public static let crashed = Code(rawValue: "plugin_crashed")
        public static let answerInvalid = Code(rawValue: "answer_invalid")
        public static let settingsInvalid = Code(rawValue: "settings_invalid")
        public static let sinkFailed = Code(rawValue: "sink_failed")
        public static let quarantined = Code(rawValue: "plugin_quarantined")
        public static let unknown = Code(rawValue: "plugin_unknown")
    }

    public var code: Code
    /// A sentence that names the plugin and what it did.
    public var message: String
    /// How to mend it.
    public var hint: String?
    public var plugin: PluginVersion?
    /// The function that was called, such as `exporter.consume`.
    public var function: String?
    /// The task that the plugin named or was given last.
    public var task: Int64?
    /// A JSON pointer into that task.
    public var pointer: String?
    /// The signal that ended the plugin's process, when one did.
    public var signal: Int32?
    /// Where the plugin crashed, as library and offset: `libexample.so+0x1a2b`.
    public var place: String?

    public init(
        _ code: Code,
        _ message: String,
        hint: String? = nil,
        plugin: PluginVersion? = nil,
        function: String? = nil,
        task: Int64? = nil,
        pointer: String? = nil
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.plugin = plugin
        self.function = function
        self.task = task
        self.pointer = pointer
    }

    public var description: String { "\(code.rawValue): \(message)" }
}
