import Synchronization

/// Moves the write-ahead log into the database file, on a thread beside the writer's.
///
/// Moving thousands of pages and flushing them takes tens of milliseconds, in which a writer that
/// did it alone would answer nobody. The log can only begin anew when all of it was moved, though,
/// and the writer goes on adding to it; so the writer moves the few pages that came meanwhile:
///
/// 1. The log has grown by enough pages: the writer asks for a checkpoint.
/// 2. This thread moves what the log held at that moment.
/// 3. After its next commit the writer moves the rest. Its next write begins the log anew.
final class Checkpointer: Sendable {
    private enum Progress {
        case idle
        case underWay
        case nearlyDone
    }

    private let progress = Mutex(Progress.idle)
    private let requests = JobQueue<Progress>()
    private let pages: Int64

    /// - Parameter pages: Written to the log before it is moved.
    init(pages: Int) {
        self.pages = Int64(pages)
    }

    private static let checkpoint = SQLText("PRAGMA wal_checkpoint(PASSIVE)")

    /// What the writer does after a commit.
    ///
    /// `writtenPages` counts from the last checkpoint; it is set to zero when one is done.
    func afterCommit(_ writtenPages: inout Int64, on connection: Connection) {
        guard pages > 0 else { return }
        let step = progress.withLock { progress in
            let step = progress
            switch step {
            case .idle: if writtenPages >= pages { progress = .underWay }
            case .underWay: break
            case .nearlyDone: progress = .idle
            }
            return step
        }
        if step == .idle, writtenPages >= pages { _ = requests.add(.underWay) }
        guard step == .nearlyDone else { return }
        // A checkpoint that fails leaves all data in the log, for the next one.
        try? connection.run(Self.checkpoint)
        writtenPages = 0
    }

    func close() {
        requests.close(threads: 1)
    }

    /// Works until it is closed.
    func run(on connection: Connection) {
        while !requests.take(upTo: 1).isEmpty {
            try? connection.run(Self.checkpoint)
            progress.withLock { $0 = .nearlyDone }
        }
    }
}
