import Contracts
import LabelModel
import LabelingService
import SQLiteStorage
import Testing

@Suite(.serialized)
struct ProjectMoveTests {
    /// A project with everything that an archive can hold.
    private func filled(_ house: House, tasks count: Int = 3) async throws -> Project {
        let project = try await house.project(House.textConfig) { $0.maximumAnnotations = 2 }
        let session = try await house.service.imports.begin(
            into: project.id,
            options: ImportOptions(),
            by: house.administrator
        )
        let answer =
            #"{"result":[{"id":"a","from_name":"mood","to_name":"text","type":"choices","value":{"choices":["Good"]}}]}"#
        let tasks = (0..<count).map { number in
            #"{"data":{"text":"number \#(number)"},"annotations":[\#(answer)],"predictions":[{"model_version":"m","score":0.25,"result":[]}]}"#
        }
        try await session.add(
            name: "tasks.json",
            mediaType: nil,
            bytes: Chunks(Array("[\(tasks.joined(separator: ","))]".utf8), of: 1_000)
        )
        _ = try await session.finish()
        _ = try await house.service.projects.update(project.id, by: house.administrator) {
            $0.labelConfig = House.textConfig.replacing("Bad", with: "Worse")
        }
        return project
    }

    private func pack(
        _ project: ProjectID,
        of house: House,
        _ options: PackOptions = PackOptions()
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        let archive = try await house.service.moves.pack(project, options, by: house.administrator)
        for try await chunk in archive { bytes += chunk }
        return bytes
    }

    private func unpack(
        _ bytes: [UInt8],
        into house: House,
        chunk: Int = 70_001
    ) async throws -> UnpackedProject {
        try await house.service.moves.unpack(Chunks(bytes, of: chunk), by: house.administrator)
    }

    private func projectCount(_ house: House) async throws -> Int {
        try await house.service.projects.page(
            ProjectQuery(),
            number: 1,
            size: 1,
            by: house.administrator
        ).total
    }

    @Test(arguments: [1, 511, 70_001])
    func `an archive of what was unpacked is the same archive`(chunk: Int) async throws {
        let (here, there) = (try await House(), try await House())
        _ = try await there.project()
        let project = try await filled(here)
        let archive = try await pack(project.id, of: here)
        there.clock.advance(seconds: 1_000)
        let unpacked = try await unpack(archive, into: there, chunk: chunk)
        #expect(unpacked.project.id != project.id)
        #expect(unpacked.counts.tasks == 3 && unpacked.counts.annotations == 3)
        #expect(unpacked.counts.predictions == 3 && unpacked.counts.files == 1)
        #expect(unpacked.project.configVersion == 2)
        #expect(unpacked.placeholders.isEmpty)
        #expect(try await pack(unpacked.project.id, of: there) == archive)
    }

    @Test func `an archive does not depend on how it came to be there`() async throws {
        let house = try await House()
        let project = try await filled(house)
        let archive = try await pack(project.id, of: house)
        #expect(try await pack(project.id, of: house) == archive)
        // Where the original is, answers get new unique ids; all else is the same.
        let copy = try await unpack(archive, into: house)
        #expect(try await house.taskCount(copy.project) == 3)
        #expect(try await pack(project.id, of: house) == archive)
    }

    @Test func `uploaded files come along and tasks refer to them`() async throws {
        let (here, there) = (try await House(), try await House())
        _ = try await there.project()
        let project = try await here.project()
        let session = try await here.service.imports.begin(
            into: project.id,
            options: ImportOptions(),
            by: here.administrator
        )
        try await session.add(name: "ä b.png", mediaType: nil, bytes: Chunks([1, 2, 3], of: 2))
        _ = try await session.finish()
        let unpacked = try await unpack(pack(project.id, of: here), into: there)
        let file = try #require(
            try await there.service.imports.files(of: unpacked.project.id).first
        )
        let task = try #require(
            try await there.storage.tasks.page(of: unpacked.project.id, number: 1, size: 1).first
        )
        #expect(file.path.hasPrefix("\(unpacked.project.id)/"))
        #expect(task.data.text.contains("\"/data/upload/\(unpacked.project.id)/"))
        #expect(task.fileUpload == file.id)
        let path = try await there.service.imports.media.upload(file.path)
        #expect(try TemporaryFolder.read(path, count: 9) == [1, 2, 3])
    }

    @Test func `files of a media root come along when they are wished for`() async throws {
        let media = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(media) }
        try TemporaryFolder.write("pixels", to: media + "/field.png")
        let (here, there) = (try await House(mediaRoots: [media]), try await House())
        let project = try await here.project()
        try await here.importText(
            #"[{"image":"/data/local-files/?d=field.png"},{"image":"/data/local-files/?d=gone.png"}]"#,
            into: project
        )
        var options = PackOptions()
        options.includesLocalMedia = true
        let unpacked = try await unpack(pack(project.id, of: here, options), into: there)
        let tasks = try await there.storage.tasks.page(of: unpacked.project.id, number: 1, size: 9)
        #expect(tasks[0].data.text.contains("/data/upload/\(unpacked.project.id)/local/field.png"))
        #expect(tasks[1].data.text.contains("/data/local-files/?d=gone.png"))
        let path = try await there.service.imports.media.upload(
            "\(unpacked.project.id)/local/field.png"
        )
        #expect(try TemporaryFolder.read(path, count: 9) == Array("pixels".utf8))
    }

    @Test func `people are found by their address, others stand for who did it`() async throws {
        let (here, there) = (try await House(), try await House())
        let made = try await here.service.accounts.create([
            NewAccount(email: "Eva@elsewhere.example", password: "correct horse", role: .member)
        ])
        let project = try await filled(here, tasks: 1)
        let task = try #require(
            try await here.storage.tasks.page(of: project.id, number: 1, size: 1).first
        )
        let answer = NewAnnotation(result: "[]", resultCount: 0)
        _ = try await here.storage.annotations.insert(answer, on: task.id, by: made[0].user.id)
        let unpacked = try await unpack(pack(project.id, of: here), into: there)
        #expect(unpacked.placeholders == ["eva@elsewhere.example"])
        #expect(unpacked.counts.knownUsers == 1)
        let eva = try #require(
            try await there.storage.users.credentials(email: "eva@elsewhere.example")
        )
        #expect(!eva.user.isActive && eva.passwordHash == nil && eva.user.role == .member)
        let arrived = try #require(
            try await there.storage.tasks.page(of: unpacked.project.id, number: 1, size: 1).first
        )
        let annotations = try await there.storage.annotations.annotations(of: arrived.id)
        #expect(annotations.map(\.completedBy) == [there.administrator.id, eva.user.id])
    }

    @Test func `an archive that is cut off anywhere changes nothing`() async throws {
        let (here, there) = (try await House(), try await House())
        let archive = try await pack(filled(here).id, of: here)
        for end in stride(from: 0, to: archive.count - 1_024, by: 499) {
            let error = await #expect(throws: ServiceError.self) {
                _ = try await unpack(Array(archive[..<end]), into: there)
            }
            #expect(error?.code == "archive_truncated", "\(end): \(String(describing: error))")
            #expect(error?.place == .offset(end))
        }
        #expect(try await projectCount(there) == 0)
        #expect(TemporaryFolder.names(there.folder + "/upload").isEmpty)
    }

    @Test func `an archive in which a byte is another one changes nothing`() async throws {
        let (here, there) = (try await House(), try await House())
        let archive = try await pack(filled(here).id, of: here)
        for place in stride(from: 7, to: archive.count - 1_024, by: 997) {
            var damaged = archive
            damaged[place] ^= 0x01
            // What fills up a block says nothing, so nothing is lost with it.
            guard archive[place] != 0 else { continue }
            let error = await #expect(throws: ServiceError.self, "\(place)") {
                _ = try await unpack(damaged, into: there)
            }
            #expect(error?.kind == .invalid && error?.hint != nil, "\(place): \(error?.code ?? "")")
        }
        #expect(try await projectCount(there) == 0)
    }

    @Test func `what is no archive is refused with a sentence`() async throws {
        let house = try await House()
        for (bytes, code) in [
            (Array("PK not a tar".utf8) + [UInt8](repeating: 7, count: 600), "archive_damaged"),
            ([UInt8](repeating: 0, count: 1_024), "archive_truncated"),
            ([], "archive_truncated"),
        ] {
            let error = await #expect(throws: ServiceError.self) {
                _ = try await unpack(bytes, into: house)
            }
            #expect(error?.code == code)
        }
        #expect(try await projectCount(house) == 0)
    }

    @Test func `a member packs what is theirs and unpacks nothing`() async throws {
        let house = try await House()
        let theirs = try await house.project()
        let own = try await house.service.projects.create(
            theirs.settings,
            by: house.annotator
        )
        let options = PackOptions()
        _ = try await house.service.moves.pack(own.id, options, by: house.annotator)
        for refused in [
            await #expect(throws: ServiceError.self) {
                _ = try await house.service.moves.pack(theirs.id, options, by: house.annotator)
            },
            await #expect(throws: ServiceError.self) {
                _ = try await house.service.moves.unpack(Chunks([], of: 1), by: house.annotator)
            },
        ] {
            #expect(refused?.kind == .forbidden)
        }
    }
}
