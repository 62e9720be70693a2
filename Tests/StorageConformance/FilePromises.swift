import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let filePromises: [StoragePromise] = [
        StoragePromise("files come back by id and by project, until they are deleted") { bench in
            let project = try await bench.project()
            let files = bench.storage.files
            let first = try await files.insert(
                path: "1/0a-a.png",
                byteCount: 12,
                project: project,
                by: bench.ann
            )
            let second = try await files.insert(
                path: "1/0b-b.png",
                byteCount: 0,
                project: project,
                by: bench.bob
            )
            #expect(first.byteCount == 12 && first.user == bench.ann && first.project == project)
            #expect(try await files.file(first.id) == first)
            #expect(try await files.files(of: project) == [first, second])
            let names = try await files.paths([second.id, first.id, FileUploadID(999)])
            #expect(names == [first.id: "1/0a-a.png", second.id: "1/0b-b.png"])
            try await files.delete(first.id)
            #expect(try await files.files(of: project) == [second])
            await expect(.notFound) { try await files.delete(first.id) }
            await expect(.notFound) {
                _ = try await files.insert(
                    path: "9/x",
                    byteCount: 1,
                    project: ProjectID(999),
                    by: bench.ann
                )
            }
        }
    ]
}
