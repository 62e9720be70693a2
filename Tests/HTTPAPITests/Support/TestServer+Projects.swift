import HTTPTypes
import Testing
import ValueTree

extension TestServer {
    static let boxes = #"""
        <View><Image name="image" value="$image"/><RectangleLabels name="label" toName="image">
        <Label value="Roof"/><Label value="Tree"/></RectangleLabels></View>
        """#

    /// A project for boxes in images with this many tasks; its id.
    func makeProject(tasks: Int = 0) async throws -> Int64 {
        let body = "{\"title\": \"Roofs\", \"label_config\": \(Self.quoted(Self.boxes))}"
        let id = try #require(
            try await send(.post, "/api/projects/", body).json["id"]?.int64
        )
        if tasks > 0 {
            let list = (1...tasks).map { "{\"image\": \"/data/upload/\(id)/\($0).png\"}" }
            let answer = try await send(
                .post,
                "/api/projects/\(id)/import",
                "[\(list.joined(separator: ","))]"
            )
            #expect(answer.status == .created)
        }
        return id
    }

    static let region = #"""
        {"id": "a1", "from_name": "label", "to_name": "image", "type": "rectanglelabels",
        "original_width": 100, "original_height": 100, "image_rotation": 0,
        "value": {"x": 1, "y": 2.50, "width": 3e0, "height": 4, "rotation": 0,
        "rectanglelabels": ["Roof"]}}
        """#

    /// Text as a JSON string.
    static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
