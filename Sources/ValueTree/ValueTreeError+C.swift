import CSimdJSON

extension ValueTreeError {
    /// Reads the error of a C function that copies a tree.
    init(_ error: postil_json_error_t) {
        let root = Int(error.root)
        let offset = Int(error.offset)
        switch Int(error.code) {
        case POSTIL_TREE_MALFORMED: self.init(code: .malformed, root: root, offset: offset)
        case POSTIL_TREE_NOT_UTF8: self.init(code: .notUTF8, root: root, offset: offset)
        case POSTIL_TREE_NUMBER: self.init(code: .number, root: root, offset: offset)
        case POSTIL_JSON_TOO_DEEP: self.init(code: .tooDeep, root: root, offset: offset)
        case POSTIL_JSON_TOO_LARGE, POSTIL_JSON_NO_MEMORY:
            self.init(code: .tooLarge, root: root, offset: offset)
        default:
            let text = unsafe JSONTextError(error, in: UnsafeBufferPointer(start: nil, count: 0))
            self.init(code: .text, root: root, offset: offset, text: text)
        }
    }

    /// The error for the state that a builder is in, if it is a bad one.
    init?(builderStatus status: Int32) {
        switch Int(status) {
        case POSTIL_OK: return nil
        case POSTIL_ERROR_TOO_LARGE, POSTIL_ERROR_NO_MEMORY: self.init(code: .tooLarge)
        default: self.init(code: .malformed)
        }
    }
}
