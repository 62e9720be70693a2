import Foundation
import Testing

/// The 32 faults in each language that can express them and each place where a plugin runs.
///
/// Prints the table and compares it with the one in the reference.
@Suite struct FaultTableTests {
    private struct Row: Hashable, Sendable {
        var fault: Int
        var language: FaultLanguage
        var place: FaultPlace
    }

    /// What the allocator notices differs from one version of the C library to the next.
    private static let unsure: Set<String> = ["heap_overflow", "use_after_free", "double_free"]

    @Test(.timeLimit(.minutes(10)))
    func `no fault of a plugin disturbs the host or another job, and each is reported`()
        async throws
    {
        let bench = try await FaultBench()
        let rows = rows(bench.languages)

        let outcomes = try await outcomes(rows, bench)

        let table = table(outcomes, bench.languages)
        print(table)
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let page = tests.path + "/../../Docs/reference/plugin-faults.md"
        let reference = try String(contentsOfFile: page, encoding: .utf8)
        let known = Set(reference.split(separator: "\n"))
        for line in table.split(separator: "\n") {
            #expect(known.contains(line), "the reference says otherwise")
        }
    }

    private func rows(_ languages: [FaultLanguage]) -> [Row] {
        Fault.all.enumerated().flatMap { index, fault in
            fault.languages.filter(languages.contains).flatMap { language in
                FaultPlace.allCases.compactMap { place in
                    // Exporters and metrics build no arenas.
                    fault.name == "malformed_arena" && (place == .exporter || place == .metric)
                        ? nil : Row(fault: index, language: language, place: place)
                }
            }
        }
    }

    /// Eight at a time; those that wait for a limit cost nothing meanwhile.
    private func outcomes(_ rows: [Row], _ bench: FaultBench) async throws -> [Row: String] {
        try await withThrowingTaskGroup(of: (Row, String).self) { group in
            var outcomes: [Row: String] = [:]
            var rest = rows[...]
            func begin() {
                guard let row = rest.popFirst() else { return }
                group.addTask {
                    let fault = Fault.all[row.fault]
                    return (row, try await bench.outcome(fault, row.language, row.place))
                }
            }
            for _ in 0..<8 { begin() }
            while let (row, outcome) = try await group.next() {
                outcomes[row] = outcome
                begin()
            }
            return outcomes
        }
    }

    private func table(_ outcomes: [Row: String], _ languages: [FaultLanguage]) -> String {
        var lines = [
            "| Fault | Language | Exporter | Import source | Tag | Metric |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for (index, fault) in Fault.all.enumerated() {
            for language in fault.languages where languages.contains(language) {
                let cells = FaultPlace.allCases.map { place in
                    let row = Row(fault: index, language: language, place: place)
                    return words(outcomes[row] ?? "–", fault)
                }
                lines.append(
                    "| \(fault.title) | \(language.title) | \(cells.joined(separator: " | ")) |"
                )
            }
        }
        return lines.joined(separator: "\n")
    }

    private func words(_ outcome: String, _ fault: Fault) -> String {
        guard Self.unsure.contains(fault.name) else { return outcome }
        for signal in ["signal 6", "signal 11"] where outcome.hasSuffix(signal) {
            return outcome.dropLast(signal.count) + "signal 6 or 11"
        }
        return outcome
    }
}
