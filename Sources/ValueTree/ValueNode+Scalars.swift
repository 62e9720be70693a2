import CPostilPlugin

extension ValueNode {
    public var isNull: Bool { kind == .null }

    public var bool: Bool? {
        var answer = false
        return unsafe withValue { value in unsafe postil_value_bool(value, &answer) } ? answer : nil
    }

    /// The number, if it is exactly an `Int64`; `3.0` is.
    public var int64: Int64? {
        var answer: Int64 = 0
        return unsafe withValue { value in unsafe postil_value_int64(value, &answer) }
            ? answer : nil
    }

    /// The number, if it is exactly an `Int`.
    public var int: Int? { int64.map { Int($0) } }

    /// The nearest double; nil if the number is beyond every one.
    public var double: Double? {
        var answer = 0.0
        let isNumber = unsafe withValue { value in unsafe postil_value_double(value, &answer) }
        return isNumber && answer.isFinite ? answer : nil
    }

    public var string: String? {
        guard kind == .string else { return nil }
        return unsafe withValue { value in
            let text = unsafe postil_value_text(value)
            return unsafe String(decoding: text.buffer, as: UTF8.self)
        }
    }

    public var bytes: [UInt8]? {
        guard kind == .bytes else { return nil }
        return unsafe withValue { value in unsafe Array(postil_value_bytes(value).buffer) }
    }

    /// The numbers of an array, packed or not; nil if anything else is in it.
    public var doubles: [Double]? {
        let node = unsafe storage.node(offset)
        switch Int(unsafe node.pointee.kind) {
        case POSTIL_KIND_F64_ARRAY:
            return unsafe withValue { value in
                unsafe Array(
                    UnsafeBufferPointer(
                        start: postil_value_packed(value),
                        count: Int(node.pointee.length)
                    )
                )
            }
        case POSTIL_KIND_I64_ARRAY:
            return unsafe withValue { value in
                unsafe UnsafeBufferPointer(
                    start: postil_value_packed_int64(value),
                    count: Int(node.pointee.length)
                ).map(Double.init)
            }
        case POSTIL_KIND_ARRAY:
            let numbers = elements.compactMap(\.double)
            return numbers.count == count ? numbers : nil
        default:
            return nil
        }
    }

    /// The points of an array, packed or written as `[[x, y], …]`; nil if anything else is in it.
    public var points: [(x: Double, y: Double)]? {
        let count = unsafe withValue { value in unsafe postil_value_copy_points(value, nil, 0) }
        guard count >= 0 else { return nil }
        var flat = [Double](repeating: 0, count: Int(count) * 2)
        unsafe flat.withUnsafeMutableBufferPointer { flat in
            unsafe withValue { value in
                _ = unsafe postil_value_copy_points(value, flat.baseAddress, UInt64(count))
            }
        }
        return stride(from: 0, to: flat.count, by: 2).map { (flat[$0], flat[$0 + 1]) }
    }
}

extension postil_bytes_t {
    /// The bytes as a buffer, valid as long as they are.
    @unsafe var buffer: UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: bytes, count: Int(count))
    }
}
