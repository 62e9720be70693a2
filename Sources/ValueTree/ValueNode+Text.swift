import CPostilPlugin
import CSimdJSON

/// Ways to write JSON text.
public struct JSONTextOptions: OptionSet, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Two spaces a level, one member or element a line.
    public static let indented = JSONTextOptions(rawValue: UInt32(POSTIL_JSON_INDENTED))
    /// Everything beyond ASCII as `\u` escapes.
    public static let ascii = JSONTextOptions(rawValue: UInt32(POSTIL_JSON_ASCII))
}

extension ValueNode {
    /// The value as JSON text.
    ///
    /// Doubles have the fewest digits that read back the same; numbers that nothing else holds come
    /// out as they came in; packed arrays are arrays, byte strings base64.
    public func jsonText(_ options: JSONTextOptions = []) -> [UInt8] {
        var text: [UInt8] = []
        _ = unsafe withUnsafeMutablePointer(to: &text) { text in
            unsafe postil_tree_render(
                storage.keys.names,
                storage.keyCount,
                storage.node(offset),
                options.rawValue,
                text
            ) { text, piece in
                unsafe text?.assumingMemoryBound(to: [UInt8].self).pointee
                    .append(contentsOf: piece.buffer)
                return 0
            }
        }
        return text
    }
}
