import CSimdJSON

/// A value inside checked JSON text, which can say its bytes exactly as they came in.
///
/// The whole document was checked when it was parsed: UTF-8, grammar, escapes, numbers, at most
/// 128 containers inside each other, one value and nothing behind it. So reading a value cannot
/// fail; asking the wrong kind gives nil or an empty sequence, and a path can be walked without a
/// check at each step: `text["value"]?["x"]?.double`.
///
/// Nothing is decoded before it is asked for. A value keeps its document alive.
public struct JSONText: Sendable {
    /// What a value is.
    public enum Kind: Hashable, Sendable {
        case null, bool, number, string, array, object
    }

    let document: JSONDocument
    let index: Int

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    /// Checks a text, which is UTF-8, and keeps a copy of it.
    ///
    /// A byte order mark at the start is skipped.
    public init(parsing bytes: [UInt8]) throws(JSONTextError) {
        self.init(document: try Self.document(bytes), index: 0)
    }

    /// Checks a part of a larger buffer and keeps a copy of it.
    public init(parsing bytes: ArraySlice<UInt8>) throws(JSONTextError) {
        self.init(document: try Self.document(bytes), index: 0)
    }

    /// Checks a text and keeps a copy of it.
    public init(parsing text: String) throws(JSONTextError) {
        self.init(document: try Self.document(Array(text.utf8)), index: 0)
    }

    private static func document(
        _ bytes: some Collection<UInt8>
    ) throws(JSONTextError) -> JSONDocument {
        let made = bytes.withContiguousStorageIfAvailable { buffer in
            Result { () throws(JSONTextError) in unsafe try JSONDocument(buffer) }
        }
        guard let made else { return try document(Array(bytes)) }
        return try made.get()
    }

    public var kind: Kind {
        switch unsafe document.text[Int(document.item(index).start)] {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        default: .number
        }
    }
}
