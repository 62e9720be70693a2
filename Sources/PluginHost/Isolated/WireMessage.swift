import CPluginWire
import Glibc

/// One message of the wire.
struct WireMessage: Sendable {
    var kind: Int
    var call: UInt64
    var a: UInt64
    var b: UInt64
    var payload: [UInt8]

    /// What came of waiting for a message.
    enum Received: Sendable {
        case one(WireMessage)
        case nothing
        case end
        /// No message of this wire.
        case garbage

        var message: WireMessage? { if case .one(let message) = self { message } else { nil } }
    }

    /// The payload as text, whatever is in it.
    var text: String { String(decoding: payload, as: UTF8.self) }

    /// - Returns: 0, or a negated error number.
    static func send(
        _ socket: Int32,
        kind: Int,
        call: UInt64 = 0,
        a: UInt64 = 0,
        b: UInt64 = 0,
        payload: [UInt8] = [],
        descriptors: [Int32] = []
    ) -> Int32 {
        var header = postil_wire_header_t()
        header.kind = UInt16(kind)
        header.payload_bytes = UInt32(payload.count)
        header.call = call
        header.a = a
        header.b = b
        var sent = postil_wire_descriptors_t()
        sent.count = Int32(descriptors.count)
        unsafe withUnsafeMutableBytes(of: &sent.numbers) { numbers in
            unsafe descriptors.withUnsafeBytes { unsafe numbers.copyMemory(from: $0) }
        }
        return unsafe payload.withUnsafeBytes { bytes in
            unsafe postil_wire_send(socket, &header, bytes.baseAddress, &sent)
        }
    }

    /// Receives one message.
    ///
    /// Workers send no descriptors; those that come are closed.
    static func receive(_ socket: Int32, waits: Bool) -> Received {
        var header = postil_wire_header_t()
        var descriptors = postil_wire_descriptors_t()
        var error: Int32 = 0
        let payload = unsafe [UInt8](
            unsafeUninitializedCapacity: Int(POSTIL_WIRE_PAYLOAD_MAX)
        ) { buffer, count in
            error = unsafe postil_wire_receive(
                socket,
                waits ? 1 : 0,
                &header,
                buffer.baseAddress,
                &descriptors
            )
            count = error == 0 ? Int(header.payload_bytes) : 0
        }
        guard error == 0 else { return error == -EAGAIN ? .nothing : .garbage }
        unsafe postil_wire_close(&descriptors)
        guard header.kind != UInt16(POSTIL_WIRE_EOF) else { return .end }
        return .one(
            WireMessage(
                kind: Int(header.kind),
                call: header.call,
                a: header.a,
                b: header.b,
                payload: payload
            )
        )
    }
}
