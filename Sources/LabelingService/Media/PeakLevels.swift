/// The lowest and highest sample of each stretch of a sound, at several lengths of stretch.
///
/// An entry is a pair of bytes for each channel, lowest and highest, -127...127. Entries of the
/// finest level leave as they come; those of the others, a third as many in all, are kept.
struct PeakLevels {
    /// How many entries of one level make one of the next.
    static let fold = 4
    /// A level of so few entries needs no coarser one.
    static let fewest = 1024

    let channels: Int
    /// Samples of one channel in an entry of the finest level.
    let samplesPerEntry: Int
    private(set) var entries = 0
    private(set) var coarser: [[Int8]] = []
    /// An odd byte that waits for its other half.
    private var half: UInt8?
    /// Which channel the next sample is of, and how many of the entry there are.
    private var channel = 0
    private var gathered = 0
    private var entry: [Int8]
    private var waiting: [Int8] = []

    init(channels: Int, samplesPerEntry: Int) {
        self.channels = channels
        self.samplesPerEntry = samplesPerEntry
        entry = Self.empty(channels)
    }

    /// Whether nothing has come.
    var isEmpty: Bool { entries == 0 && gathered == 0 }

    /// Takes 16-bit samples, little end first, channels by turns.
    ///
    /// Returns entries of the finest level that are complete.
    mutating func take(_ bytes: [UInt8]) -> [Int8] {
        var done: [Int8] = []
        done.reserveCapacity(bytes.count / samplesPerEntry + 2 * channels)
        for byte in bytes {
            guard let low = half else {
                half = byte
                continue
            }
            half = nil
            let rounded = Int(Int8(bitPattern: byte)) + (low >= 128 ? 1 : 0)
            let sample = Int8(min(127, max(-127, rounded)))
            let at = 2 * channel
            if sample < entry[at] { entry[at] = sample }
            if sample > entry[at + 1] { entry[at + 1] = sample }
            channel += 1
            guard channel == channels else { continue }
            channel = 0
            gathered += 1
            if gathered == samplesPerEntry { close(&done) }
        }
        return done
    }

    /// Ends the last entry, and makes the levels above the one that was kept.
    mutating func finish() -> [Int8] {
        var done: [Int8] = []
        if gathered > 0 { close(&done) }
        if !waiting.isEmpty { fold(&coarser[0], waiting) }
        waiting = []
        while let last = coarser.last, last.count > Self.fewest * 2 * channels {
            var next: [Int8] = []
            for start in stride(from: 0, to: last.count, by: Self.fold * 2 * channels) {
                let end = min(last.count, start + Self.fold * 2 * channels)
                fold(&next, Array(last[start..<end]))
            }
            coarser.append(next)
        }
        return done
    }

    private mutating func close(_ done: inout [Int8]) {
        done += entry
        waiting += entry
        entries += 1
        entry = Self.empty(channels)
        gathered = 0
        if coarser.isEmpty { coarser.append([]) }
        if waiting.count == Self.fold * 2 * channels {
            fold(&coarser[0], waiting)
            waiting.removeAll(keepingCapacity: true)
        }
    }

    private func fold(_ level: inout [Int8], _ entries: [Int8]) {
        var made = Self.empty(channels)
        for start in stride(from: 0, to: entries.count, by: 2 * channels) {
            for channel in 0..<channels {
                let at = 2 * channel
                made[at] = min(made[at], entries[start + at])
                made[at + 1] = max(made[at + 1], entries[start + at + 1])
            }
        }
        level += made
    }

    private static func empty(_ channels: Int) -> [Int8] {
        (0..<channels).flatMap { _ in [Int8.max, Int8.min + 1] }
    }
}
