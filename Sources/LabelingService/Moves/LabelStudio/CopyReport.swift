/// What came of copying a project, and what did not come.
public struct CopyReport: Sendable {
    /// Something that is not in the copy.
    public struct Loss: Hashable, Sendable {
        /// Stable, for programs.
        public let code: String
        /// Why, in a sentence.
        public let message: String
        public let count: Int
    }

    public var unpacked: UnpackedProject
    /// In the order in which they were found.
    public var losses: [Loss]
}

/// Gathers losses while a project is copied: one for each code and sentence.
struct CopyLosses {
    /// More different sentences than this become one for each code.
    private static let mostMessages = 200

    private var counts: [CopyReport.Loss: Int] = [:]
    private var order: [CopyReport.Loss] = []

    mutating func note(_ code: String, _ message: String, count: Int = 1) {
        guard count > 0 else { return }
        let isFull = order.count >= Self.mostMessages
        let text = isFull ? "There are more of these than are told one by one." : message
        let loss = CopyReport.Loss(code: code, message: text, count: 0)
        if counts[loss] == nil { order.append(loss) }
        counts[loss, default: 0] += count
    }

    var all: [CopyReport.Loss] {
        order.map { loss in
            CopyReport.Loss(code: loss.code, message: loss.message, count: counts[loss] ?? 0)
        }
    }
}
