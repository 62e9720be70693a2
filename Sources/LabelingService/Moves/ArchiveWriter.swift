import Crypto

/// Writes the entries of an archive, and what their bytes add up to.
struct ArchiveWriter {
    /// What is to go out next.
    private(set) var bytes: [UInt8] = []
    private var sums = ""
    private var entries = 0
    private var pieces = 0
    private var open: (name: String, byteCount: Int64, left: Int64, hash: SHA256)?

    /// Takes what was written so far.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    mutating func put(_ name: String, _ content: [UInt8]) {
        begin(name, byteCount: Int64(content.count))
        append(content)
    }

    /// Begins an entry whose bytes follow.
    mutating func begin(_ name: String, byteCount: Int64) {
        bytes += TarHeader.file(name, byteCount: byteCount)
        open = (name, byteCount, byteCount, SHA256())
        if byteCount == 0 { close() }
    }

    /// Bytes that the open entry still needs; 0 when none is open.
    var missing: Int64 { open?.left ?? 0 }

    mutating func append(_ content: [UInt8]) {
        guard var entry = open, !content.isEmpty else { return }
        bytes += content
        entry.hash.update(data: content)
        entry.left -= Int64(content.count)
        open = entry
        if entry.left == 0 { close() }
    }

    private mutating func close() {
        guard let entry = open.take() else { return }
        bytes += TarHeader.padding(after: entry.byteCount)
        sums += "\(ArchiveDigest.text(entry.hash.finalize()))  \(entry.name)\n"
        entries += 1
        if entries == ArchiveFormat.entriesOfSums { putSums() }
    }

    /// Ends the archive.
    mutating func finish() {
        putSums()
        bytes += TarHeader.end
    }

    /// Writes the digests since the last time, as `sha256sum -c` reads them.
    private mutating func putSums() {
        pieces += 1
        let content = Array(sums.utf8)
        bytes += TarHeader.file(
            ArchiveFormat.Part.sums.name(pieces),
            byteCount: Int64(content.count)
        )
        bytes += content
        bytes += TarHeader.padding(after: Int64(content.count))
        sums = ""
        entries = 0
    }
}

/// How digests stand in an archive.
enum ArchiveDigest {
    static func text(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }
}
