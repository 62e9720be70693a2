/// Writes JSON text by appending to a byte buffer, with raw JSON spliced in untouched.
///
/// The writer puts the commas; the caller keeps objects and arrays balanced. It exists because
/// answers and exports mix few fields of ours with much stored text, which an encoder would have
/// to parse first.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Forgets the text and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    // MARK: Structure

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes an object's members between braces.
    public mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        beginObject()
        try members(&self)
        endObject()
    }

    /// Writes an array's elements between brackets.
    public mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        beginArray()
        try elements(&self)
        endArray()
    }

    /// Writes a member's name; its value must follow.
    public mutating func key(_ name: String) {
        separate()
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a member's name that needs no escaping, without looking for what might need it.
    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        unsafe bytes.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        )
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    // MARK: Values

    public mutating func null() { literal("null") }

    public mutating func value(_ value: Bool) { literal(value ? "true" : "false") }

    /// Writes a number of the type that most are.
    ///
    /// Besides the generic one, which a caller in another module cannot have specialized.
    public mutating func value(_ value: Int64) {
        separate()
        appendDecimal(value)
    }

    public mutating func value(_ value: some FixedWidthInteger) {
        separate()
        appendDecimal(value)
    }

    /// Writes the shortest text that reads back as the same number; `null` when it is not finite.
    public mutating func value(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        if let whole = Int64(exactly: value), abs(whole) < 1 << 53 {
            appendDecimal(whole)
            bytes.append(contentsOf: [UInt8(ascii: "."), UInt8(ascii: "0")])
        } else {
            bytes.append(contentsOf: value.description.utf8)
        }
    }

    public mutating func value(_ value: String) {
        separate()
        appendQuoted(value)
    }

    public mutating func value(_ value: Timestamp) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: value.iso8601)
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func value(_ value: some Identifier) { self.value(value.rawValue) }

    /// Writes stored text as it is.
    public mutating func value(_ value: RawJSON) { raw(value.bytes) }

    /// Writes text that is known to be one JSON value as it is.
    public mutating func raw(_ text: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: text)
    }

    // MARK: Members

    public mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        self.value(value)
    }

    public mutating func member(_ name: StaticString, _ value: Int) {
        key(name)
        self.value(value)
    }

    public mutating func member(_ name: StaticString, _ value: Int64?) {
        key(name)
        if let value { self.value(value) } else { null() }
    }

    public mutating func member(_ name: StaticString, _ value: Double?) {
        key(name)
        if let value { self.value(value) } else { null() }
    }

    public mutating func member(_ name: StaticString, _ value: String?) {
        key(name)
        if let value { self.value(value) } else { null() }
    }

    public mutating func member(_ name: StaticString, _ value: Timestamp?) {
        key(name)
        if let value { self.value(value) } else { null() }
    }

    public mutating func member(_ name: StaticString, _ value: (some Identifier)?) {
        key(name)
        if let value { self.value(value.rawValue) } else { null() }
    }

    public mutating func member(_ name: StaticString, _ value: RawJSON) {
        key(name)
        self.value(value)
    }

    public mutating func nullMember(_ name: StaticString) {
        key(name)
        null()
    }

    // MARK: Text

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func appendDecimal(_ value: some FixedWidthInteger) {
        guard value != 0 else { return bytes.append(UInt8(ascii: "0")) }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = value.magnitude
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }

    private mutating func appendQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.hexDigits[Int(byte >> 4)])
                bytes.append(Self.hexDigits[Int(byte & 0xF)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
