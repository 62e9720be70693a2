// text-lines: each line of each text file becomes a task.
//
// The host opens an import and asks for batches until nothing is left, with checkpoints in between.
// Files are seen by name and content; there are no paths.
import PostilPluginKit

/// One import that is under way, and where it stands.
struct Lines: ImportSource {
    private let inputs: Inputs
    private let cancellation: Cancellation
    /// Number of the file.
    private var input: Int
    /// Bytes of it that are done.
    private var offset: Int
    /// Lines of it that are done.
    private var line: Int
    private var content: [UInt8]?

    init(_ opening: ImportOpening) throws(Failure) {
        func number(_ name: String) -> Int { Int(max(opening.checkpoint[name].int ?? 0, 0)) }
        inputs = opening.inputs
        cancellation = opening.cancellation
        (input, offset, line) = (number("input"), number("offset"), number("line"))
    }

    mutating func next(_ builder: ValueBuilder) throws(Failure) -> Bool {
        while !builder.isFull {
            try cancellation.check()
            if content == nil, try !enterFile() { return false }
            if let text = try takeLine() {
                try writeTask(text, to: builder)
            } else {
                leaveFile()
            }
        }
        return true
    }

    func writeCheckpoint(_ builder: ValueBuilder) throws(Failure) {
        try builder.root { writer in
            writer.object { writer in
                writer["input"].write(Int64(input))
                writer["offset"].write(Int64(offset))
                writer["line"].write(Int64(line))
            }
        }
    }

    /// Opens the next text file where the import stands.
    ///
    /// False when there is none.
    private mutating func enterFile() throws(Failure) -> Bool {
        while input < inputs.count, !inputs.isFile(input) || !inputs.name(input).hasSuffix(".txt") {
            input += 1
        }
        guard input < inputs.count else { return false }
        content = try inputs.contents(input)
        return true
    }

    private mutating func leaveFile() {
        content = nil
        input += 1
        (offset, line) = (0, 0)
    }

    /// The next line that is not empty; `nil` at the end of the file.
    private mutating func takeLine() throws(Failure) -> String? {
        let (newline, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        while let rest = content?.dropFirst(offset), !rest.isEmpty {
            var bytes = rest.prefix { $0 != newline }
            offset += bytes.count + (bytes.count < rest.count ? 1 : 0)
            line += 1
            if bytes.last == carriageReturn { bytes.removeLast() }
            guard !bytes.isEmpty else { continue }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Failure(
                    .invalidData,
                    code: "not_utf8",
                    "Line \(line) of \(inputs.name(input)) is not UTF-8. Convert the file."
                )
            }
            return text
        }
        return nil
    }

    private func writeTask(_ text: String, to builder: ValueBuilder) throws(Failure) {
        try builder.root { writer in
            writer.object { writer in
                writer["data"].object { writer in
                    writer["text"].write(text)
                    writer["file"].write(inputs.name(input))
                    writer["line"].write(Int64(line))
                }
            }
        }
    }
}

/// The same as in manifest.json; the host compares.
let plugin = Plugin(
    id: "org.example.text-lines",
    version: "0.1.0",
    offers: [.importSource("text-lines", Lines.self)]
)

/// The one symbol of this library.
@c(postil_plugin_entry_v1)
public func entry(_ host: UnsafeRawPointer?) -> UnsafeRawPointer? { plugin.entry(host) }
