import Contracts
import LabelModel
import LabelingService
import Testing

@Suite(.serialized)
struct ImportFilesTests {
    private func add(
        _ name: String,
        _ text: String,
        to session: ImportSession
    ) async throws {
        try await session.add(name: name, mediaType: nil, bytes: Chunks(Array(text.utf8), of: 10))
    }

    @Test func `media files become tasks that refer to them`() async throws {
        let house = try await House()
        let project = try await house.project()
        let session = try await house.service.imports.begin(
            into: project.id,
            options: ImportOptions(),
            by: house.administrator
        )
        try await add("../../field one.PNG", "not looked at", to: session)
        try await add("b.jpg", "nor this", to: session)
        let answer = try await session.finish()
        #expect(answer.taskCount == 2)
        #expect(answer.fileUploadIDs.count == 2)
        #expect(answer.foundFormats == [".png": 1, ".jpg": 1])
        let task = try await house.service.labeling.task(answer.taskIDs[0])
        let path = try #require(
            task.data.text.wholeMatch(
                of: /\{"image":"\/data\/upload\/(\d+\/[0-9a-f]{8}-field_one\.PNG)"\}/
            )
        ).1
        let file = try await house.service.imports.media.upload(String(path))
        #expect(file.hasPrefix(house.folder + "/upload/"))
        #expect(task.fileUpload == answer.fileUploadIDs[0])
    }

    @Test func `several files must share a field`() async throws {
        let house = try await House()
        let project = try await house.project("<View></View>")
        let session = try await house.service.imports.begin(
            into: project.id,
            options: ImportOptions(),
            by: house.administrator
        )
        try await add("a.json", #"[{"text":"a"}]"#, to: session)
        try await add("b.csv", "other\nb\n", to: session)
        let error = await #expect(throws: ServiceError.self) { try await session.finish() }
        #expect(error?.code == "files_without_common_field")
        #expect(try await house.taskCount(project) == 0)
        #expect(try await house.service.imports.files(of: project.id).isEmpty)
        #expect(TemporaryFolder.names(house.folder + "/upload/\(project.id)").isEmpty)
    }

    @Test func `files kept without tasks are imported later`() async throws {
        let house = try await House()
        let project = try await house.project(House.textConfig)
        let session = try await house.service.imports.begin(
            into: project.id,
            options: ImportOptions(commits: false),
            by: house.administrator
        )
        try await add("a.json", #"[{"text":"a"},{"text":"b"}]"#, to: session)
        let kept = try await session.finish()
        #expect(!kept.isCommitted)
        #expect(try await house.taskCount(project) == 0)
        let answer = try await house.service.imports.reimport(
            kept.fileUploadIDs,
            into: project.id,
            by: house.administrator
        )
        #expect(answer.taskCount == 2)
    }

    @Test(arguments: ["a.exe", "noextension.", "a.svgz"])
    func `files of unknown kinds are refused`(name: String) async throws {
        let house = try await House()
        let project = try await house.project()
        let session = try await house.service.imports.begin(
            into: project.id,
            options: ImportOptions(),
            by: house.administrator
        )
        let error = await #expect(throws: ServiceError.self) {
            try await add(name, "x", to: session)
        }
        #expect(error?.code == "file_type_unknown")
    }

    @Test func `text imported before the config is shown under the field that it names later`()
        async throws
    {
        let house = try await House()
        let project = try await house.project("<View></View>")
        let answer = try await house.importText("hello", "text/plain", into: project)
        let labeling = house.service.labeling
        #expect(try await labeling.task(answer.taskIDs[0]).data.text == #"{"$undefined$":"hello"}"#)
        _ = try await house.service.projects.update(project.id, by: house.administrator) {
            $0.labelConfig = House.textConfig
        }
        #expect(try await labeling.task(answer.taskIDs[0]).data.text == #"{"text":"hello"}"#)
    }

    @Test func `a folder below a media root is walked, links and hidden files left out`()
        async throws
    {
        let root = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(root) }
        try Folder.make(root + "/tiles/deep")
        try TemporaryFolder.write("1", to: root + "/tiles/a b.png")
        try TemporaryFolder.write("2", to: root + "/tiles/deep/c.png")
        try TemporaryFolder.write("3", to: root + "/tiles/.hidden.png")
        try Folder.link("/etc/passwd", root + "/tiles/passwd.png")
        try Folder.link("/etc", root + "/tiles/etc")
        let house = try await House(plugins: [.localFolder], mediaRoots: [root])
        let project = try await house.project()
        let answer = try await house.service.imports.importFolder(
            "tiles",
            with: "local-folder",
            into: project.id,
            by: house.administrator
        )
        #expect(answer.taskCount == 2)
        let tasks = try await house.service.labeling.tasks(in: project.id, page: 1, size: 9).tasks
        #expect(
            tasks.map(\.data.text) == [
                #"{"image":"/data/local-files/?d=tiles/a%20b.png"}"#,
                #"{"image":"/data/local-files/?d=tiles/deep/c.png"}"#,
            ]
        )
        let media = house.service.imports.media
        _ = try await media.localFile("tiles/a b.png")
        for path in [
            "tiles/passwd.png", "../etc/passwd", "tiles/../../etc/passwd", "/etc/passwd", "tiles",
        ] {
            await #expect(throws: ServiceError.self) { try await media.localFile(path) }
        }
        for path in ["/etc", "..", "tiles/etc", "nowhere"] {
            let error = await #expect(throws: ServiceError.self) {
                try await house.service.imports.importFolder(
                    path,
                    with: "local-folder",
                    into: project.id,
                    by: house.administrator
                )
            }
            #expect(error?.code == "media_path_refused")
        }
    }

    @Test func `an uploaded folder is read by the import source`() async throws {
        let house = try await House(plugins: [.localFolder])
        let project = try await house.project()
        let upload = try await house.service.imports.beginFolder(
            into: project.id,
            by: house.administrator
        )
        try await upload.add(name: "tiles/b.png", bytes: Chunks([1, 2, 3], of: 2))
        try await upload.add(name: "tiles/a.png", bytes: Chunks([4], of: 2))
        for name in ["../x.png", "/x.png", "a/../../b", "tiles/a.png", ""] {
            await #expect(throws: ServiceError.self) {
                try await upload.add(name: name, bytes: Chunks([5], of: 2))
            }
        }
        let answer = try await upload.finish()
        #expect(answer.taskCount == 2)
        let task = try await house.service.labeling.task(answer.taskIDs[0])
        let path = try #require(task.data.text.firstMatch(of: /\/data\/upload\/([^"]+a\.png)/)).1
        _ = try await house.service.imports.media.upload(String(path))
    }
}
