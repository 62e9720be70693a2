import CPluginWire
import Contracts

/// The sinks of a run that may begin anew with a fresh worker.
///
/// What was handed on stays handed on: it may have left the machine. A worker that takes a run up
/// again writes it all once more; what is known is compared and dropped, and only what is new goes
/// further. So an exporter whose bytes depend on anything but its input cannot be replayed, and
/// the run fails instead of mixing two outputs.
final class ReplayedSinks {
    /// What has been handed on of one sink; they are numbered in the order they are opened.
    private struct Track {
        var name: Int
        var byteCount = 0
        var hash: UInt64 = 0
        var isClosed = false
    }

    private let ledger: SinkLedger
    private let plugin: PluginVersion
    private var tracks: [Track] = []
    /// What the present worker has written of each sink so far.
    private var current: [Track] = []

    init(_ ledger: SinkLedger, plugin: PluginVersion) {
        self.ledger = ledger
        self.plugin = plugin
    }

    /// A fresh worker begins at the beginning.
    func restart() { current = [] }

    func open(_ number: UInt64, name: String, mediaType: String) throws(PluginError) {
        guard number == UInt64(current.count + 1) else {
            throw ledger.refusal("Its sinks are not numbered one after the other.")
        }
        let track = Track(name: (name + "\n" + mediaType).hashValue)
        if current.count < tracks.count {
            guard tracks[current.count].name == track.name else { throw differs() }
        } else {
            try ledger.open(number, name: name, mediaType: mediaType)
            tracks.append(track)
        }
        current.append(track)
    }

    @unsafe func write(_ bytes: UnsafeRawBufferPointer, to number: UInt64) throws(PluginError) {
        let index = try index(number)
        let known = tracks[index].byteCount - current[index].byteCount
        let head = min(known, bytes.count)
        if head > 0 {
            guard !current[index].isClosed else { throw notOpen(number) }
            unsafe add(UnsafeRawBufferPointer(rebasing: bytes[..<head]), to: &current[index])
            if head == known, current[index].hash != tracks[index].hash { throw differs() }
        }
        guard head < bytes.count else { return }
        guard !tracks[index].isClosed else { throw known > 0 ? differs() : notOpen(number) }
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[head...])
        try unsafe ledger.write(rest, to: number)
        unsafe add(rest, to: &tracks[index])
        current[index].byteCount = tracks[index].byteCount
        current[index].hash = tracks[index].hash
    }

    func close(_ number: UInt64) throws(PluginError) {
        let index = try index(number)
        guard !current[index].isClosed else { throw notOpen(number) }
        current[index].isClosed = true
        guard current[index].byteCount == tracks[index].byteCount else { throw differs() }
        guard !tracks[index].isClosed else { return }
        try ledger.close(number)
        tracks[index].isClosed = true
    }

    /// Completes the files that the plugin left open.
    ///
    /// - Throws: Also when the present worker has written less than was handed on before.
    func closeAll() throws(PluginError) {
        let isWhole = zip(tracks, current).allSatisfy { $0.byteCount == $1.byteCount }
        guard isWhole, tracks.count == current.count else { throw differs() }
        try ledger.closeAll()
    }

    private func index(_ number: UInt64) throws(PluginError) -> Int {
        guard number >= 1, number <= UInt64(current.count) else { throw notOpen(number) }
        return Int(number) - 1
    }

    private func add(_ bytes: UnsafeRawBufferPointer, to track: inout Track) {
        track.byteCount += bytes.count
        track.hash = unsafe postil_wire_hash(track.hash, bytes.baseAddress, UInt64(bytes.count))
    }

    private func notOpen(_ number: UInt64) -> PluginError {
        ledger.refusal("The sink \(number) is not open.")
    }

    private func differs() -> PluginError {
        PluginError(
            .answerInvalid,
            "\(plugin) wrote something else when it was given the same tasks again after a crash.",
            hint: "An exporter's bytes may depend on its input alone, and not on how many tasks a "
                + "batch has.",
            plugin: plugin
        )
    }
}
