import LabelModel
import ValueTree

extension TaskImport {
    /// Reads a JSON text: a list of tasks, or one task.
    ///
    /// A text of ordinary size is parsed in one go. A larger one is cut into its elements as it
    /// comes in, and never held as a whole.
    mutating func readJSON(
        _ bytes: ByteStream,
        file: FileUploadID?
    ) async throws(ServiceError) {
        var body = IncomingJSON(
            limit: environment.limits.importBufferBytes,
            maxElementBytes: environment.limits.maxTaskBytes
        )
        try await bytes.forEachChunk { chunk throws(ServiceError) in
            for element in try body.append(chunk) { try await take(element, file: file) }
        }
        switch try body.finish() {
        case .whole(let text): try await readWhole(text, file: file)
        case .split(let rest): for element in rest { try await take(element, file: file) }
        }
    }

    private mutating func readWhole(
        _ bytes: [UInt8],
        file: FileUploadID?
    ) async throws(ServiceError) {
        let text = try JSONText.parse(bytes)
        switch text.kind {
        case .array:
            for (index, element) in text.elements.enumerated() {
                try await take(
                    element,
                    byteCount: element.rawRange.count,
                    at: "/\(index)",
                    file: file
                )
            }
        case .object:
            try await take(text, byteCount: bytes.count, at: "", file: file)
        default:
            throw ServiceError(
                .invalid,
                "import_form",
                "Tasks are a JSON list of objects, or one object.",
                at: .pointer("")
            )
        }
    }

    private mutating func take(
        _ element: IncomingJSON.Element,
        file: FileUploadID?
    ) async throws(ServiceError) {
        try await take(
            element.text,
            byteCount: element.byteCount,
            at: element.pointer,
            file: file
        )
    }
}
