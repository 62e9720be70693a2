internal import CLibXML2

/// What libxml2 calls back: turns its pointers into Swift values for the builder.
///
/// libxml2's user data is this object, unretained; ``XMLEventSource`` keeps it alive.
@safe final class XMLEventHandler {
    private let builder: ConfigTreeBuilder
    /// The parser that calls.
    ///
    /// Set before it runs, freed after its last call.
    var context: xmlParserCtxtPtr?

    init(builder: ConfigTreeBuilder) {
        self.builder = builder
    }

    /// The callbacks that a config needs; what is not set is not called.
    static func callbacks() -> xmlSAXHandler {
        var sax = unsafe xmlSAXHandler()
        unsafe sax.initialized = UInt32(XML_SAX2_MAGIC)
        unsafe sax.internalSubset = { user, _, _, _ in
            unsafe XMLEventHandler.handler(user)?.documentType()
        }
        unsafe sax.startElementNs = {
            user,
            name,
            prefix,
            _,
            namespaceCount,
            namespaces,
            attributeCount,
            _,
            attributes in
            guard let handler = unsafe XMLEventHandler.handler(user), let name = unsafe name else {
                return
            }
            var values: [String: String] = [:]
            unsafe handler.readNamespaces(namespaces, Int(namespaceCount), into: &values)
            unsafe handler.readAttributes(attributes, Int(attributeCount), into: &values)
            handler.startTag(unsafe XMLEventHandler.qualified(name, prefix), values)
        }
        unsafe sax.endElementNs = { user, _, _, _ in unsafe XMLEventHandler.handler(user)?.endTag()
        }
        unsafe sax.characters = { unsafe XMLEventHandler.handler($0)?.text($1, $2) }
        unsafe sax.ignorableWhitespace = { unsafe XMLEventHandler.handler($0)?.text($1, $2) }
        unsafe sax.cdataBlock = { unsafe XMLEventHandler.handler($0)?.text($1, $2) }
        unsafe sax.comment = { user, text in
            guard let text = unsafe text else { return }
            unsafe XMLEventHandler.handler(user)?.builder.comment(XMLEventHandler.string(text))
        }
        unsafe postil_xml_set_error_handler(&sax) { user, error in
            guard let error = unsafe error?.pointee else { return }
            unsafe XMLEventHandler.handler(user)?.failed(error)
        }
        return unsafe sax
    }

    // MARK: Events

    private func documentType() {
        builder.documentType(offset: offset)
        stopAfterProblem()
    }

    private func startTag(_ name: String, _ values: [String: String]) {
        builder.startTag(name, values: values, offset: offset)
        stopAfterProblem()
    }

    private func endTag() {
        builder.endTag(offset: offset)
    }

    private func text(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
        unsafe builder.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }

    private func failed(_ error: xmlError) {
        guard unsafe error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        let message = unsafe error.message.map { unsafe String(cString: $0) } ?? "unknown error"
        builder.syntaxError(
            XMLSyntaxError(
                kind: XMLSyntaxError.Kind(rawValue: unsafe error.code),
                message: XMLText.trimmed(Array(message.utf8)) ?? message,
                parserOffset: offset
            )
        )
        stopAfterProblem()
    }

    // MARK: Reading

    /// Where the parser stands, in bytes of the text.
    private var offset: Int { max(0, unsafe xmlByteConsumed(context)) }

    private func stopAfterProblem() {
        if builder.problem != nil { unsafe xmlStopParser(context) }
    }

    /// Reads pairs of prefix and address.
    private func readNamespaces(
        _ pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
        _ count: Int,
        into values: inout [String: String]
    ) {
        guard let pairs = unsafe pairs else { return }
        for index in 0..<count {
            let prefix = unsafe pairs[2 * index].map { unsafe Self.string($0) }
            let name = prefix.map { "xmlns:" + $0 } ?? "xmlns"
            values[name] = unsafe pairs[2 * index + 1].map { unsafe Self.string($0) } ?? ""
        }
    }

    /// Reads groups of five: name, prefix, address, first byte of the value, byte after the last.
    private func readAttributes(
        _ groups: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
        _ count: Int,
        into values: inout [String: String]
    ) {
        guard let groups = unsafe groups else { return }
        for index in 0..<count {
            let group = unsafe groups + 5 * index
            guard let name = unsafe group[0], let start = unsafe group[3],
                let end = unsafe group[4]
            else { continue }
            let value = unsafe UnsafeBufferPointer(start: start, count: end - start)
            values[unsafe Self.qualified(name, group[1])] =
                unsafe String(decoding: value, as: UTF8.self)
        }
    }

    private static func handler(_ user: UnsafeMutableRawPointer?) -> XMLEventHandler? {
        guard let user = unsafe user else { return nil }
        return unsafe Unmanaged<XMLEventHandler>.fromOpaque(user).takeUnretainedValue()
    }

    private static func qualified(
        _ name: UnsafePointer<xmlChar>,
        _ prefix: UnsafePointer<xmlChar>?
    ) -> String {
        guard let prefix = unsafe prefix else { return unsafe string(name) }
        return unsafe string(prefix) + ":" + string(name)
    }

    private static func string(_ text: UnsafePointer<xmlChar>) -> String {
        unsafe String(cString: text)
    }
}
