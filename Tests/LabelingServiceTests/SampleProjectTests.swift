import LabelModel
import LabelingService
import Testing
import ValueTree

@Suite(.serialized)
struct SampleProjectTests {
    @Test func `the sample has pictures that are there and footprints around them`() async throws {
        let house = try await House()
        let project = try await house.service.samples.create(by: house.administrator)
        #expect(project.counters.tasks == 8)
        let tasks = try await house.service.labeling.tasks(in: project.id, page: 1, size: 9).tasks
        for task in tasks {
            let data = try JSONText(parsing: task.data.bytes)
            let image = try #require(data["image"]?.string)
            let path = try await house.service.imports.media.upload(
                String(image.dropFirst("/data/upload/".count))
            )
            let header = try TemporaryFolder.read(path, count: 24)
            #expect(Array(header.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            #expect(Array(header.suffix(8)) == [0, 0, 2, 0, 0, 0, 2, 0])
            #expect(data["footprint"]?.count == 4)
        }
    }
}
