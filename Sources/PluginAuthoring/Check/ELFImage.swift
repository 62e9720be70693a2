/// What is checked of a 64-bit little-endian ELF shared object, read without loading it.
///
/// Layout: System V ABI, chapters 4 and 5. Every offset is a stranger's and checked.
struct ELFImage {
    /// Names of symbols that other libraries can bind to.
    private(set) var exports: [String] = []
    private(set) var hasTextRelocations = false
    private(set) var hasStaticTLS = false
    private(set) var runPaths: [String] = []
    /// `nil` when the file does not say; the system then takes the careful side or not.
    private(set) var wantsExecutableStack: Bool?
    private(set) var hasWritableCode = false

    private let bytes: [UInt8]
    private var loads: [(address: Int, offset: Int, count: Int)] = []

    /// - Returns: `nil` for what is no such file, or one whose tables lead outside.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1]
        guard bytes.count >= 64, bytes.starts(with: magic), readSegments(), readSymbols() else {
            return nil
        }
    }

    private func number(_ offset: Int, _ width: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - width else { return nil }
        var value: UInt64 = 0
        for index in (0..<width).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
        return Int(exactly: value)
    }

    private func text(_ offset: Int) -> String {
        guard offset >= 0, offset < bytes.count else { return "" }
        return String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
    }

    private mutating func readSegments() -> Bool {
        let (load, dynamic, stack) = (1, 2, 0x6474_E551)
        let (executable, writable) = (1, 2)
        guard let start = number(32, 8), let size = number(54, 2), let count = number(56, 2),
            size >= 56
        else { return false }
        var dynamicPlace: (offset: Int, count: Int)?
        for index in 0..<count {
            let at = start + index * size
            guard let kind = number(at, 4), let flags = number(at + 4, 4),
                let offset = number(at + 8, 8), let address = number(at + 16, 8),
                let length = number(at + 32, 8)
            else { return false }
            if kind == load {
                loads.append((address, offset, length))
                if flags & executable != 0 && flags & writable != 0 { hasWritableCode = true }
            }
            if kind == dynamic { dynamicPlace = (offset, length) }
            if kind == stack { wantsExecutableStack = flags & executable != 0 }
        }
        guard let dynamicPlace else { return false }
        return readDynamic(dynamicPlace.offset, dynamicPlace.count)
    }

    private mutating func readDynamic(_ start: Int, _ count: Int) -> Bool {
        var entries: [(tag: Int, value: Int)] = []
        for at in stride(from: start, to: start + count, by: 16) {
            guard let tag = number(at, 8), let value = number(at + 8, 8) else { continue }
            if tag == 0 { break }
            entries.append((tag, value))
        }
        let (texts, textRelocations, flags) = (5, 22, 30)
        let (textFlag, staticTLSFlag) = (4, 16)
        let names = entries.first { $0.tag == texts }.flatMap { offset(of: $0.value) }
        for (tag, value) in entries {
            if tag == textRelocations { hasTextRelocations = true }
            if tag == flags {
                hasTextRelocations = hasTextRelocations || value & textFlag != 0
                hasStaticTLS = value & staticTLSFlag != 0
            }
            // RPATH and RUNPATH.
            if tag == 15 || tag == 29, let names {
                runPaths += text(names + value).split(separator: ":").map(String.init)
            }
        }
        return true
    }

    private func offset(of address: Int) -> Int? {
        loads.first { address >= $0.address && address < $0.address + $0.count }
            .map { address - $0.address + $0.offset }
    }

    /// Reads `.dynsym` by the section headers, which a library keeps when it is stripped.
    private mutating func readSymbols() -> Bool {
        let dynamicSymbols = 11
        guard let start = number(40, 8), let size = number(58, 2), let count = number(60, 2),
            size >= 64
        else { return false }
        for index in 0..<count {
            let at = start + index * size
            guard number(at + 4, 4) == dynamicSymbols else { continue }
            guard let offset = number(at + 24, 8), let length = number(at + 32, 8),
                let link = number(at + 40, 4), let names = number(start + link * size + 24, 8)
            else { return false }
            for symbol in stride(from: offset, to: offset + length, by: 24) {
                guard let name = number(symbol, 4), let info = number(symbol + 4, 1),
                    let visibility = number(symbol + 5, 1), let section = number(symbol + 6, 2)
                else { return false }
                let isBindable = info >> 4 != 0 && section != 0 && visibility & 3 == 0
                if isBindable { exports.append(text(names + name)) }
            }
            return true
        }
        return false
    }
}
