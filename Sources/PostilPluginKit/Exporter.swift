internal import CPostilPlugin

/// What an exporter reads of a task.
///
/// The manifest says the same.
public enum Reads: UInt32, Sendable {
    /// The JSON text; no tree is made.
    case text = 1
    /// The tree; no text of the whole task is made.
    case tree = 2
    /// Both.
    case both = 3
}

/// Turns tasks into a file format.
///
///   1. `init` opens an export.
///   2. `consume` takes each batch, in the order of the export.
///   3. `finish` writes what is left. An export that is given up is let go without it.
///
/// Several may be open at once, so nothing global may change.
public protocol Exporter: SendableMetatype {
    /// What is read of a task.
    static var reads: Reads { get }

    /// Opens an export: makes keys, reads settings, opens sinks.
    init(_ opening: ExporterOpening) throws(Failure)

    /// Takes the next batch of tasks.
    mutating func consume(_ tasks: Batch) throws(Failure)

    /// Writes what is still to be written; the last place to report losses.
    mutating func finish() throws(Failure)
}

/// What an exporter is opened with.
public struct ExporterOpening {
    /// `project`, `label_config`, `parsed_label_config`, `export` and `settings`.
    public let context: Value
    /// For names of members of tasks.
    public let keys: Keys
    /// Where files are written; may be kept.
    public let sinks: Sinks
    /// Takes what the format cannot hold; may be kept.
    public let losses: Losses
    /// Whether the job is to stop; may be kept.
    public let cancellation: Cancellation
}

/// Where an exporter writes.
///
/// Names are checked by the host, and nothing is published before the export has finished.
@safe public struct Sinks {
    let table: UnsafePointer<postil_sinks_t>

    /// Opens a file of the export.
    ///
    /// - Parameters:
    ///   - name: Relative, parts joined by `/`; the same name only once.
    ///   - mediaType: Such as `text/plain`; may be empty.
    /// - Returns: The file.
    /// - Throws: What the host reports.
    public func open(_ name: String, mediaType: String = "") throws(Failure) -> Sink {
        var number: UInt64 = 0
        try unsafe asking { error in
            unsafe withBytes(of: name) { name in
                unsafe withBytes(of: mediaType) { mediaType in
                    unsafe table.pointee.sink_open(
                        table.pointee.context,
                        name,
                        mediaType,
                        &number,
                        error
                    )
                }
            }
        }
        return unsafe Sink(table: table, number: number)
    }
}

/// A file of an export.
@safe public struct Sink {
    let table: UnsafePointer<postil_sinks_t>
    let number: UInt64

    /// Appends bytes.
    ///
    /// Cheap from 16 KiB on, so gather small writes.
    public func write(_ bytes: [UInt8]) throws(Failure) {
        try unsafe asking { error in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                unsafe table.pointee.sink_write(
                    table.pointee.context,
                    number,
                    postil_bytes_t(bytes: bytes.baseAddress, count: UInt64(bytes.count)),
                    error
                )
            }
        }
    }

    /// Completes the file.
    public func close() throws(Failure) {
        try unsafe asking { error in
            unsafe table.pointee.sink_close(table.pointee.context, number, error)
        }
    }
}

/// Takes what a format cannot hold.
@safe public struct Losses {
    let table: UnsafePointer<postil_losses_t>

    /// Reports a loss; those with the same code are added up.
    public func report(task: Int64 = 0, count: Int, code: String, _ message: String) {
        var loss = unsafe postil_loss_t()
        unsafe loss.size = UInt32(MemoryLayout<postil_loss_t>.size)
        unsafe loss.task_id = task
        unsafe loss.count = UInt64(count)
        unsafe withBytes(of: code) { code in
            unsafe withBytes(of: message) { message in
                unsafe loss.code = code
                unsafe loss.message = message
                unsafe table.pointee.report(table.pointee.context, &loss)
            }
        }
    }
}

/// The C functions that drive any exporter of the plugin.
enum ExporterBridge {
    private typealias Box = Instance<any Exporter>

    nonisolated(unsafe) private static let tables = unsafe [
        Reads.text, .tree, .both,
    ].map { unsafe permanent(make($0)) }

    @unsafe static func table(_ reads: Reads) -> UnsafeRawPointer? {
        unsafe tables[Int(reads.rawValue) - 1]
    }

    private static func make(_ reads: Reads) -> postil_exporter_t {
        var table = postil_exporter_t()
        table.size = UInt32(MemoryLayout<postil_exporter_t>.size)
        table.reads = reads.rawValue
        unsafe table.open = { arguments, instance, error in
            unsafe answering(error) { () throws(Failure) in
                guard let arguments = unsafe arguments?.pointee,
                    case .exporter(let type) = unsafe Registry.content(arguments.name.string)
                else { throw Failure(.unsupported, code: "no_such_format", "There is none.") }
                let opening = unsafe ExporterOpening(
                    context: Batch(arguments.context_borrowed).root,
                    keys: Keys(arguments.keys),
                    sinks: Sinks(table: arguments.sinks),
                    losses: Losses(table: arguments.losses),
                    cancellation: Cancellation(arguments.cancel)
                )
                let box = Box(try type.init(opening))
                unsafe instance?.pointee = Unmanaged.passRetained(box).toOpaque()
                return 0
            }
        }
        unsafe table.consume = { instance, tasks, error in
            unsafe answering(error) { () throws(Failure) in
                try unsafe Box.of(instance).content.consume(Batch(tasks))
                return 0
            }
        }
        unsafe table.finish = { instance, error in
            unsafe answering(error) { () throws(Failure) in
                try unsafe Box.of(instance).content.finish()
                return 0
            }
        }
        unsafe table.abort = { _ in }
        unsafe table.close = { instance in unsafe Box.release(instance) }
        return table
    }
}
