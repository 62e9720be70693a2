internal import CPostilPlugin

/// Why a call failed, told so that the person at the other end can act on it.
public struct Failure: Error, Sendable {
    /// What kind of failure it is; the host decides by it.
    public enum Kind: Int32, Sendable {
        /// The data cannot be read, or not be expressed.
        case invalidData = -2
        /// The settings do not make sense together.
        case invalidSettings = -3
        /// Not offered by this plugin or this host.
        case unsupported = -4
        /// Reading or writing failed.
        case inputOutput = -5
        /// Memory ran out.
        case noMemory = -6
        /// A limit of the host was reached.
        case tooLarge = -7
        /// Stopped because the host asked for it.
        case cancelled = -8
        /// A mistake inside the plugin or the host.
        case internalMistake = -9
    }

    /// What the host gets as status.
    let status: Int32
    /// For programs: lower-case words joined by `_`.
    public let code: String
    /// For people: one sentence that says what to do about it.
    public let message: String
    /// The task that it is about; `nil` if none.
    public let task: Int64?

    /// Makes a failure.
    public init(_ kind: Kind, code: String, _ message: String, task: Int64? = nil) {
        status = kind.rawValue
        self.code = code
        self.message = message
        self.task = task
    }

    /// What a function of the host has reported.
    init(status: Int32, _ error: postil_error_t) {
        self.status = status
        code = Self.text(error.code)
        message = Self.text(error.message)
        task = error.task_id == 0 ? nil : error.task_id
    }

    private static func text<Tuple>(_ tuple: Tuple) -> String {
        unsafe withUnsafeBytes(of: tuple) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// Fills the host's structure.
    @unsafe func fill(_ error: UnsafeMutablePointer<postil_error_t>?) -> Int32 {
        _ = unsafe postil_fail(error, status, code, message)
        if let task { unsafe postil_error_locate(error, task, nil) }
        return status
    }
}

/// Runs what the host has called; a failure becomes a status and a filled structure.
@unsafe func answering(
    _ report: UnsafeMutablePointer<postil_error_t>?,
    _ body: () throws(Failure) -> Int32
) -> Int32 {
    do throws(Failure) {
        return try body()
    } catch {
        return unsafe error.fill(report)
    }
}

/// Asks a function of the host; what it reports is thrown.
@unsafe func asking(
    _ body: (UnsafeMutablePointer<postil_error_t>) -> Int32
) throws(Failure) {
    var error = postil_error_t()
    error.size = UInt32(MemoryLayout<postil_error_t>.size)
    let status = unsafe body(&error)
    guard status == 0 else { throw Failure(status: status, error) }
}
