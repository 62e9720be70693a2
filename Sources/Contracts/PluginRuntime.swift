/// How a plugin's code is run, and how that has gone since the start of the daemon.
public struct PluginRuntime: Hashable, Sendable {
    /// Where the code runs.
    public enum Isolation: String, Hashable, Sendable {
        /// In processes of its own, inside a sandbox.
        case isolated
        /// Inside the daemon: bundled plugins, and those that an administrator trusts.
        case inProcess = "in-process"
    }

    /// What keeps a plugin's process in, as far as this machine's kernel can.
    public struct Sandbox: Hashable, Sendable {
        public enum Level: String, Hashable, Sendable {
            /// Limits of resources at most.
            case none
            /// File access or system calls are restricted, not both.
            case partial
            /// Both are.
            case full
        }

        public var level: Level
        /// What is missing, in sentences; empty at full level.
        public var missing: String

        public init(level: Level, missing: String = "") {
            self.level = level
            self.missing = missing
        }
    }

    /// What one process of the plugin really gets.
    public struct Permissions: Hashable, Sendable {
        public var memoryBytes: Int64

        public init(memoryBytes: Int64) { self.memoryBytes = memoryBytes }
    }

    public var isolation: Isolation
    /// What the host holds its processes to; `nil` in process, where nothing can be.
    public var permissions: Permissions?
    /// `nil` in process, and before the plugin's first process has started.
    public var sandbox: Sandbox?
    /// Exports, imports and metrics that are under way.
    public var activeRunCount: Int
    /// Incidents since the start: a task that crashes two processes in a row is one.
    public var crashCount: Int
    /// System calls that the sandbox refused since the start, habits of runtimes left out.
    public var refusalCount: Int
    /// What the last incident was.
    public var lastCrash: PluginError?
    /// Why the host does not use it until the next start.
    public var quarantine: PluginError?

    public init(
        isolation: Isolation,
        permissions: Permissions? = nil,
        sandbox: Sandbox? = nil,
        activeRunCount: Int = 0,
        crashCount: Int = 0,
        refusalCount: Int = 0,
        lastCrash: PluginError? = nil,
        quarantine: PluginError? = nil
    ) {
        self.isolation = isolation
        self.permissions = permissions
        self.sandbox = sandbox
        self.activeRunCount = activeRunCount
        self.crashCount = crashCount
        self.refusalCount = refusalCount
        self.lastCrash = lastCrash
        self.quarantine = quarantine
    }
}
