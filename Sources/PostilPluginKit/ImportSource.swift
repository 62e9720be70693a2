internal import CPostilPlugin

/// Brings tasks in.
///
///   1. `init` opens an import, perhaps where an earlier one stopped.
///   2. `next` is asked for batches until it says that none is left.
///   3. `writeCheckpoint` is asked between two calls of `next`, as the host likes.
public protocol ImportSource: SendableMetatype {
    /// Opens an import.
    init(_ opening: ImportOpening) throws(Failure)

    /// Appends tasks until the builder is full or none is left.
    ///
    /// Each root is one task: `{"data": {…}, "annotations": […], "predictions": […],
    /// "meta": {…}}`; all but `data` may be left out.
    ///
    /// - Returns: Whether there is more.
    mutating func next(_ builder: ValueBuilder) throws(Failure) -> Bool

    /// Writes one root from which `init` can go on behind the last task that was given.
    func writeCheckpoint(_ builder: ValueBuilder) throws(Failure)
}

/// What an import source is opened with.
public struct ImportOpening {
    /// `project`, `label_config`, `parsed_label_config` and `settings`.
    public let context: Value
    /// What an earlier `writeCheckpoint` wrote; missing to begin at the beginning.
    public let checkpoint: Value
    /// The files; may be kept.
    public let inputs: Inputs
    /// Whether the job is to stop; may be kept.
    public let cancellation: Cancellation
}

/// The files and folders of an import, numbered from 0, sorted by name.
///
/// There are no paths.
@safe public struct Inputs {
    let table: UnsafePointer<postil_inputs_t>

    /// How many there are.
    public var count: Int { unsafe Int(table.pointee.count(table.pointee.context)) }

    /// Relative, parts joined by `/`.
    public func name(_ index: Int) -> String {
        unsafe table.pointee.name(table.pointee.context, UInt64(index)).string
    }

    /// Whether it is a file; else a folder.
    public func isFile(_ index: Int) -> Bool {
        unsafe table.pointee.kind(table.pointee.context, UInt64(index)) == UInt32(POSTIL_INPUT_FILE)
    }

    /// What to write into a task's data to refer to the file.
    public func reference(_ index: Int) -> String {
        unsafe table.pointee.reference(table.pointee.context, UInt64(index)).string
    }

    /// The content of a file.
    ///
    /// The host's memory is given back before this returns: it keeps a bounded number of files
    /// open.
    public func contents(_ index: Int) throws(Failure) -> [UInt8] {
        var bytes = unsafe postil_bytes_t()
        try unsafe asking { error in
            unsafe table.pointee.map(table.pointee.context, UInt64(index), &bytes, error)
        }
        let copy = unsafe [UInt8](UnsafeBufferPointer(start: bytes.bytes, count: Int(bytes.count)))
        unsafe table.pointee.release(table.pointee.context, UInt64(index))
        return copy
    }
}

/// The C functions that drive any import source of the plugin.
enum ImportBridge {
    private typealias Box = Instance<any ImportSource>

    nonisolated(unsafe) static let table = unsafe permanent(make())

    private static func make() -> postil_import_source_t {
        var table = postil_import_source_t()
        table.size = UInt32(MemoryLayout<postil_import_source_t>.size)
        unsafe table.open = { arguments, instance, error in
            unsafe answering(error) { () throws(Failure) in
                guard let arguments = unsafe arguments?.pointee,
                    case .importSource(let type) = unsafe Registry.content(arguments.name.string)
                else { throw Failure(.unsupported, code: "no_such_source", "There is none.") }
                let opening = unsafe ImportOpening(
                    context: Batch(arguments.context_borrowed).root,
                    checkpoint: Batch(arguments.checkpoint_borrowed).root,
                    inputs: Inputs(table: arguments.inputs),
                    cancellation: Cancellation(arguments.cancel)
                )
                let box = Box(try type.init(opening))
                unsafe instance?.pointee = Unmanaged.passRetained(box).toOpaque()
                return 0
            }
        }
        unsafe table.next = { instance, builder, error in
            unsafe answering(error) { () throws(Failure) in
                guard let builder = unsafe builder else { return Int32(POSTIL_END) }
                let hasMore = try unsafe Box.of(instance).content.next(ValueBuilder(builder))
                return Int32(hasMore ? POSTIL_MORE : POSTIL_END)
            }
        }
        unsafe table.checkpoint = { instance, builder, error in
            unsafe answering(error) { () throws(Failure) in
                guard let builder = unsafe builder else { return 0 }
                try unsafe Box.of(instance).content.writeCheckpoint(ValueBuilder(builder))
                return 0
            }
        }
        unsafe table.close = { instance in unsafe Box.release(instance) }
        return table
    }
}
