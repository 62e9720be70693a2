import Contracts

/// A UUID, kept as 16 bytes and written as 36 lower-case characters.
struct UniqueID {
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// - Throws: ``StorageError`` `invalid` when the text is not a UUID.
    init(_ text: String) throws(StorageError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        var high: UInt8?
        var position = 0
        for character in text.utf8 {
            defer { position += 1 }
            if Self.dashes.contains(position) {
                guard character == UInt8(ascii: "-") else { throw Self.malformed(text) }
                continue
            }
            guard let digit = Self.value(ofDigit: character) else { throw Self.malformed(text) }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard position == 36 else { throw Self.malformed(text) }
        self.bytes = bytes
    }

    /// Makes a new one that sorts after earlier ones, so that the index grows at its end.
    ///
    /// - Parameter milliseconds: Since 1970.
    /// - Returns: A UUID of version 7, RFC 9562.
    static func make(at milliseconds: Int64) -> UniqueID {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        for shift in stride(from: 40, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: milliseconds >> shift))
        }
        var random = SystemRandomNumberGenerator()
        for word in [random.next() as UInt64, random.next()] {
            for shift in stride(from: 0, to: 40, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        return UniqueID(bytes: bytes)
    }

    var text: String {
        var characters: [UInt8] = []
        characters.reserveCapacity(36)
        for byte in bytes {
            if Self.dashes.contains(characters.count) { characters.append(UInt8(ascii: "-")) }
            characters.append(Self.digits[Int(byte >> 4)])
            characters.append(Self.digits[Int(byte & 0xF)])
        }
        return String(decoding: characters, as: UTF8.self)
    }

    private static let dashes = [8, 13, 18, 23]
    private static let digits = Array("0123456789abcdef".utf8)

    private static func value(ofDigit character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func malformed(_ text: String) -> StorageError {
        StorageError(.invalid, "The unique id “\(text.prefix(64))” is not a UUID.")
    }
}

extension StorageError {
    static func uniqueIDTaken(_ uniqueID: String) -> StorageError {
        StorageError(
            .duplicate,
            "Another annotation has the unique id \(uniqueID). Make a new one for each annotation."
        )
    }
}
