import Contracts
import Glibc
public import LabelModel

/// Files on their way in pieces: one that broke off goes on where it was.
///
/// 1. ``append(_:to:at:)`` pieces, each where the one before it ended.
/// 2. ``Imports/importPartials(_:with:settings:into:by:)`` makes tasks of whole files and takes them
///    away; ``discard(_:)`` gives one up. What nobody goes on with for a week goes away.
public actor PartialUploads {
    /// Names a file that comes in pieces.
    public struct Name: Hashable, Sendable {
        let fileName: String

        /// Checks a sender's own name: 32 hexadecimal digits in lower case.
        ///
        /// - Throws: ``ServiceError`` `upload_name_refused` for anything else.
        public init(_ id: String, of project: ProjectID, by user: User) throws(ServiceError) {
            guard id.utf8.count == 32, id.utf8.allSatisfy({ Self.digits.contains($0) }) else {
                throw ServiceError(
                    .invalid,
                    "upload_name_refused",
                    "\"\(id.prefix(64))\" does not name an upload.",
                    hint: "Choose 32 hexadecimal digits in lower case at random."
                )
            }
            fileName = "\(project)-\(user.id)-\(id)"
        }

        private static let digits = "0123456789abcdef".utf8
    }

    private static let patienceSeconds = 7 * 86_400

    private let folder: String
    /// Files that a request is writing to.
    private var busy: Set<Name> = []

    init(area: UploadArea) {
        folder = area.absolutePath(".incoming/pieces")
    }

    /// Bytes that have come; 0 for a file of which nothing has.
    public func received(_ name: Name) -> Int64 {
        FilePath.regularFileSize(path(of: name)) ?? 0
    }

    /// Writes a piece behind what has come.
    ///
    /// What of a broken piece came stays.
    ///
    /// - `offset`: Where the piece begins: the number of bytes that have come.
    ///
    /// Returns the number of bytes that have come now.
    public func append(
        _ bytes: ByteStream,
        to name: Name,
        at offset: Int64
    ) async throws(ServiceError) -> Int64 {
        guard busy.insert(name).inserted else {
            throw ServiceError(
                .conflict,
                "upload_busy",
                "Another request writes to this upload.",
                hint: "Wait until it has ended, and ask how much has come."
            )
        }
        defer { busy.remove(name) }
        let received = received(name)
        guard received == offset else {
            throw ServiceError(
                .conflict,
                "upload_offset_wrong",
                "The piece begins at byte \(offset), and \(received) bytes have come.",
                hint: "Go on at byte \(received)."
            )
        }
        if offset == 0 {
            try FilePath.makeFolder(folder)
            forget()
        }
        let file = try FileDescriptor.appending(path(of: name))
        try await bytes.forEachChunk { chunk throws(ServiceError) in try file.write(chunk) }
        return self.received(name)
    }

    /// Takes a file away.
    public func discard(_ name: Name) {
        FilePath.remove(path(of: name))
    }

    /// Bytes of a file.
    ///
    /// - Throws: ``ServiceError`` `upload_unknown` when nothing of it has come.
    func bytes(of name: Name) throws(ServiceError) -> ByteStream {
        let path = path(of: name)
        guard FilePath.regularFileSize(path) != nil else {
            throw ServiceError(
                .invalid,
                "upload_unknown",
                "Nothing has come of one of the uploads.",
                hint: "Send its pieces first. They are kept for a week."
            )
        }
        return FileBytes(path: path)
    }

    private func forget() {
        let now = Int(time(nil))
        for name in FilePath.names(in: folder) {
            let path = "\(folder)/\(name)"
            guard let changed = FilePath.changeSeconds(path) else { continue }
            if now - changed > Self.patienceSeconds { FilePath.remove(path) }
        }
    }

    private func path(of name: Name) -> String { "\(folder)/\(name.fileName)" }
}
