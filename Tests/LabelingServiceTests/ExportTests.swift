import Contracts
import LabelModel
import LabelingService
import Testing
import ValueTree

@Suite(.serialized)
struct ExportTests {
    /// A project with tasks, each annotated once.
    private func annotated(_ house: House, tasks count: Int) async throws -> Project {
        let project = try await house.project(House.textConfig)
        let tasks = (0..<count).map { number in
            #"{"data":{"text":"number \#(number)"},"annotations":[{"result":[{"id":"a","from_name":"mood","to_name":"text","type":"choices","value":{"choices":["Good"]}}]}]}"#
        }
        try await house.importText("[" + tasks.joined(separator: ",") + "]", into: project)
        return project
    }

    private func bytes(_ result: ExportResult) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in result.chunks { bytes += chunk }
        return bytes
    }

    @Test func `a task is written in the shape and order of the JSON export`() async throws {
        let house = try await House()
        let project = try await annotated(house, tasks: 1)
        let result = try await house.service.exports.export(
            ExportRequest(project: project.id, format: "LINES"),
            by: house.administrator
        )
        let task = try JSONText(parsing: try await bytes(result))
        #expect(
            task.members.map(\.name) == [
                "id", "annotations", "drafts", "predictions", "data", "meta", "created_at",
                "updated_at", "allow_skip", "inner_id", "total_annotations",
                "cancelled_annotations", "total_predictions", "comment_count",
                "unresolved_comment_count", "last_comment_updated_at", "project", "updated_by",
                "comment_authors",
            ]
        )
        let annotation = try #require(task["annotations"]?[0])
        #expect(
            annotation.members.map(\.name) == [
                "id", "completed_by", "result", "was_cancelled", "ground_truth", "created_at",
                "updated_at", "draft_created_at", "lead_time", "prediction", "result_count",
                "unique_id", "import_id", "last_action", "bulk_created", "task", "project",
                "updated_by", "parent_prediction", "parent_annotation", "last_created_by",
            ]
        )
        #expect(task["data"]?.rawText == #"{"text":"number 0"}"#)
        #expect(annotation["result_count"]?.int == 1)
    }

    @Test func `the answer is named as Label Studio names it`() async throws {
        let house = try await House()
        let project = try await annotated(house, tasks: 1)
        let result = try await house.service.exports.export(
            ExportRequest(project: project.id, format: "LINES"),
            by: house.administrator
        )
        #expect(
            result.fileName.wholeMatch(of: /project-\d+-at-2026-09-21-14-13-[0-9a-f]{8}\.txt/)
                != nil,
            "\(result.fileName)"
        )
        #expect(result.mediaType == "text/plain")
    }

    @Test func `all tasks of a large project come in order`() async throws {
        let house = try await House()
        let project = try await annotated(house, tasks: 3_000)
        let result = try await house.service.exports.export(
            ExportRequest(project: project.id, format: "LINES"),
            by: house.administrator
        )
        let lines = try await bytes(result).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 3_000)
        let last = try JSONText(parsing: Array(lines[2_999]))
        #expect(last["data"]?["text"]?.string == "number 2999")
    }

    @Test func `tasks that nobody answered are left out unless asked for`() async throws {
        let house = try await House()
        let project = try await annotated(house, tasks: 2)
        try await house.importText(#"[{"text":"new"}]"#, into: project)
        for (all, count) in [(false, 2), (true, 3)] {
            let result = try await house.service.exports.export(
                ExportRequest(project: project.id, format: "LINES", includesUnannotated: all),
                by: house.administrator
            )
            #expect(try await bytes(result).split(separator: UInt8(ascii: "\n")).count == count)
        }
    }

    @Test func `several files come as an archive`() async throws {
        let house = try await House(plugins: [.files])
        let project = try await annotated(house, tasks: 3)
        let result = try await house.service.exports.export(
            ExportRequest(project: project.id, format: "FILES"),
            by: house.administrator
        )
        #expect(result.fileExtension == "zip")
        #expect(result.mediaType == "application/zip")
        let names = try #require(ZipDirectory(try await bytes(result))).names
        #expect(names.count == 4)
        #expect(names.last == "classes.txt")
    }

    @Test func `what the format could not hold is told once the file is whole`() async throws {
        let house = try await House(plugins: [.files])
        let exports = house.service.exports
        let project = try await annotated(house, tasks: 3)
        let result = try await exports.export(
            ExportRequest(project: project.id, format: "FILES"),
            by: house.administrator
        )
        _ = try await bytes(result)
        let report = try exports.report(result.report, of: project.id)
        guard case .finished(let losses) = report.state else {
            Issue.record("the export ended as \(report.state)")
            return
        }
        #expect(losses.entries.map(\.code) == ["moods_dropped"])
        #expect(report.format == "FILES")
        let other = try await house.project(House.textConfig)
        #expect(throws: ServiceError.self) { try exports.report(result.report, of: other.id) }
    }

    @Test func `a large file goes into the archive as it grows, and others wait for it`()
        async throws
    {
        let house = try await House(plugins: [
            .exporter("org.postil.big", "BIG", fileExtension: nil, .interleaved)
        ])
        let project = try await annotated(house, tasks: 1)
        let result = try await house.service.exports.export(
            ExportRequest(project: project.id, format: "BIG"),
            by: house.administrator
        )
        let archive = try #require(ZipDirectory(try await bytes(result)))
        #expect(archive.names == ["large.bin", "small.txt", "left open.txt"])
        #expect(archive["large.bin"]?.count == 6 << 20)
        #expect(archive["large.bin"]?.allSatisfy { $0 == 7 } == true)
        #expect(archive["small.txt"].map { String(decoding: $0, as: UTF8.self) } == "small")
        #expect(archive["left open.txt"].map { String(decoding: $0, as: UTF8.self) } == "open")
    }

    @Test func `a project without tasks exports an empty file`() async throws {
        let house = try await House()
        let project = try await house.project()
        let result = try await house.service.exports.export(
            ExportRequest(project: project.id, format: "LINES"),
            by: house.administrator
        )
        #expect(try await bytes(result).isEmpty)
    }

    @Test func `an exporter that fails early is a refusal`() async throws {
        let house = try await House(plugins: [
            .exporter("org.postil.bad", "BAD", fileExtension: "txt", .failing(batch: 0))
        ])
        let project = try await annotated(house, tasks: 3)
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.exports.export(
                ExportRequest(project: project.id, format: "BAD"),
                by: house.administrator
            )
        }
        #expect(error?.code == "call_failed")
    }

    @Test func `an exporter that fails midway breaks the stream, and the report says why`()
        async throws
    {
        let house = try await House(plugins: [
            .exporter("org.postil.bad", "BAD", fileExtension: "txt", .failing(batch: 2))
        ])
        let exports = house.service.exports
        let project = try await annotated(house, tasks: 3_000)
        let result = try await exports.export(
            ExportRequest(project: project.id, format: "BAD"),
            by: house.administrator
        )
        await #expect(throws: ServiceError.self) { try await bytes(result) }
        guard case .failed(let failure) = try exports.report(result.report, of: project.id).state
        else {
            Issue.record("a broken export counts as whole")
            return
        }
        #expect(failure.message == "This exporter fails on purpose.")
    }

    @Test func `whoever stops reading ends the export`() async throws {
        let house = try await House()
        let project = try await annotated(house, tasks: 3_000)
        for _ in 0..<3 {
            let result = try await house.service.exports.export(
                ExportRequest(project: project.id, format: "LINES"),
                by: house.administrator
            )
            for try await _ in result.chunks { break }
        }
        let result = try await house.service.exports.export(
            ExportRequest(project: project.id, format: "LINES"),
            by: house.administrator
        )
        #expect(try await bytes(result).split(separator: UInt8(ascii: "\n")).count == 3_000)
    }

    @Test func `a format whose plugin is not enabled is refused with the reason`() async throws {
        let stranger = FakeCatalog.Plugin.exporter(
            "com.example.stranger",
            "STRANGE",
            fileExtension: "txt",
            .lines,
            bundled: false
        )
        let house = try await House(plugins: [stranger, .lines])
        let project = try await annotated(house, tasks: 1)
        let request = ExportRequest(project: project.id, format: "STRANGE")
        let plugin = stranger.installed.plugin
        let exports = house.service.exports
        var error = await #expect(throws: ServiceError.self) {
            try await exports.export(request, by: house.annotator)
        }
        #expect(error?.code == "exporter_not_enabled")
        #expect(error?.message.contains("No administrator has allowed") == true)
        _ = try await house.service.plugins.decide(
            .allowed,
            on: plugin,
            by: house.administrator
        )
        error = await #expect(throws: ServiceError.self) {
            try await exports.export(request, by: house.annotator)
        }
        #expect(error?.message.contains("not enabled in this project") == true)
        #expect(house.catalog.opened == 0)
        _ = try await house.service.plugins.set(
            plugin.id,
            in: project.id,
            enabled: true,
            version: nil,
            settings: nil,
            by: house.annotator
        )
        _ = try await bytes(exports.export(request, by: house.annotator))
        #expect(house.catalog.opened == 1)
        error = await #expect(throws: ServiceError.self) {
            try await exports.export(
                ExportRequest(project: project.id, format: "NOTHING"),
                by: house.annotator
            )
        }
        #expect(error?.code == "exporter_unknown")
    }

    @Test func `the exporter is told of the project and its settings`() async throws {
        let house = try await House()
        let project = try await annotated(house, tasks: 1)
        _ = try await house.service.exports.export(
            ExportRequest(
                project: project.id,
                format: "LINES",
                settings: Array(#"{"precision":3}"#.utf8)
            ),
            by: house.administrator
        )
        let context = try JSONText(parsing: try #require(house.catalog.lastContext))
        #expect(context["project"]?["id"]?.int64 == project.id.rawValue)
        #expect(context["label_config"]?.string == House.textConfig)
        #expect(context["parsed_label_config"]?["mood"]?["type"]?.string == "Choices")
        #expect(context["settings"]?["precision"]?.int == 3)
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.exports.export(
                ExportRequest(
                    project: project.id,
                    format: "LINES",
                    settings: Array(#"{"wrong":3}"#.utf8)
                ),
                by: house.administrator
            )
        }
        #expect(error?.code == "settings_invalid")
        #expect(error?.place == .pointer("/settings/wrong"))
    }
}
