import CPluginWire

/// Records that a worker left, copied and not yet believed.
struct OutputRecords {
    /// One record; its bytes are borrowed.
    @unsafe struct Record {
        var kind: UInt32
        var number: UInt64
        var bytes: UnsafeRawBufferPointer

        /// The parts of the bytes between zeros, as text; `nil` when one is not UTF-8.
        func texts(from start: Int = 0) -> [String]? {
            let copy = unsafe [UInt8](bytes.dropFirst(start))
            var texts: [String] = []
            for part in copy.split(separator: 0, omittingEmptySubsequences: false) {
                guard let text = String(validating: part, as: UTF8.self) else { return nil }
                texts.append(text)
            }
            return texts
        }
    }

    private static let headerBytes = MemoryLayout<postil_wire_record_t>.size

    /// Hands each record on, in order.
    ///
    /// - Returns: False when the bytes are no whole records.
    static func forEach<Failure: Error>(
        in bytes: [UInt8],
        _ body: (Record) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        unsafe try bytes.withUnsafeBufferPointer { (buffer) throws(Failure) -> Bool in
            let all = UnsafeRawBufferPointer(buffer)
            var at = 0
            while at < all.count {
                guard all.count - at >= headerBytes else { return false }
                let header = unsafe all.loadUnaligned(
                    fromByteOffset: at,
                    as: postil_wire_record_t.self
                )
                let start = at + headerBytes
                guard Int(header.length) <= all.count - start else { return false }
                let content = unsafe UnsafeRawBufferPointer(
                    rebasing: all[start..<start + Int(header.length)]
                )
                unsafe try body(
                    Record(kind: header.kind, number: header.number, bytes: content)
                )
                at = start + (Int(header.length) + 7) & ~7
            }
            return at == all.count
        }
    }
}
