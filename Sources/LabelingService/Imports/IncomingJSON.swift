import ValueTree

/// A JSON text on its way in, held as a whole while it is small and cut into its elements once it
/// is not.
struct IncomingJSON: ~Copyable {
    struct Element {
        let text: JSONText
        let byteCount: Int
        /// Of the element in the whole text; "" when the text is one value and no list.
        let pointer: String
    }

    enum Ending {
        /// The text was small: here it is, not parsed yet.
        case whole([UInt8])
        /// The elements that were still missing.
        case split([Element])
    }

    private let limit: Int
    private let maxElementBytes: Int
    private var gathered: [UInt8] = []
    private var splitter: JSONArraySplitter
    /// True once the text was too long to be held as a whole.
    private var isSplit = false

    init(limit: Int, maxElementBytes: Int) {
        self.limit = limit
        self.maxElementBytes = maxElementBytes
        splitter = JSONArraySplitter(maximumElementBytes: maxElementBytes)
    }

    /// Takes a chunk.
    ///
    /// - Returns: The elements that it completed; none as long as the text is small.
    mutating func append(_ chunk: [UInt8]) throws(ServiceError) -> [Element] {
        if isSplit { return try split(chunk) }
        if gathered.isEmpty { gathered = chunk } else { gathered.append(contentsOf: chunk) }
        guard gathered.count > limit else { return [] }
        isSplit = true
        let held = gathered
        gathered = []
        return try split(held)
    }

    mutating func finish() throws(ServiceError) -> Ending {
        guard isSplit else { return .whole(gathered) }
        var elements: [Element] = []
        do {
            try splitter.finish { element throws(JSONTextError) in
                elements.append(try Self.read(element))
            }
        } catch {
            throw failure(error)
        }
        return .split(elements)
    }

    private mutating func split(_ chunk: [UInt8]) throws(ServiceError) -> [Element] {
        var elements: [Element] = []
        do {
            try splitter.append(chunk) { element throws(JSONTextError) in
                elements.append(try Self.read(element))
            }
        } catch {
            throw failure(error)
        }
        return elements
    }

    private static func read(
        _ element: JSONArraySplitter.Element
    ) throws(JSONTextError) -> Element {
        Element(
            text: try element.parse(),
            byteCount: element.bytes.count,
            pointer: element.pointer
        )
    }

    private func failure(_ error: any Error) -> ServiceError {
        guard let error = error as? JSONTextError else {
            return ServiceError(.failed, "json_failed", "The text could not be read.")
        }
        let failure = ServiceError(error)
        guard failure.kind == .tooLarge, let place = failure.place else { return failure }
        return .taskTooLarge(limit: maxElementBytes, at: place)
    }
}
