import CPostilPlugin
import Contracts
import ValueTree

/// What goes into one span of a slot.
struct SlotPart {
    /// Empty for "not given".
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    init(_ tree: ValueTree) { bytes = unsafe tree.withABI { unsafe Self.arena($0) } }

    init(_ batch: ValueBatch) { bytes = unsafe batch.withABI { unsafe Self.arena($0) } }

    @unsafe private static func arena(_ batch: UnsafePointer<postil_batch_t>) -> [UInt8] {
        unsafe Array(
            UnsafeBufferPointer(
                start: batch.pointee.arena_borrowed,
                count: Int(batch.pointee.arena_size)
            )
        )
    }
}

extension WorkerCall {
    /// Puts the parts into a slot, each aligned as an arena needs it.
    ///
    /// Takes the slot `known` again when they fit.
    mutating func fill(_ parts: [SlotPart], reusing known: InputSlot? = nil) throws(PluginError) {
        let padded = parts.map { ($0.bytes.count + 15) & ~15 }
        let total = padded.reduce(0, +)
        let slot: InputSlot
        if let known, known.holds(total) {
            slot = known
        } else {
            slot = try InputSlot(holding: total)
        }
        var start = 0
        spans = []
        for (part, count) in zip(parts, padded) {
            unsafe part.bytes.withUnsafeBytes { unsafe slot.write($0, at: start) }
            spans.append(start..<start + part.bytes.count)
            start += count
        }
        self.slot = slot
    }
}
