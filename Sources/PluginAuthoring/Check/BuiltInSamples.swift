import Contracts
import LabelModel
import ValueTree

/// What a plugin is tried on when its author gives nothing.
enum BuiltInSamples {
    static let labelConfig = """
        <View>
          <Image name="image" value="$image"/>
          <RectangleLabels name="box" toName="image">
            <Label value="Car"/><Label value="Tree"/>
          </RectangleLabels>
          <PolygonLabels name="shape" toName="image"><Label value="Lake"/></PolygonLabels>
          <Choices name="weather" toName="image"><Choice value="sun"/><Choice value="rain"/></Choices>
          <TextArea name="remark" toName="image"/>
        </View>
        """

    /// Images with boxes, polygons, choices, texts and relations, as an export writes them.
    static let tasks: String = {
        let tasks = (1...24).map { number -> String in
            let annotations = (0..<number % 4).map { annotation(number * 10 + $0) }
            let name = ["tile", "été", "a b", "ひ"][number % 4]
            return """
                {"id":\(number),"project":1,"data":{"image":"/data/upload/1/\(name)-\(number).png",\
                "text":"row \(number), \\"quoted\\"","footprint":[[10,50.1],[10.2,50.1],[10.2,50],\
                [10,50]]},"meta":{},"annotations":[\(annotations.joined(separator: ","))],\
                "predictions":[]}
                """
        }
        return "[" + tasks.joined(separator: ",") + "]"
    }()

    private static func annotation(_ id: Int) -> String {
        let side = "\"original_width\":640,\"original_height\":480,\"image_rotation\":0"
        let target = "\"to_name\":\"image\""
        return """
            {"id":\(id),"completed_by":1,"was_cancelled":\(id % 7 == 0),"ground_truth":false,\
            "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",\
            "lead_time":1.5,"result":[{"id":"b\(id)","from_name":"box",\(target),\
            "type":"rectanglelabels",\(side),"value":{"x":\(id % 50),"y":10.5,"width":20,\
            "height":30.25,"rotation":\(id % 3),"rectanglelabels":["Car"]}},{"id":"p\(id)",\
            "from_name":"shape",\(target),"type":"polygonlabels",\(side),"value":{"points":\
            [[10,10],[60,\(id % 40)],[30,70]],"closed":true,"polygonlabels":["Lake"]}},\
            {"id":"c\(id)","from_name":"weather",\(target),"type":"choices","value":{"choices":\
            ["sun"]}},{"id":"t\(id)","from_name":"remark",\(target),"type":"textarea","value":\
            {"text":["a, b","c\\nd"]}},{"type":"relation","from_id":"b\(id)","to_id":"p\(id)",\
            "direction":"right"}]}
            """
    }

    /// Pairs of answers to a metric: equal ones, unlike ones, empty ones.
    static let pairs: String = {
        let answers = [
            annotation(11), annotation(12), #"{"id":3,"kind":"annotation","result":[]}"#,
        ]
        let task = #"{"id":1,"data":{"image":"a.png","text":"some words"}}"#
        let pairs = answers.flatMap { first in
            answers.map { #"{"task":\#(task),"first":\#(first),"second":\#($0)}"# }
        }
        return "[" + pairs.joined(separator: ",") + "]"
    }()

    /// Questions to a tag of which only its manifest is known: plain ones, no right answers.
    static func cases(tag: String, _ manifest: PluginManifest) -> [UInt8] {
        let entry = manifest.tags.first { $0.tag.lowercased() == tag.lowercased() }
        let text = entry.flatMap { try? JSONText(parsing: $0.json.bytes) }
        let types = text?["resultTypes"]?.elements.compactMap { $0["type"]?.string } ?? []
        let type = types.first ?? tag.lowercased()
        let shapes = [
            #"{"points":[[10,10],[60,20],[30,70]],"closed":true}"#,
            #"{"x":1,"y":2,"width":3,"height":4,"rotation":0}"#, "{}",
        ]
        let cases = shapes.map { value in
            """
            {"element":{"tag":"\(tag)","attributes":{"name":"field","toName":"image"},\
            "children":[],"objects":{"image":{"tag":"Image","attributes":{"name":"image",\
            "value":"$image"},"children":[]}}},"data":{"image":"a.png","footprint":[[10,50.1],\
            [10.2,50.1],[10.2,50],[10,50]]},"result":{"id":"r","from_name":"field","to_name":"image",\
            "type":"\(type)","original_width":640,"original_height":480,"image_rotation":0,\
            "value":\(value)}}
            """
        }
        return Array("[\(cases.joined(separator: ","))]".utf8)
    }

    /// Files for an import: small ones of kinds that sources look for.
    static let inputs: [(name: String, bytes: [UInt8])] = [
        ("notes.txt", Array("one\ntwo\nthree\n".utf8)),
        ("rows.csv", Array("image,text\na.png,first\nb.png,second\n".utf8)),
        ("tasks.json", Array(#"[{"data":{"text":"one"}},{"data":{"text":"two"}}]"#.utf8)),
        ("pixel.png", pixel), ("inner/second.png", pixel),
    ]

    /// A PNG of one pixel.
    private static let pixel: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52,
        0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 0x0D, 0x49, 0x44,
        0x41, 0x54, 0x78, 0x9C, 0x62, 0, 1, 0, 0, 5, 0, 1, 0x0D, 0x0A, 0x2D, 0xB4, 0, 0, 0, 0,
        0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
}
