import CPostilPlugin
import CSimdJSON
import Glibc

/// A checked text and the places of its values.
///
/// Nothing changes after `init`, so every thread may read it at any time.
@safe final class JSONDocument: @unchecked Sendable {
    private let document: OpaquePointer
    let text: UnsafePointer<UInt8>
    let items: UnsafePointer<postil_json_item_t>
    let itemCount: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONTextError) {
        var made: OpaquePointer?
        var error = postil_json_error_t()
        let code = unsafe postil_json_document_make(
            bytes.baseAddress,
            UInt64(bytes.count),
            &made,
            &error
        )
        guard code == POSTIL_JSON_OK, let document = unsafe made else {
            throw unsafe JSONTextError(error, in: bytes)
        }
        unsafe self.document = unsafe document
        unsafe text = unsafe postil_json_document_text(document)
        unsafe items = unsafe postil_json_document_items(document)
        itemCount = unsafe Int(postil_json_document_item_count(document))
    }

    deinit {
        unsafe postil_json_document_free(document)
    }

    /// The item at an index that came from this document.
    func item(_ index: Int) -> postil_json_item_t {
        precondition(index < itemCount)
        return unsafe items[index]
    }

    /// The bytes of an item, quotes included.
    func bytes(_ item: postil_json_item_t) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(
            start: text + Int(item.start),
            count: Int(item.end - item.start)
        )
    }

    /// The content of a string or a name, escapes included.
    func inside(_ item: postil_json_item_t) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(
            start: text + Int(item.start) + 1,
            count: Int(item.end - item.start) - 2
        )
    }

    /// The text of a string or a name, unescaped.
    func string(_ item: postil_json_item_t) -> String {
        let inside = unsafe inside(item)
        guard unsafe inside.hasBackslash else {
            return unsafe String(decoding: inside, as: UTF8.self)
        }
        return unsafe String(unsafeUninitializedCapacity: inside.count) { target in
            unsafe Int(
                postil_json_unescape(
                    inside.baseAddress,
                    UInt64(inside.count),
                    target.baseAddress
                )
            )
        }
    }

    /// True if a string or a name reads as `text` once it is unescaped.
    func isEqual(_ item: postil_json_item_t, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { unsafe isEqual(item, $0) }
    }

    /// The index of the value of an object's member with this name, the last one of several.
    func member(named name: String, of object: Int) -> Int? {
        var name = name
        return name.withUTF8 { name in
            var found: Int?
            var at = object + 1
            let end = Int(item(object).next)
            while at < end {
                if unsafe isEqual(item(at), name) { found = at + 1 }
                at = Int(item(at + 1).next)
            }
            return found
        }
    }

    private func isEqual(_ item: postil_json_item_t, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let inside = unsafe inside(item)
        if inside.count == text.count {
            guard let own = inside.baseAddress, let other = text.baseAddress else { return true }
            return unsafe memcmp(own, other, text.count) == 0
        }
        // Escapes are longer than what they stand for.
        guard inside.count > text.count, unsafe inside.hasBackslash else { return false }
        return unsafe string(item).utf8.elementsEqual(text)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// True if something in the content of a string may be an escape.
    var hasBackslash: Bool {
        guard let start = baseAddress else { return false }
        return unsafe memchr(start, Int32(UInt8(ascii: "\\")), count) != nil
    }
}
