import CPluginWire
import Glibc
import Contracts

/// The page that host and worker both write: the cancel word, credits, the flight record.
///
/// What the worker writes is read word by word and never trusted. Proof for `@unchecked Sendable`:
/// the memory is mapped as long as the object lives, and words of it are set atomically.
@safe final class SharedPage: @unchecked Sendable {
    private let page: UnsafeMutablePointer<postil_wire_page_t>
    /// To be sent to the worker; closed with the object.
    let descriptor: Int32

    init() throws(PluginError) {
        let size = UInt64(MemoryLayout<postil_wire_page_t>.size)
        descriptor = try WireFailure.check(unsafe postil_wire_memory("postil-page", size))
        guard let memory = unsafe postil_wire_map(descriptor, size, 1) else {
            throw WireFailure.error(ENOMEM)
        }
        unsafe page = memory.assumingMemoryBound(to: postil_wire_page_t.self)
    }

    deinit {
        unsafe postil_wire_unmap(page, UInt64(MemoryLayout<postil_wire_page_t>.size))
        WireFailure.close(descriptor)
    }

    /// Asks the running call to end.
    func cancel() { unsafe postil_wire_set(&page.pointee.cancel, 1) }

    var isCancelled: Bool { unsafe postil_wire_get(&page.pointee.cancel) != 0 }

    /// Lets the worker's sinks refuse what is still written.
    func refuseOutput() { unsafe postil_wire_set(&page.pointee.refuses, 1) }

    /// Tells the worker that a half of the output area was copied for the `count`th time.
    func giveBack(half: Int, count: UInt32) {
        if half == 0 {
            unsafe postil_wire_set(&page.pointee.returned.0, count)
        } else {
            unsafe postil_wire_set(&page.pointee.returned.1, count)
        }
    }

    var flight: FlightRecord { unsafe FlightRecord(page.pointee) }
}
