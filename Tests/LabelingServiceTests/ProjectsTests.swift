import Contracts
import LabelModel
import LabelingConfig
import LabelingService
import Testing

@Suite(.serialized)
struct ProjectsTests {
    @Test(arguments: [
        ("<View>", "config_xml"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><View>&b;</View>", "config_doctype"),
        ("<View><Picture name=\"a\" value=\"$a\"/></View>", "tag_unknown"),
        (
            "<View><Image name=\"i\" value=\"$i\"/><Choices name=\"c\" toName=\"x\"><Choice value=\"1\"/></Choices></View>",
            "to_name_unknown"
        ),
    ])
    func `a config that cannot be saved is refused at its place`(
        config: String,
        code: String
    ) async throws {
        let house = try await House()
        let projects = house.service.projects
        let project = try await house.project()
        let error = await #expect(throws: ServiceError.self) {
            try await projects.update(project.id, by: house.administrator) {
                $0.labelConfig = config
            }
        }
        #expect(error?.code == code)
        #expect(error?.place != nil)
        #expect(error?.hint != nil)
        #expect(error?.field == "label_config")
        #expect(try await projects.project(project.id).settings.labelConfig == House.imageConfig)
        await #expect(throws: ServiceError.self) {
            try await projects.validate(labelConfig: config, for: nil)
        }
    }

    @Test(arguments: [
        ("<Choice value=\"City\"/>", nil as String?),
        ("", "labels_in_use"),
    ])
    func `validating tells which labels in use would vanish, and saving takes it`(
        choice: String,
        code: String?
    ) async throws {
        let house = try await House()
        let project = try await house.project()
        try await house.importText(
            #"""
            [{"data":{"image":"a"},"annotations":[{"result":
            [{"from_name":"kind","to_name":"image","type":"choices","value":{"choices":["City"]}}]}]}]
            """#,
            into: project
        )
        let config = """
            <View><Image name="image" value="$image"/>
            <RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels>
            <Choices name="kind" toName="image">\(choice)<Choice value="Land"/></Choices></View>
            """
        var found: String?
        do {
            try await house.service.projects.validate(labelConfig: config, for: project.id)
        } catch {
            found = error.code
        }
        #expect(found == code)
        let saved = try await house.service.projects.update(project.id, by: house.administrator) {
            $0.labelConfig = config
        }
        #expect(saved.configVersion == 2)
    }

    @Test(arguments: ["ab", String(repeating: "x", count: 51)])
    func `titles have the length that Label Studio wants`(title: String) async throws {
        let house = try await House()
        let error = await #expect(throws: ServiceError.self) {
            try await house.project { $0.title = title }
        }
        #expect(error?.field == "title")
    }

    @Test func `a project that is deleted for good takes its files with it`() async throws {
        let house = try await House()
        let project = try await house.service.samples.create(by: house.administrator)
        #expect(!TemporaryFolder.names(house.folder + "/upload/\(project.id)").isEmpty)
        try await house.service.projects.delete(project.id, by: house.administrator)
        let entry = try #require(
            try await house.service.trash.deletedProjects(by: house.administrator).entries.first
        )
        try await house.service.trash.purge(entry.id, of: nil, by: house.administrator)
        #expect(TemporaryFolder.names(house.folder + "/upload/\(project.id)").isEmpty)
        await #expect(throws: ServiceError.self) {
            try await house.service.projects.setup(of: project.id)
        }
    }
}
