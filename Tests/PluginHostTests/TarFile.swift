import Foundation

/// A tar inside gzip, written entry by entry, so that it can be wrong in every way.
struct TarFile {
    /// The type flag of an entry (POSIX.1-1988, ustar).
    enum Kind: Character {
        case file = "0"
        case hardLink = "1"
        case symbolicLink = "2"
        case device = "3"
        case folder = "5"
        case pipe = "6"
    }

    private var bytes = Data()

    mutating func add(
        _ name: String,
        _ content: Data = Data(),
        _ kind: Kind = .file,
        to link: String = ""
    ) {
        add(name, content, kind, to: link, byteCount: content.count)
    }

    mutating func add(_ name: String, _ text: String) { add(name, Data(text.utf8)) }

    /// Adds an entry whose header says `byteCount`, whatever the content has.
    mutating func add(
        _ name: String,
        _ content: Data,
        _ kind: Kind = .file,
        to link: String = "",
        byteCount: Int
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at place: Int) {
            for (index, byte) in text.utf8.enumerated() { header[place + index] = byte }
        }
        func octal(_ number: Int, _ width: Int) -> String {
            let digits = String(number, radix: 8)
            return String(repeating: "0", count: width - digits.count) + digits
        }
        put(name, at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(byteCount, 11), at: 124)
        put(octal(0, 11), at: 136)
        put("        ", at: 148)
        put(String(kind.rawValue), at: 156)
        put(link, at: 157)
        put("ustar", at: 257)
        put("00", at: 263)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
        bytes += header
        bytes += content
        bytes += Data(count: (512 - content.count % 512) % 512)
    }

    /// Writes the archive and packs it.
    func write(to path: String) throws {
        let plain = URL(fileURLWithPath: path + ".plain")
        try (bytes + Data(count: 1024)).write(to: plain)
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-n", "-c", plain.path]
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        gzip.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try gzip.run()
        gzip.waitUntilExit()
        try FileManager.default.removeItem(at: plain)
    }
}
