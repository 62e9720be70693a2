import CPluginWire
import Contracts
import Glibc

/// The batches of a run, kept so that a fresh worker can be given them again.
///
/// They lie in a file that has no name, so that memory does not grow with the export.
final class ReplayLog {
    private let file: Int32
    private var end = 0
    /// Where each batch begins, and how many bytes its entries and its text have.
    private var places: [(start: Int, numbers: Int, bytes: Int)] = []

    /// Makes the file in a folder.
    init(folder: String) throws(PluginError) {
        file = unsafe postil_wire_nameless_file(folder)
        guard file >= 0 else {
            throw PluginError(
                .callFailed,
                "The folder \(folder) takes no temporary file: "
                    + "\(unsafe String(cString: strerror(-file))).",
                hint: "An export keeps its tasks there until it is done."
            )
        }
    }

    deinit { close(file) }

    var count: Int { places.count }

    func append(_ batch: ExportBatch) throws(PluginError) {
        let numbers = batch.entries.flatMap(\.numbers)
        let start = end
        try unsafe numbers.withUnsafeBufferPointer { (buffer) throws(PluginError) in
            try unsafe write(UnsafeRawBufferPointer(buffer))
        }
        try unsafe batch.bytes.withUnsafeBufferPointer { (buffer) throws(PluginError) in
            try unsafe write(UnsafeRawBufferPointer(buffer))
        }
        places.append((start, numbers.count, batch.bytes.count))
    }

    subscript(_ index: Int) -> ExportBatch {
        get throws(PluginError) {
            let place = places[index]
            var numbers = [Int64](repeating: 0, count: place.numbers)
            try unsafe numbers.withUnsafeMutableBufferPointer { (buffer) throws(PluginError) in
                try unsafe read(UnsafeMutableRawBufferPointer(buffer), at: place.start)
            }
            var bytes = [UInt8](repeating: 0, count: place.bytes)
            let start = place.start + place.numbers * MemoryLayout<Int64>.size
            try unsafe bytes.withUnsafeMutableBufferPointer { (buffer) throws(PluginError) in
                try unsafe read(UnsafeMutableRawBufferPointer(buffer), at: start)
            }
            return ExportBatch(bytes: bytes, entries: ExportBatch.Entry.read(numbers))
        }
    }

    @unsafe private func write(_ bytes: UnsafeRawBufferPointer) throws(PluginError) {
        var done = 0
        while done < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = unsafe pwrite(file, rest.baseAddress, rest.count, end)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("kept") }
            done += count
            end += count
        }
    }

    @unsafe private func read(_ bytes: UnsafeMutableRawBufferPointer, at start: Int)
        throws(PluginError)
    {
        var done = 0
        while done < bytes.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
            let count = unsafe pread(file, rest.baseAddress, rest.count, start + done)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("read again") }
            done += count
        }
    }

    private func failure(_ what: String) -> PluginError {
        PluginError(
            .callFailed,
            "The tasks of an export cannot be \(what): \(unsafe String(cString: strerror(errno))).",
            hint: "Make room on the disk that holds the data folder."
        )
    }
}

extension ExportBatch.Entry {
    /// The entry as numbers, its lists with their lengths before them.
    fileprivate var numbers: [Int64] {
        var numbers = [task, project, revision, updatedAt, annotationCount]
        for range in [text, data] { numbers += [Int64(range.lowerBound), Int64(range.upperBound)] }
        numbers.append(Int64(results.count))
        for range in results { numbers += [Int64(range.lowerBound), Int64(range.upperBound)] }
        numbers.append(Int64(annotations.count))
        return numbers + annotations
    }

    /// Entries from the numbers that ``numbers`` gave, one after the other.
    fileprivate static func read(_ numbers: [Int64]) -> [ExportBatch.Entry] {
        var at = 0
        func next() -> Int64 {
            at += 1
            return numbers[at - 1]
        }
        func range() -> Range<Int> {
            let lower = Int(next())
            return lower..<Int(next())
        }
        var entries: [ExportBatch.Entry] = []
        while at < numbers.count {
            var entry = ExportBatch.Entry(
                task: next(),
                project: next(),
                revision: next(),
                updatedAt: next(),
                annotationCount: next(),
                text: range(),
                data: range(),
                results: []
            )
            entry.results = (0..<next()).map { _ in range() }
            entry.annotations = (0..<next()).map { _ in next() }
            entries.append(entry)
        }
        return entries
    }
}
