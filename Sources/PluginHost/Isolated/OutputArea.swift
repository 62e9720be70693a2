import CPluginWire
import Glibc
import Contracts

/// The memory in which a worker leaves records for the host.
///
/// The worker may change it at any time, so the host copies a part first and looks at the copy. The
/// area cannot shrink. Used on the worker's thread only; proof for `@unchecked Sendable`.
@safe final class OutputArea: @unchecked Sendable {
    private static let halfBytes = Int(POSTIL_WIRE_HALF_BYTES)
    private static let size = UInt64(2 * POSTIL_WIRE_HALF_BYTES)

    private let memory: UnsafeMutableRawPointer
    let descriptor: Int32

    init() throws(PluginError) {
        descriptor = try WireFailure.check(unsafe postil_wire_memory("postil-output", Self.size))
        guard let memory = unsafe postil_wire_map(descriptor, Self.size, 0) else {
            throw WireFailure.error(ENOMEM)
        }
        unsafe self.memory = unsafe memory
    }

    deinit {
        unsafe postil_wire_unmap(memory, Self.size)
        WireFailure.close(descriptor)
    }

    /// Appends a copy of the first bytes of a half.
    ///
    /// - Returns: False when there is no such part.
    func copy(half: UInt64, count: UInt64, to bytes: inout [UInt8]) -> Bool {
        guard half < 2, count <= UInt64(Self.halfBytes) else { return false }
        let start = unsafe memory + Int(half) * Self.halfBytes
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: Int(count)))
        return true
    }
}
