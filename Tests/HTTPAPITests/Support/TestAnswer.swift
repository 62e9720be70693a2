import HTTPTypes
import Hummingbird
import NIOCore
import ValueTree

/// What the server answered, read to its end.
struct TestAnswer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let bytes: [UInt8]

    init(_ response: Response) async throws {
        status = response.status
        headers = response.headers
        let collected = Collected()
        try await response.body.write(CollectingWriter(collected: collected))
        bytes = await collected.bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The body as JSON.
    var json: JSONText {
        get throws { try JSONText(parsing: bytes) }
    }

    /// Value of a cookie that the answer sets.
    func cookie(_ name: String) -> String? {
        headers[values: .setCookie].lazy
            .filter { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1).prefix { $0 != ";" }) }
            .first
    }
}

private actor Collected {
    private(set) var bytes: [UInt8] = []

    func append(_ buffer: ByteBuffer) {
        bytes.append(contentsOf: buffer.readableBytesView)
    }
}

private struct CollectingWriter: ResponseBodyWriter {
    let collected: Collected

    mutating func write(_ buffer: ByteBuffer) async throws {
        await collected.append(buffer)
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
