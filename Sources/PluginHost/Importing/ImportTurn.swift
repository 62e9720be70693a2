import LabelModel

/// What one turn of an import source gave.
enum ImportTurn: Sendable {
    case tasks([RawJSON])
    /// Nothing was ready; it is worth asking again in a moment.
    case again
    case end

    /// What a caller of an import run gets; waits a little when nothing was ready.
    func tasks() async -> [RawJSON]? {
        switch self {
        case .tasks(let tasks): return tasks
        case .end: return nil
        case .again:
            // The source waits for something; the end of the calling task ends the pause.
            try? await Task.sleep(for: .milliseconds(20))
            return []
        }
    }
}
