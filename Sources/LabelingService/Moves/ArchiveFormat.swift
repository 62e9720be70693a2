/// The names in an archive of a project; `Docs/reference/project-archive.md` describes them.
enum ArchiveFormat {
    static let name = "postil.project"
    /// Counts up when older programs could not read it right.
    static let version: Int64 = 1

    static let manifest = "manifest.json"
    static let project = "project.json"

    /// A part that comes in numbered pieces.
    enum Part: String {
        case users, uploads, tasks, sums

        /// The name of a piece, counted from 1.
        func name(_ number: Int) -> String {
            let digits = String(number)
            let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
            return "\(rawValue)/\(zeros)\(digits).\(self == .sums ? "sha256" : "ndjson")"
        }
    }

    static let media = "media/"

    /// Entries that one piece of sums speaks of at most.
    static let entriesOfSums = 256

    /// Bytes of a piece of tasks from which on the next one begins.
    static let taskPieceBytes = 1 << 20

    /// How data refers to a file of the project in the archive: no project has the id 0.
    static let uploadPrefix = "/data/upload/0/"
    /// Files of media roots that were packed along lie here, below the uploaded files.
    static let localFolder = "local/"
}
