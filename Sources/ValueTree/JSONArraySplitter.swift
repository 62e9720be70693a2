import CSimdJSON

/// Cuts a long JSON array that arrives in chunks into its elements, keeping no more than one.
///
///   1. `append` each chunk; it hands out the elements that are complete.
///   2. `finish` says that there is no more, and refuses a text that ends too early.
///
/// A text that is not an array is one element. The splitter itself looks at brackets, quotes and
/// commas only: an element is not checked before `Element.parse()`.
@safe public struct JSONArraySplitter: ~Copyable {
    /// An element as it stands in the text, without the white space around it.
    public struct Element: Sendable {
        public let bytes: [UInt8]
        /// From 0.
        public let index: Int
        /// Of its first byte in the whole text.
        public let offset: Int
        /// Of its first byte, from 1.
        public let line: Int
        /// Of its first byte, from 1.
        ///
        /// Counts bytes.
        public let column: Int
        /// Its JSON pointer in the whole text: "/17", or "" if the text is no array.
        public let pointer: String

        /// Checks the element.
        ///
        /// Errors tell the place in the whole text.
        public func parse() throws(JSONTextError) -> JSONText {
            do {
                return try JSONText(parsing: bytes)
            } catch {
                throw error.moved(toOffset: offset, line: line, column: column, pointer: pointer)
            }
        }
    }

    private let splitter: OpaquePointer?

    /// - Parameter maximumElementBytes: A longer element is refused with `tooLarge`; it bounds the
    ///   memory in use.
    public init(maximumElementBytes: Int = 256 << 20) {
        unsafe splitter = unsafe postil_json_splitter_make(UInt64(max(maximumElementBytes, 0)))
    }

    deinit {
        unsafe postil_json_splitter_free(splitter)
    }

    /// Whether the text is an array; nil as long as that is not known.
    public var rootIsArray: Bool? {
        guard let splitter = unsafe splitter else { return nil }
        let answer = unsafe postil_json_splitter_root_is_array(splitter)
        return answer < 0 ? nil : answer == 1
    }

    /// Takes the next chunk and hands out the elements that it completes, in order.
    ///
    /// After an error nothing more can be appended: the same error comes again.
    public mutating func append<Failure: Error>(
        _ chunk: [UInt8],
        _ body: (Element) throws(Failure) -> Void
    ) throws {
        let results = unsafe chunk.withUnsafeBufferPointer { chunk in
            Result { unsafe try split(chunk, body) }
        }
        try results.get()
    }

    /// Says that the text is complete.
    ///
    /// Hands out a number that is the whole text.
    public mutating func finish<Failure: Error>(
        _ body: (Element) throws(Failure) -> Void
    ) throws {
        var element = unsafe postil_json_element_t()
        var error = postil_json_error_t()
        guard let splitter = unsafe splitter else { throw Self.outOfMemory }
        switch unsafe postil_json_splitter_finish(splitter, &element, &error) {
        case 1: try body(unsafe copy(element))
        case 0: break
        default: throw unsafe JSONTextError(error, in: UnsafeBufferPointer(start: nil, count: 0))
        }
    }

    /// Says that the text is complete, when a lone number at its root is of no use.
    public mutating func finish() throws(JSONTextError) {
        do {
            try finish { (_: Element) in }
        } catch let error as JSONTextError {
            throw error
        } catch {
            throw Self.outOfMemory
        }
    }

    private func split<Failure: Error>(
        _ chunk: UnsafeBufferPointer<UInt8>,
        _ body: (Element) throws(Failure) -> Void
    ) throws {
        guard let splitter = unsafe splitter else { throw Self.outOfMemory }
        unsafe postil_json_splitter_push(splitter, chunk.baseAddress, UInt64(chunk.count))
        while true {
            var element = unsafe postil_json_element_t()
            var error = postil_json_error_t()
            switch unsafe postil_json_splitter_next(splitter, &element, &error) {
            case 1: try body(unsafe copy(element))
            case 0: return
            default:
                throw unsafe JSONTextError(error, in: UnsafeBufferPointer(start: nil, count: 0))
            }
        }
    }

    private func copy(_ element: postil_json_element_t) -> Element {
        let bytes = unsafe UnsafeBufferPointer(start: element.bytes, count: Int(element.count))
        return unsafe Element(
            bytes: Array(bytes),
            index: Int(element.index),
            offset: Int(element.offset),
            line: Int(element.line),
            column: Int(element.column),
            pointer: rootIsArray == true ? "/\(element.index)" : ""
        )
    }

    private static var outOfMemory: JSONTextError {
        JSONTextError(code: .tooLarge, offset: 0, line: 1, column: 1)
    }
}
