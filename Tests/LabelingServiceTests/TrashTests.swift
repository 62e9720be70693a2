import Contracts
import LabelModel
import LabelingService
import SQLiteStorage
import Testing

@Suite(.serialized)
struct TrashTests {
    private func emptied(_ house: House) async throws -> Project {
        let project = try await house.project(House.textConfig)
        try await house.importText(#"[{"text":"a"},{"text":"b"}]"#, into: project)
        _ = try await house.service.labeling.deleteTasks(of: project.id, by: house.annotator)
        return project
    }

    private func entries(_ house: House, _ project: Project) async throws -> [TrashEntry] {
        try await house.service.trash.contents(
            of: project.id,
            before: nil,
            limit: 9,
            by: house.annotator
        ).entries
    }

    @Test func `what was deleted is gone for good after its days, and not before`() async throws {
        let house = try await House()
        let project = try await emptied(house)
        try await house.service.trash.setDays(3, by: house.administrator)
        house.clock.advance(seconds: 3 * 86_400 - 1)
        try await house.service.trash.purgeExpired()
        #expect(try await entries(house, project).map(\.count) == [2])
        house.clock.advance(seconds: 2)
        try await house.service.trash.purgeExpired()
        #expect(try await entries(house, project).isEmpty)
    }

    @Test func `with no days it is kept`() async throws {
        let house = try await House()
        let project = try await emptied(house)
        try await house.service.trash.setDays(0, by: house.administrator)
        house.clock.advance(seconds: 4_000 * 86_400)
        try await house.service.trash.purgeExpired()
        let contents = try await house.service.trash.contents(
            of: project.id,
            before: nil,
            limit: 9,
            by: house.annotator
        )
        #expect(contents.entries.count == 1)
        #expect(contents.entries.first.flatMap { contents.expiry(of: $0) } == nil)
    }

    @Test func `a project keeps its files in the trash and loses them for good`() async throws {
        let house = try await House()
        let project = try await house.project()
        let session = try await house.service.imports.begin(
            into: project.id,
            options: ImportOptions(),
            by: house.administrator
        )
        try await session.add(name: "a.png", mediaType: nil, bytes: Chunks([1], of: 1))
        _ = try await session.finish()
        try await house.service.projects.delete(project.id, by: house.annotator)
        let folder = house.folder + "/upload/\(project.id)"
        #expect(TemporaryFolder.names(folder).count == 1)
        let entry = try #require(
            try await house.service.trash.deletedProjects(by: house.annotator).entries.first
        )
        await #expect(throws: ServiceError.self) {
            try await house.service.trash.purge(entry.id, of: nil, by: house.annotator)
        }
        try await house.service.trash.purge(entry.id, of: nil, by: house.administrator)
        #expect(TemporaryFolder.names(folder).isEmpty)
        #expect(try await house.storage.trash.projects().isEmpty)
    }
}
