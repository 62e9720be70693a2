import CPostilPlugin

extension postil_bytes_t {
    /// The bytes as a buffer; empty when there is no pointer, whatever the count says.
    @unsafe var buffer: UnsafeBufferPointer<UInt8> {
        guard let start = unsafe self.bytes, let count = unsafe Int(exactly: self.count) else {
            return unsafe UnsafeBufferPointer(start: nil, count: 0)
        }
        return unsafe UnsafeBufferPointer(start: start, count: count)
    }

    /// The text, with what is not UTF-8 replaced, cut to `limit` bytes.
    @unsafe func text(limit: Int) -> String {
        unsafe String(decoding: buffer.prefix(limit), as: UTF8.self)
    }

    /// The text; `nil` when it is not UTF-8.
    @unsafe var checkedText: String? {
        unsafe String(validating: buffer, as: UTF8.self)
    }
}

/// Lends a text to a call as the ABI's bytes.
@unsafe func withBytes<Answer>(of text: String, _ body: (postil_bytes_t) -> Answer) -> Answer {
    var copy = text
    return copy.withUTF8 { utf8 in
        unsafe body(postil_bytes_t(bytes: utf8.baseAddress, count: UInt64(utf8.count)))
    }
}
