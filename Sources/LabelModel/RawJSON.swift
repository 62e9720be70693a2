/// One JSON value as the text that came in, checked to be JSON and UTF-8 by whoever made this.
///
/// `data` and `result` are kept in this form from request to disk to export, so that what a client
/// stored is what it reads back, byte for byte: the order of keys, the spelling of numbers, all.
public struct RawJSON: Hashable, Sendable {
    /// UTF-8 text of exactly one JSON value, without a byte order mark.
    public let bytes: [UInt8]

    /// Wraps text that was checked before.
    ///
    /// - Parameter bytes: UTF-8 text of one JSON value. It is not checked again here.
    public init(checked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Wraps text that was checked before, such as a slice of a larger checked document.
    public init(checked bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// Wraps a JSON literal written in code.
    public init(_ literal: StaticString) {
        bytes = Array(literal.description.utf8)
    }

    /// The text as a string; for messages and tests, not for hot paths.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public static let emptyObject: RawJSON = "{}"
    public static let emptyArray: RawJSON = "[]"
    public static let null: RawJSON = "null"
}

extension RawJSON: ExpressibleByStringLiteral {
    public init(stringLiteral value: StaticString) { self.init(value) }
}

extension RawJSON: CustomStringConvertible {
    public var description: String { text }
}
