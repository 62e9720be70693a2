import CPostilPlugin
import Contracts
import Glibc

/// The table of inputs that one import source reads, with descriptors and memory opened when asked.
///
/// Lives until the instance is closed. Called on the instance's thread only, from inside the
/// plugin; proof for `@unchecked Sendable`.
@safe final class InputBridge: @unchecked Sendable {
    private static let maximumOpen = 256
    /// Larger files are read by their descriptor.
    ///
    /// What `map` gives is a copy: a file that shrinks while it is mapped kills the process that
    /// reads it, and folders of media do change under an import.
    private static let maximumMappedBytes = 64 * 1024 * 1024

    @safe private struct Opened {
        var file: Int32
        var copy: UnsafeMutableRawBufferPointer?
    }

    let table: UnsafeMutablePointer<postil_inputs_t>
    private let inputs: [ImportInput]
    /// Names and references, one after the other, at addresses that stay.
    private let texts: TextStore
    private var opened: [Int: Opened] = [:]

    init(_ inputs: [ImportInput]) {
        self.inputs = inputs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        texts = TextStore(self.inputs.flatMap { [$0.name, $0.reference] })
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: postil_inputs_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_inputs_t>.size)
        unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe fillDescriptions()
        unsafe fillContents()
    }

    deinit {
        releaseAll()
        unsafe table.deallocate()
    }

    func releaseAll() {
        for index in opened.keys { release(index) }
    }

    @unsafe private func fillDescriptions() {
        unsafe table.pointee.count = { unsafe UInt64(InputBridge.from($0)?.inputs.count ?? 0) }
        unsafe table.pointee.name = { context, index in
            unsafe InputBridge.from(context)?.text(index, part: 0) ?? postil_bytes_t()
        }
        unsafe table.pointee.reference = { context, index in
            unsafe InputBridge.from(context)?.text(index, part: 1) ?? postil_bytes_t()
        }
        unsafe table.pointee.kind = { context, index in
            unsafe InputBridge.from(context)?.position(index) == nil ? 0 : UInt32(POSTIL_INPUT_FILE)
        }
        unsafe table.pointee.byte_count = { context, index in
            guard let bridge = unsafe InputBridge.from(context),
                let position = bridge.position(index)
            else { return 0 }
            return UInt64(max(bridge.inputs[position].byteCount, 0))
        }
    }

    @unsafe private func fillContents() {
        unsafe table.pointee.descriptor = { context, index, descriptor, error in
            guard let bridge = unsafe InputBridge.from(context), let target = unsafe descriptor
            else {
                return Int32(POSTIL_ERROR_INVALID_ARGUMENT)
            }
            do throws(InputFailure) {
                unsafe target.pointee = try bridge.open(index)
                return Int32(POSTIL_OK)
            } catch let failure {
                return unsafe failure.fill(error)
            }
        }
        unsafe table.pointee.map = { context, index, bytes, error in
            guard let bridge = unsafe InputBridge.from(context), let target = unsafe bytes else {
                return Int32(POSTIL_ERROR_INVALID_ARGUMENT)
            }
            do throws(InputFailure) {
                unsafe target.pointee = try bridge.contents(index)
                return Int32(POSTIL_OK)
            } catch let failure {
                return unsafe failure.fill(error)
            }
        }
        unsafe table.pointee.release = { context, index in
            guard let bridge = unsafe InputBridge.from(context),
                let position = bridge.position(index)
            else { return }
            bridge.release(position)
        }
    }

    @unsafe private static func from(_ context: UnsafeMutableRawPointer?) -> InputBridge? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<InputBridge>.fromOpaque(context).takeUnretainedValue()
    }

    private func position(_ index: UInt64) -> Int? {
        Int(exactly: index).flatMap { inputs.indices.contains($0) ? $0 : nil }
    }

    @unsafe private func text(_ index: UInt64, part: Int) -> postil_bytes_t {
        guard let position = position(index) else { return unsafe postil_bytes_t() }
        return unsafe texts[position * 2 + part]
    }

    private func open(_ index: UInt64) throws(InputFailure) -> Int32 {
        guard let position = position(index) else { throw .noSuchInput }
        if let known = opened[position] { return known.file }
        guard opened.count < Self.maximumOpen else { throw .tooManyOpen }
        do {
            let file = try ReadableFile(path: inputs[position].path)
            // The descriptor outlives the value that opened it; `release` closes it.
            let descriptor = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0)
            guard descriptor >= 0 else { throw ReadableFile.Failure.system(errno) }
            opened[position] = unsafe Opened(file: descriptor)
            return descriptor
        } catch {
            throw .unreadable(
                inputs[position].name,
                "\((error as? ReadableFile.Failure)?.inWords ?? "unknown reason")"
            )
        }
    }

    private func contents(_ index: UInt64) throws(InputFailure) -> postil_bytes_t {
        let file = try open(index)
        guard let position = position(index) else { throw .noSuchInput }
        if let copy = unsafe opened[position]?.copy { return unsafe Self.bytes(copy) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            throw .unreadable(inputs[position].name, "its size is unknown")
        }
        guard Int(status.st_size) <= Self.maximumMappedBytes else {
            throw .tooLarge(inputs[position].name, Self.maximumMappedBytes)
        }
        let copy = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Int(status.st_size),
            alignment: 16
        )
        let count = unsafe Self.read(file, into: copy)
        unsafe opened[position]?.copy = unsafe UnsafeMutableRawBufferPointer(
            start: copy.baseAddress,
            count: count
        )
        return unsafe Self.bytes(UnsafeMutableRawBufferPointer(rebasing: copy[..<count]))
    }

    private func release(_ position: Int) {
        guard let opened = opened.removeValue(forKey: position) else { return }
        unsafe opened.copy?.deallocate()
        Glibc.close(opened.file)
    }

    @unsafe private static func bytes(_ copy: UnsafeMutableRawBufferPointer) -> postil_bytes_t {
        unsafe postil_bytes_t(
            bytes: copy.baseAddress?.assumingMemoryBound(to: UInt8.self),
            count: UInt64(copy.count)
        )
    }

    /// - Returns: How many bytes there were; fewer than asked for when the file has shrunk.
    @unsafe private static func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer)
        -> Int
    {
        var filled = 0
        while filled < buffer.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = unsafe pread(file, rest.baseAddress, rest.count, filled)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            filled += count
        }
        return filled
    }
}

/// Why the host did not give an input.
private enum InputFailure: Error {
    case noSuchInput
    case tooManyOpen
    case unreadable(String, String)
    case tooLarge(String, Int)

    /// Writes the failure into the plugin's error structure.
    @unsafe func fill(_ error: UnsafeMutablePointer<postil_error_t>?) -> postil_status_t {
        switch self {
        case .noSuchInput:
            unsafe postil_fail(
                error,
                Int32(POSTIL_ERROR_INVALID_ARGUMENT),
                "no_such_input",
                "There is no input of that number."
            )
        case .tooManyOpen:
            unsafe postil_fail(
                error,
                Int32(POSTIL_ERROR_TOO_LARGE),
                "too_many_open",
                "Too many inputs are open at once; release those that are done with."
            )
        case .unreadable(let name, let reason):
            unsafe postil_fail(
                error,
                Int32(POSTIL_ERROR_IO),
                "input_unreadable",
                "The file \(name) cannot be read: \(reason)."
            )
        case .tooLarge(let name, let limit):
            unsafe postil_fail(
                error,
                Int32(POSTIL_ERROR_TOO_LARGE),
                "input_too_large",
                "The file \(name) has more than \(limit) bytes; read it by its descriptor."
            )
        }
    }
}
