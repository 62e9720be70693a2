package import CPostilPlugin
import CSimdJSON

/// The host service that renders values as JSON text for plugins.
package enum JSONTextService {
    /// The body of `postil_json_text_t.render`; see there.
    package static func render(
        _ batch: UnsafePointer<postil_batch_t>?,
        _ node: UnsafePointer<postil_node_t>?,
        options: UInt32,
        writeContext: UnsafeMutableRawPointer?,
        write: (@convention(c) (UnsafeMutableRawPointer?, postil_bytes_t) -> Int32)?,
        error: UnsafeMutablePointer<postil_error_t>?
    ) -> Int32 {
        guard let batch = unsafe batch?.pointee, let node = unsafe node, let write = unsafe write,
            let arena = unsafe batch.arena_borrowed,
            case let offset = unsafe UnsafeRawPointer(node) - UnsafeRawPointer(arena),
            offset > 0, unsafe offset < Int(batch.arena_size)
        else {
            return unsafe postil_fail(
                error,
                Int32(POSTIL_ERROR_INVALID_ARGUMENT),
                "json_text_argument",
                "There is no value of this batch to render, or nowhere to write it."
            )
        }
        return unsafe postil_tree_render(
            batch.key_names_borrowed,
            batch.key_count,
            node,
            options,
            writeContext,
            write
        )
    }
}
