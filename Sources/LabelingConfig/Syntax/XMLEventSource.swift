internal import CLibXML2

/// Runs libxml2's SAX2 parser over a text.
///
/// This file and ``XMLEventHandler``'s are the only ones that touch its pointers.
enum XMLEventSource {
    /// Entities are substituted because without it `&amp;` in attributes stays a reference.
    ///
    /// There are none but the five, since a document type ends the parsing. The declared encoding
    /// is ignored because the text is known to be UTF-8.
    private static let options =
        XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue | XML_PARSE_IGNORE_ENC.rawValue

    /// Sends what stands in the text to the builder.
    ///
    /// - Parameters:
    ///   - text: UTF-8, without byte order mark and NUL.
    ///   - builder: Has seen nothing yet.
    /// - Returns: The root tag.
    /// - Throws: The builder's first problem.
    static func parse(
        _ text: [UInt8],
        into builder: ConfigTreeBuilder
    ) throws(ConfigProblem) -> ConfigTag {
        prepareLibrary
        let handler = XMLEventHandler(builder: builder)
        let finished = unsafe text.withUnsafeBytes { buffer in
            unsafe run(buffer, handler)
        }
        if let problem = builder.problem { throw problem }
        guard finished, let root = builder.root else {
            throw ConfigProblem(.xml, "The config could not be read as XML.")
        }
        return root
    }

    /// libxml2 wants its globals set up before threads use it.
    private static let prepareLibrary: Void = xmlInitParser()

    private static func run(_ text: UnsafeRawBufferPointer, _ handler: XMLEventHandler) -> Bool {
        let start = unsafe text.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard let count = Int32(exactly: text.count),
            let context = unsafe xmlCreateMemoryParserCtxt(start, count)
        else { return false }
        defer { unsafe xmlFreeParserCtxt(context) }
        unsafe xmlCtxtUseOptions(context, Int32(bitPattern: options))
        guard let sax = unsafe context.pointee.sax else { return false }
        unsafe sax.pointee = XMLEventHandler.callbacks()
        unsafe handler.context = context
        unsafe context.pointee.userData = Unmanaged.passUnretained(handler).toOpaque()
        unsafe xmlParseDocument(context)
        // The handler must outlive the parser, which holds it unretained.
        return withExtendedLifetime(handler) { unsafe context.pointee.wellFormed == 1 }
    }
}
