/// Tasks on their way to an exporter: one buffer of JSON text and where things lie in it.
public struct ExportBatch: Sendable {
    /// One task.
    public struct Entry: Hashable, Sendable {
        public var task: Int64
        public var project: Int64
        public var revision: Int64
        /// Microseconds since 1970-01-01T00:00:00Z.
        public var updatedAt: Int64
        public var annotationCount: Int64
        /// The whole task in Label Studio's JSON export shape.
        public var text: Range<Int>
        /// The task's `data` as it was stored.
        public var data: Range<Int>
        /// The `result` of each annotation as it was stored.
        public var results: [Range<Int>]
        /// The annotations that ``results`` belong to, in the same order; may be left empty, which
        /// makes them all 0.
        public var annotations: [Int64]

        public init(
            task: Int64,
            project: Int64,
            revision: Int64,
            updatedAt: Int64,
            annotationCount: Int64,
            text: Range<Int>,
            data: Range<Int>,
            results: [Range<Int>],
            annotations: [Int64] = []
        ) {
            self.task = task
            self.project = project
            self.revision = revision
            self.updatedAt = updatedAt
            self.annotationCount = annotationCount
            self.text = text
            self.data = data
            self.results = results
            self.annotations = annotations
        }
    }

    /// Checked JSON text of all tasks, one after another; ranges count bytes of it.
    public var bytes: [UInt8]
    public var entries: [Entry]

    public init(bytes: [UInt8] = [], entries: [Entry] = []) {
        self.bytes = bytes
        self.entries = entries
    }
}

/// Takes what an exporter writes.
///
/// Calls come from one thread at a time, off the cooperative pool,
/// and may block for back-pressure.
public protocol ExportSink: Sendable {
    /// Begins a file.
    ///
    /// `name`: A relative path that the host has checked: no `..`, no absolute path, no control
    /// characters.
    ///
    /// - Returns: Names the file in the calls that follow.
    func open(name: String, mediaType: String) throws(PluginError) -> Int32

    /// Appends to a file. `bytes` is valid until the call returns.
    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(PluginError)

    func close(_ file: Int32) throws(PluginError)

    /// Gives the exporter the media of its tasks; nil when it gets none.
    var media: (any MediaSource)? { get }
}

/// What a format could not hold.
public struct LossReport: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        /// Stable, such as `ellipse_not_supported`.
        public var code: String
        public var message: String
        public var count: Int64

        public init(code: String, message: String, count: Int64) {
            self.code = code
            self.message = message
            self.count = count
        }
    }

    public var entries: [Entry]

    public init(entries: [Entry] = []) {
        self.entries = entries
    }
}

/// One run of an exporter.
///
/// 1. `consume` any number of times, in the order of the export, one at a time.
/// 2. Then `finish` or `abort`, exactly one of them, once.
public protocol ExportRun: Sendable {
    func consume(_ batch: ExportBatch) async throws(PluginError)

    /// Ends the files. What was written counts only after this returned.
    func finish() async throws(PluginError) -> LossReport

    /// Ends the run without a result.
    func abort() async
}
