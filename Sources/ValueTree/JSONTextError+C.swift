import CSimdJSON

extension JSONTextError {
    /// Reads the error of a C function.
    ///
    /// - Parameters:
    ///   - error: Filled by the function that failed.
    ///   - text: What it was about, to name the character at fault; may be empty.
    init(_ error: postil_json_error_t, in text: UnsafeBufferPointer<UInt8>) {
        let code = Code(error.code)
        let offset = Int(error.offset)
        var pointer = ""
        unsafe withUnsafePointer(to: error) { error in
            if let name = unsafe postil_json_error_pointer(error) {
                pointer = unsafe String(cString: name)
            }
        }
        var message: String?
        if code == .syntax, offset < text.count {
            let byte = unsafe text[offset]
            if byte > 0x20, byte < 0x7F {
                message = "“\(Character(Unicode.Scalar(byte)))” cannot stand here."
            }
        }
        self.init(
            code: code,
            offset: offset,
            line: Int(error.line),
            column: Int(error.column),
            pointer: pointer,
            message: message
        )
    }
}

extension JSONTextError.Code {
    /// The code of a C function's error.
    ///
    /// Memory that ran out counts as a text too large.
    init(_ code: Int32) {
        switch Int(code) {
        case POSTIL_JSON_EMPTY: self = .empty
        case POSTIL_JSON_SYNTAX: self = .syntax
        case POSTIL_JSON_TRUNCATED: self = .truncated
        case POSTIL_JSON_TRAILING_TEXT: self = .trailingText
        case POSTIL_JSON_NOT_UTF8: self = .notUTF8
        case POSTIL_JSON_CONTROL_CHARACTER: self = .controlCharacter
        case POSTIL_JSON_ESCAPE: self = .escape
        case POSTIL_JSON_NUMBER: self = .number
        case POSTIL_JSON_TOO_DEEP: self = .tooDeep
        default: self = .tooLarge
        }
    }
}
