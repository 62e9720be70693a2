import CPostilPlugin
import CSimdJSON

/// Writes the next value of a tree.
///
/// Valid only inside the closure that gets it.
///
/// The first mistake is kept and everything after it ignored; whoever runs the closure throws it.
@safe public final class ValueWriter {
    private let arena: OpaquePointer
    private let keys: ValueKeys
    private(set) var textFailure: JSONTextError?

    init(arena: OpaquePointer, keys: ValueKeys) {
        unsafe self.arena = unsafe arena
        self.keys = keys
    }

    private var builder: UnsafeMutablePointer<postil_builder_t> {
        unsafe postil_arena_builder(arena)
    }

    /// What went wrong first.
    var failure: ValueTreeError? {
        if let textFailure {
            return ValueTreeError(code: .text, offset: textFailure.offset, text: textFailure)
        }
        return unsafe ValueTreeError(builderStatus: builder.pointee.status)
    }

    /// Sets the name of the next member; give it its value: `object["id"].value(7)`.
    public subscript(_ name: String) -> ValueWriter {
        var name = name
        name.withUTF8 { name in
            _ = unsafe keys.withTable { table in
                unsafe postil_arena_key(arena, table, name.baseAddress, UInt64(name.count))
            }
        }
        return self
    }

    public func null() { unsafe postil_build_null(builder) }

    public func value(_ value: Bool) { unsafe postil_build_bool(builder, value) }

    public func value(_ value: Int64) { unsafe postil_build_int64(builder, value) }

    public func value(_ value: Int) { unsafe postil_build_int64(builder, Int64(value)) }

    /// Writes a number, which must be finite.
    public func value(_ value: Double) { unsafe postil_build_double(builder, value) }

    public func value(_ value: String) {
        var value = value
        value.withUTF8 { text in
            _ = unsafe postil_build_string(
                builder,
                postil_bytes_t(bytes: text.baseAddress, count: UInt64(text.count))
            )
        }
    }

    /// Writes points in one piece.
    public func points(_ points: [(x: Double, y: Double)]) {
        let flat = points.flatMap { [$0.x, $0.y] }
        unsafe flat.withUnsafeBufferPointer { flat in
            _ = unsafe postil_build_points(builder, flat.baseAddress, UInt32(points.count))
        }
    }

    /// Writes the value that a JSON text holds.
    public func json(_ text: [UInt8]) {
        guard failure == nil else { return }
        unsafe text.withUnsafeBufferPointer { text in
            var error = postil_json_error_t()
            let code = unsafe keys.withTable { table in
                unsafe postil_arena_append_json(
                    arena,
                    table,
                    text.baseAddress,
                    UInt64(text.count),
                    &error
                )
            }
            if code != POSTIL_JSON_OK { textFailure = unsafe JSONTextError(error, in: text) }
        }
    }

    /// Writes an object; `members` sets names and gives them values.
    public func object(_ members: (ValueWriter) -> Void) {
        unsafe postil_build_object(builder)
        members(self)
        unsafe postil_build_end(builder)
    }

    /// Writes an array; `elements` writes its values one after the other.
    public func array(_ elements: (ValueWriter) -> Void) {
        unsafe postil_build_array(builder)
        elements(self)
        unsafe postil_build_end(builder)
    }
}
