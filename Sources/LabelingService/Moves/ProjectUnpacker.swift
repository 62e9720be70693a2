import Contracts
import Crypto
import LabelModel
import LabelingConfig
import ValueTree

/// Reads the archive of a project as it comes in, and compares it with its digests.
///
/// 1. ``append(_:)`` each chunk.
/// 2. ``finish()`` or ``cancel()``, once.
struct ProjectUnpacker {
    /// What the bytes of the entry that is open become.
    private enum Content {
        case none
        /// One object for each line.
        case lines(ArchiveFormat.Part)
        /// Text that is read as a whole.
        case whole
        /// A file of the project; nil when it is there already.
        case file(FileDescriptor?)
    }

    private static let wholeLimit = 256 << 20
    /// Histories go beyond what one request may bring.
    private static let linesOfLimits = 4

    private var assembly: ProjectAssembly
    private let title: String?
    private let lineLimit: Int
    private var parser = TarParser()
    private var reader = ChronicleReader()

    private var name = ""
    private var content = Content.none
    private var hash = SHA256()
    private var text: [UInt8] = []
    private var line = 0

    /// Digests of the entries since the last piece of sums.
    private var digests: [(name: String, digest: String)] = []
    private var pieces = 0
    private var isKnown = false
    private var dossier: ProjectDossier?

    init(_ assembly: ProjectAssembly, title: String?, limits: ServiceLimits) {
        self.assembly = assembly
        self.title = title
        lineLimit = limits.maxTaskBytes * Self.linesOfLimits
    }

    mutating func append(_ chunk: [UInt8]) async throws(ServiceError) {
        for event in try parser.append(chunk) {
            switch event {
            case .began(let name, let byteCount): try begin(name, byteCount)
            case .bytes(let bytes): try await take(bytes)
            case .ended: try await end()
            }
        }
    }

    /// Shows the project, once all of it is there and as it was packed.
    mutating func finish() async throws(ServiceError) -> UnpackedProject {
        try parser.finish()
        guard var dossier, digests.isEmpty, pieces > 0 else {
            throw .archiveTruncated("Its last entries are missing.", parser.offset)
        }
        for config in dossier.configs {
            do {
                _ = try LabelingConfigParser(limits: .standard).parse(config.text)
            } catch {
                throw located(ServiceError(error), in: ArchiveFormat.project)
            }
        }
        if let title { dossier.settings.title = title }
        try dossier.settings.check()
        return try await assembly.finish(dossier)
    }

    mutating func cancel() async {
        content = .none
        await assembly.cancel()
    }

    // MARK: Entries

    private mutating func begin(_ name: String, _ byteCount: Int64) throws(ServiceError) {
        self.name = name
        hash = SHA256()
        text = []
        line = 0
        guard isKnown || name == ArchiveFormat.manifest else {
            throw .archiveDamaged(
                "It begins with \(name) and not with \(ArchiveFormat.manifest).",
                parser.offset
            )
        }
        let part = name.split(separator: "/").first.flatMap {
            ArchiveFormat.Part(rawValue: String($0))
        }
        switch (name, part) {
        case (ArchiveFormat.manifest, _), (ArchiveFormat.project, _), (_, .sums):
            guard byteCount <= Self.wholeLimit else {
                throw .archiveDamaged(
                    "\(name) has more than \(Self.wholeLimit) bytes.",
                    parser.offset
                )
            }
            content = .whole
        case (_, let part?):
            guard dossier == nil else {
                throw .archiveDamaged(
                    "\(name) comes behind \(ArchiveFormat.project).",
                    parser.offset
                )
            }
            content = .lines(part)
        default:
            guard name.hasPrefix(ArchiveFormat.media) else {
                throw .archiveDamaged("Nobody knows what \(name) is.", parser.offset)
            }
            let path = String(name.dropFirst(ArchiveFormat.media.count))
            content = .file(try assembly.beginFile(path))
        }
    }

    private mutating func take(_ bytes: [UInt8]) async throws(ServiceError) {
        hash.update(data: bytes)
        switch content {
        case .none: return
        case .whole: text += bytes
        case .file(let file): try file?.write(bytes)
        case .lines(let part):
            var rest = bytes[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                text += rest[..<end]
                rest = rest[(end + 1)...]
                try await readLine(of: part)
            }
            text += rest
            guard text.count <= lineLimit else {
                throw .archiveDamaged(
                    "\(name), line \(line + 1), has more than \(lineLimit) bytes.",
                    parser.offset
                )
            }
        }
    }

    private mutating func end() async throws(ServiceError) {
        switch content {
        case .none: break
        case .file(let file): try file?.synchronize()
        case .lines(let part): if !text.isEmpty { try await readLine(of: part) }
        case .whole:
            if name == ArchiveFormat.manifest {
                try readManifest()
            } else if name == ArchiveFormat.project {
                try readProject()
            } else {
                content = .none
                return try compareSums()
            }
        }
        content = .none
        digests.append((name, ArchiveDigest.text(hash.finalize())))
        guard digests.count <= ArchiveFormat.entriesOfSums else {
            throw .archiveDamaged("The digests before \(name) are missing.", parser.offset)
        }
    }

    // MARK: What stands in them

    private mutating func readManifest() throws(ServiceError) {
        let manifest: ArchiveFields
        do throws(ServiceError) {
            manifest = try ArchiveFields(JSONText.parse(text))
        } catch {
            throw located(error, in: name)
        }
        guard (try? manifest.string("format")) == ArchiveFormat.name,
            let version = try? manifest.integer("version")
        else {
            throw .archiveDamaged("Its manifest is not that of a project.", parser.offset)
        }
        guard version <= ArchiveFormat.version else {
            throw ServiceError(
                .invalid,
                "archive_too_new",
                "The archive has version \(version) of its format; this program reads "
                    + "\(ArchiveFormat.version).",
                hint: "Unpack it with the version of Postil that packed it, or a later one."
            )
        }
        isKnown = true
    }

    private mutating func readProject() throws(ServiceError) {
        do throws(ServiceError) {
            dossier = try ProjectDossier(ArchiveFields(JSONText.parse(text)), reader)
        } catch {
            throw located(error, in: name)
        }
    }

    /// Reads the line that is gathered.
    private mutating func readLine(of part: ArchiveFormat.Part) async throws(ServiceError) {
        line += 1
        defer { text.removeAll(keepingCapacity: true) }
        switch part {
        case .users: try await readPerson()
        case .uploads: try await readUpload()
        case .tasks:
            let chronicle: TaskChronicle
            do throws(ServiceError) {
                chronicle = try reader.read(ArchiveFields(JSONText.parse(text)))
            } catch {
                throw located(error, in: name, line)
            }
            try await assembly.add(chronicle)
        case .sums: return
        }
    }

    private mutating func readPerson() async throws(ServiceError) {
        let number: Int64
        let words: [String]
        do throws(ServiceError) {
            let fields = try ArchiveFields(JSONText.parse(text))
            number = try fields.count("number")
            words = [
                try fields.string("email"), try fields.string("username"),
                try fields.string("first_name"), try fields.string("last_name"),
            ]
            guard words[0].contains("@"), words.allSatisfy({ $0.utf8.count <= 256 }) else {
                throw fields.fault("email", "no address, or a name is too long")
            }
        } catch {
            throw located(error, in: name, line)
        }
        reader.people[number] = try await assembly.person(
            email: words[0],
            username: words[1],
            firstName: words[2],
            lastName: words[3]
        )
    }

    private mutating func readUpload() async throws(ServiceError) {
        let number: Int64
        let path: String
        let byteCount: Int64
        let person: UserID
        let moment: Timestamp
        do throws(ServiceError) {
            let fields = try ArchiveFields(JSONText.parse(text))
            number = try fields.count("number")
            path = try fields.string("path")
            byteCount = try fields.integer("byte_count")
            person = try reader.person(fields, "user")
            moment = try fields.timestamp("created_at")
            guard SafeName.relativePath(path, maxDepth: 16) != nil, !path.hasPrefix(".") else {
                throw fields.fault("path", "no path of a file")
            }
        } catch {
            throw located(error, in: name, line)
        }
        reader.uploads[number] = try await assembly.upload(
            path,
            byteCount: byteCount,
            by: person,
            at: moment
        )
    }

    private mutating func compareSums() throws(ServiceError) {
        pieces += 1
        guard name == ArchiveFormat.Part.sums.name(pieces) else {
            throw .archiveDamaged(
                "\(name) comes in the place of \(ArchiveFormat.Part.sums.name(pieces)).",
                parser.offset
            )
        }
        let lines = text.split(separator: UInt8(ascii: "\n"))
        for (index, known) in digests.enumerated() {
            let wanted = "\(known.digest)  \(known.name)"
            guard index < lines.count, lines[index].elementsEqual(wanted.utf8) else {
                throw .archiveDamaged(
                    "\(known.name) has other bytes than when it was packed.",
                    parser.offset
                )
            }
        }
        guard lines.count == digests.count else {
            throw .archiveDamaged("An entry before \(name) is missing.", parser.offset)
        }
        digests = []
    }

    /// An error with the place in the archive that it is about.
    private func located(_ error: ServiceError, in entry: String, _ line: Int? = nil)
        -> ServiceError
    {
        let place = line.map { "\(entry), line \($0)" } ?? entry
        var located = ServiceError.archiveDamaged("\(place): \(error.message)", parser.offset)
        if case .line(let inner, let column) = error.place {
            located.place = .line(line ?? inner, column: column)
        }
        located.field = error.field
        return located
    }
}
