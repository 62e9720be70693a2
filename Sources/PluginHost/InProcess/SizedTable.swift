import Contracts

/// Reads a structure that a plugin owns, field by field as far as the plugin's own `size` reaches.
///
/// A plugin built against older headers has a shorter structure, one built against newer headers a
/// longer one. What the plugin's lacks reads as zero: a function that is not there is a NULL one.
enum SizedTable {
    /// Copies the structure.
    ///
    /// - Parameters:
    ///   - pointer: Starts with `uint32_t size`.
    ///   - field: Offset of the last field, of the size of a pointer, that it must have; `nil`
    ///     stands for nothing but the size.
    ///   - name: For the error.
    ///   - empty: All zero.
    /// - Returns: The copy.
    /// - Throws: `answer_invalid` when the structure is shorter than `field` needs.
    @unsafe static func read<Table>(
        _ pointer: UnsafeRawPointer,
        through field: Int?,
        name: String,
        into empty: Table
    ) throws(PluginError) -> Table {
        let minimum = field.map { $0 + MemoryLayout<UInt>.size } ?? 8
        let stated = unsafe Int(pointer.loadUnaligned(as: UInt32.self))
        guard stated >= minimum else {
            throw PluginError(
                .answerInvalid,
                "The plugin's \(name) has \(stated) bytes; \(minimum) are the least.",
                hint: "Set `size` to sizeof of the structure."
            )
        }
        var copy = empty
        let count = min(stated, MemoryLayout<Table>.size)
        unsafe withUnsafeMutableBytes(of: &copy) {
            unsafe $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: count))
        }
        return copy
    }
}
