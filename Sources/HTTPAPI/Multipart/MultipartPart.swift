/// What the headers of one part of a multipart body say.
package struct MultipartPart: Equatable, Sendable {
    /// The form field.
    package var name: String
    /// What the client calls the file, for a folder its relative path; nil for a plain field.
    package var fileName: String?
    /// Media type without parameters, in lower case; `text/plain` when not given (RFC 7578, 4.4).
    package var mediaType: String

    package init(name: String, fileName: String? = nil, mediaType: String = "text/plain") {
        self.name = name
        self.fileName = fileName
        self.mediaType = mediaType
    }

    /// Reads header lines.
    ///
    /// - Parameters:
    ///   - headers: The lines with `\r\n` between them.
    ///   - offset: Where they begin in the body, for errors.
    /// - Throws: ``MultipartError`` when they do not name a form field.
    init(headers: some Collection<UInt8>, offset: Int) throws(MultipartError) {
        guard let text = String(validating: headers, as: UTF8.self) else {
            throw MultipartError("The headers of a part are not UTF-8.", offset: offset)
        }
        var disposition: HeaderValue?
        var mediaType = "text/plain"
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
            guard let colon = line.firstIndex(of: ":") else {
                throw MultipartError("A header of a part has no colon.", offset: offset)
            }
            let value = HeaderValue(line[line.index(after: colon)...])
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": mediaType = value.value
            default: continue
            }
        }
        guard let disposition, disposition.value == "form-data",
            let name = disposition.parameters["name"]
        else {
            throw MultipartError(
                "A part needs the header `Content-Disposition: form-data; name=...`.",
                offset: offset
            )
        }
        self.name = Self.unescaped(name)
        fileName =
            disposition.extendedParameter("filename")
            ?? disposition.parameters["filename"].map(Self.unescaped)
        self.mediaType = mediaType
    }

    /// Takes back what browsers do to quotes and line breaks in names (the HTML standard,
    /// "multipart/form-data encoding algorithm").
    private static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let percent = rest.firstIndex(of: "%") {
            result += rest[..<percent]
            let escape = rest[percent...].prefix(3)
            switch escape.uppercased() {
            case "%22": result += "\""
            case "%0D": result += "\r"
            case "%0A": result += "\n"
            default: result += escape
            }
            rest = rest[escape.endIndex...]
        }
        return result + rest
    }
}
