import Foundation
import Testing

/// What stood in a released header keeps its place: `Tests/ABI/<version>/layout.txt`.
@Suite struct ReleasedLayoutTests {
    private struct Structure: Hashable {
        var size: Int
        var alignment: Int
        /// "name offset size", in order.
        var fields: [String]

        /// Whoever allocates it says how large it is, so it may grow.
        var isSized: Bool { fields.first == "size 0 4" }
    }

    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().path + "/ABI"

    private static let releases: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.contains(".") }.sorted()
    }()

    private func structures(_ table: String) -> [String: Structure] {
        var found: [String: Structure] = [:]
        var name = ""
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if line.hasPrefix(" ") {
                found[name]?.fields.append(words.joined(separator: " "))
            } else {
                name = words[0]
                found[name] = Structure(
                    size: Int(words[1]) ?? 0,
                    alignment: Int(words[2]) ?? 0,
                    fields: []
                )
            }
        }
        return found
    }

    @Test func `a release is kept`() {
        #expect(Self.releases.contains("1.0"))
    }

    @Test(arguments: releases)
    func `structures have grown at their ends alone`(version: String) throws {
        let path = "\(Self.folder)/\(version)/layout.txt"
        let released = structures(try String(contentsOfFile: path, encoding: .utf8))
        let present = structures(measuredLayouts.map(\.text).joined(separator: "\n"))
        #expect(released.count > 30)
        for (name, old) in released {
            let new = try #require(present[name], "\(name) is gone")
            #expect(Array(new.fields.prefix(old.fields.count)) == old.fields, "\(name)")
            #expect(new.alignment == old.alignment, "\(name)")
            #expect(old.isSized ? new.size >= old.size : new == old, "\(name)")
        }
    }
}
