internal import CPostilPlugin

/// Writes trees into memory of the host.
///
/// Valid inside the call that gave it.
///
///     builder.root { $0.object { $0["id"].write(7); $0["text"].write("seven") } }
///
/// The first failure sticks: what follows does nothing.
@safe public struct ValueBuilder {
    let raw: UnsafeMutablePointer<postil_builder_t>

    init(_ raw: UnsafeMutablePointer<postil_builder_t>) { unsafe self.raw = unsafe raw }

    /// Whether the batch should be given back before the next root is written.
    public var isFull: Bool { unsafe postil_build_is_full(raw) }

    /// Writes a root: exactly one value.
    ///
    /// - Throws: ``Failure`` when something that was written does not fit into a tree or a batch.
    public func root(_ body: (ValueWriter) -> Void) throws(Failure) {
        unsafe postil_build_root(raw, nil)
        body(unsafe ValueWriter(raw))
        let status = unsafe postil_build_root_end(raw)
        guard status == 0 else {
            let kind = Failure.Kind(rawValue: status) ?? .internalMistake
            throw Failure(kind, code: "not_a_value", "A value does not fit into a batch.")
        }
    }
}

/// Writes one value after the other into the array, object or root that is open.
@safe public struct ValueWriter {
    let raw: UnsafeMutablePointer<postil_builder_t>

    init(_ raw: UnsafeMutablePointer<postil_builder_t>) { unsafe self.raw = unsafe raw }

    /// Names the next value; inside of objects.
    public subscript(_ name: String) -> ValueWriter {
        _ = unsafe withBytes(of: name) { unsafe postil_build_key(raw, $0) }
        return self
    }

    /// Writes an object; name each value inside.
    public func object(_ body: (ValueWriter) -> Void) {
        unsafe postil_build_object(raw)
        body(self)
        unsafe postil_build_end(raw)
    }

    /// Writes an array.
    public func array(_ body: (ValueWriter) -> Void) {
        unsafe postil_build_array(raw)
        body(self)
        unsafe postil_build_end(raw)
    }

    /// Writes a text.
    public func write(_ text: String) {
        _ = unsafe withBytes(of: text) { unsafe postil_build_string(raw, $0) }
    }

    /// Writes a whole number.
    public func write(_ number: Int64) { unsafe postil_build_int64(raw, number) }

    /// Writes a number; one that is not finite is a failure.
    public func write(_ number: Double) { unsafe postil_build_double(raw, number) }

    /// Writes a truth value.
    public func write(_ truth: Bool) { unsafe postil_build_bool(raw, truth) }

    /// Writes a value again as it is, whatever it holds.
    public func write(_ value: Value) {
        let raw = unsafe value.raw
        switch unsafe Int(postil_value_kind(raw)) {
        case Int(POSTIL_KIND_OBJECT):
            object { writer in
                for (name, value) in value.members { writer[name].write(value) }
            }
        case Int(POSTIL_KIND_ARRAY):
            array { writer in for element in value.elements { writer.write(element) } }
        case Int(POSTIL_KIND_STRING):
            unsafe postil_build_string(self.raw, postil_value_text(raw))
        case Int(POSTIL_KIND_BOOL): write(value.bool ?? false)
        case Int(POSTIL_KIND_F64): write(value.double ?? 0)
        case Int(POSTIL_KIND_I64): write(value.int ?? 0)
        case Int(POSTIL_KIND_U64):
            unsafe postil_build_uint64(self.raw, raw.node?.pointee.payload ?? 0)
        case Int(POSTIL_KIND_NUMBER_TEXT):
            let text = unsafe postil_value_number_text(raw)
            unsafe postil_build_number_text(self.raw, text, value.double ?? 0)
        default: unsafe postil_build_null(self.raw)
        }
    }
}
