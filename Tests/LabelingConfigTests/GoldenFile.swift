import Foundation
import Testing

/// A test as a data file: inputs and, last, the output expected, each after a line of dashes.
struct GoldenFile: CustomTestStringConvertible, Sendable {
    private static let rule = "\n----------\n"

    let name: String
    /// At least one.
    let inputs: [String]
    let expected: String
    private let path: URL

    var testDescription: String { name }

    /// The files of a folder under `Golden/`, by name.
    static func all(in folder: String) -> [GoldenFile] {
        let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Golden").appending(path: folder)
        let paths = try? FileManager.default.contentsOfDirectory(
            at: directory,
            includingPropertiesForKeys: nil
        )
        return (paths ?? []).filter { $0.pathExtension == "golden" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .compactMap(GoldenFile.init)
    }

    private init?(_ path: URL) {
        guard let text = try? String(contentsOf: path, encoding: .utf8) else { return nil }
        let parts = text.components(separatedBy: Self.rule)
        self.path = path
        name = path.deletingPathExtension().lastPathComponent
        inputs = Array(parts.dropLast(parts.count > 1 ? 1 : 0))
        expected = parts.count > 1 ? parts[parts.count - 1] : ""
    }

    /// Compares, or writes the output into the file when `POSTIL_UPDATE_GOLDEN` is set.
    func expect(_ output: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let output = output.hasSuffix("\n") ? output : output + "\n"
        if ProcessInfo.processInfo.environment["POSTIL_UPDATE_GOLDEN"] != nil {
            let text = (inputs + [output]).joined(separator: Self.rule)
            try text.write(to: path, atomically: true, encoding: .utf8)
        } else {
            #expect(output == expected, sourceLocation: sourceLocation)
        }
    }
}
