/// Reads the directory at the end of an archive.
enum ZipDirectory {
    static func names(in archive: [UInt8]) -> [String] {
        func number(_ place: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(archive[place + $1]) << (8 * $1) }
        }
        guard archive.count >= 22, number(archive.count - 22, 4) == 0x0605_4B50 else { return [] }
        var place = number(archive.count - 6, 4)
        var names: [String] = []
        for _ in 0..<number(archive.count - 12, 2) {
            guard number(place, 4) == 0x0201_4B50 else { return [] }
            let nameCount = number(place + 28, 2)
            names.append(
                String(decoding: archive[(place + 46)..<(place + 46 + nameCount)], as: UTF8.self)
            )
            place += 46 + nameCount + number(place + 30, 2) + number(place + 32, 2)
        }
        return names
    }
}
