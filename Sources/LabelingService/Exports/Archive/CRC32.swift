/// The checksum of ZIP and PNG (ISO 3309, polynomial 0xEDB88320), eight bytes at a time.
struct CRC32: Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    /// The checksum of all bytes so far.
    var value: UInt32 { ~state }

    mutating func update(_ bytes: some Collection<UInt8>) {
        let used: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            unsafe update(UnsafeRawBufferPointer(buffer))
        }
        guard used == nil else { return }
        for byte in bytes { state = Self.step(state, byte) }
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = state
        let tables = Self.tables
        var position = 0
        while position + 8 <= bytes.count {
            let low =
                unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self).littleEndian
                ^ state
            let high = unsafe bytes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self)
                .littleEndian
            state =
                tables[7 << 8 | Int(low & 0xFF)] ^ tables[6 << 8 | Int(low >> 8 & 0xFF)]
                ^ tables[5 << 8 | Int(low >> 16 & 0xFF)] ^ tables[4 << 8 | Int(low >> 24)]
            state ^=
                tables[3 << 8 | Int(high & 0xFF)] ^ tables[2 << 8 | Int(high >> 8 & 0xFF)]
                ^ tables[1 << 8 | Int(high >> 16 & 0xFF)] ^ tables[Int(high >> 24)]
            position += 8
        }
        while position < bytes.count {
            state = unsafe Self.step(state, bytes[position])
            position += 1
        }
        self.state = state
    }

    private static func step(_ state: UInt32, _ byte: UInt8) -> UInt32 {
        state >> 8 ^ tables[Int((state ^ UInt32(byte)) & 0xFF)]
    }

    /// Eight tables of 256: table n holds the effect of a byte that n further bytes follow.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
            tables[byte] = value
        }
        for table in 1..<8 {
            for byte in 0..<256 {
                let before = tables[(table - 1) << 8 | byte]
                tables[table << 8 | byte] = before >> 8 ^ tables[Int(before & 0xFF)]
            }
        }
        return tables
    }()
}
