/// Reads an archive of stored files by the directory at its end, Zip64 too.
struct ZipDirectory {
    private let archive: [UInt8]
    /// Where the bytes of each file lie, in the order of the directory.
    private(set) var files: [(name: String, bytes: Range<Int>)] = []

    init?(_ archive: [UInt8]) {
        self.archive = archive
        guard archive.count >= 22, number(archive.count - 22, 4) == 0x0605_4B50 else { return nil }
        var place = number(archive.count - 6, 4)
        for _ in 0..<number(archive.count - 12, 2) {
            guard number(place, 4) == 0x0201_4B50 else { return nil }
            let nameCount = number(place + 28, 2)
            let name = archive[(place + 46)..<(place + 46 + nameCount)]
            let extra = place + 46 + nameCount
            let isLarge = number(place + 20, 4) == 0xFFFF_FFFF
            let count = isLarge ? number(extra + 4, 8) : number(place + 20, 4)
            let header = isLarge ? number(extra + 20, 8) : number(place + 42, 4)
            guard number(header, 4) == 0x0403_4B50 else { return nil }
            let start = header + 30 + number(header + 26, 2) + number(header + 28, 2)
            files.append((String(decoding: name, as: UTF8.self), start..<(start + count)))
            place += 46 + nameCount + number(place + 30, 2) + number(place + 32, 2)
        }
    }

    var names: [String] { files.map(\.name) }

    subscript(name: String) -> ArraySlice<UInt8>? {
        files.first { $0.name == name }.map { archive[$0.bytes] }
    }

    private func number(_ place: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(archive[place + $1]) << (8 * $1) }
    }
}
