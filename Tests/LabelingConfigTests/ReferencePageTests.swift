import Foundation
import LabelingConfig
import Testing

/// `Docs/reference/labeling-config.md` is complete.
@Suite struct ReferencePageTests {
    private static let page: String = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Docs/reference/labeling-config.md").standardizedFileURL
        return (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    }()

    @Test(arguments: TagRegistry.builtIn.entries.map(\.definition.name))
    func `the reference page has a row for each built-in tag`(name: String) throws {
        let definition = try #require(TagRegistry.builtIn[name]?.definition)
        let row = "| `\(name)` | \(definition.kind.rawValue) |"
        let line = Self.page.split(separator: "\n").first { $0.hasPrefix(row) }
        let cells = try #require(line)
        for result in definition.resultTypes { #expect(cells.contains("`\(result.type)`")) }
    }

    @Test(
        arguments: ConfigProblem.Code.allCases.map(\.rawValue)
            + ResultProblem.Code.allCases.map(\.rawValue)
            + TaskDataProblem.Code.allCases.map(\.rawValue)
    )
    func `the reference page explains each code`(code: String) {
        #expect(Self.page.contains("`\(code)`"))
    }
}
