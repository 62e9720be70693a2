import Contracts
import LabelModel
import ValueTree

/// Tasks for measuring: an image with twelve boxes and a choice, 1.9 kB of JSON as people store it.
enum BenchTasks {
    static let labelConfig =
        #"<View><Image name="img" value="$image"/><RectangleLabels name="box" toName="img">"#
        + #"<Label value="car"/><Label value="bus"/></RectangleLabels></View>"#
    static let parsedLabelConfig =
        #"{"box": {"type": "RectangleLabels", "to_name": ["img"], "#
        + #""inputs": [{"type": "Image", "value": "image"}], "labels": ["car", "bus"], "#
        + #""labels_attrs": {"car": {"value": "car"}, "bus": {"value": "bus"}}}}"#

    /// What `open` of an exporter is told.
    static func context(settings: String = "{}") -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("project")
            writer.object { writer in
                writer.member("id", 1)
                writer.member("title", "Bench")
            }
            writer.member("label_config", labelConfig)
            writer.member("parsed_label_config", RawJSON(checked: Array(parsedLabelConfig.utf8)))
            writer.key("export")
            writer.object { $0.member("created_at", "2026-01-01T00:00:00Z") }
            writer.member("settings", RawJSON(checked: Array(settings.utf8)))
        }
        return writer.bytes
    }

    private static func result(_ task: Int64, _ number: Int) -> String {
        let x = Double((task &* 7 + Int64(number) * 13) % 800) / 10
        return #"{"id": "r\#(number)", "type": "rectanglelabels", "from_name": "box", "#
            + #""to_name": "img", "original_width": 1920, "original_height": 1080, "value": "#
            + #"{"x": \#(x), "y": 12.5, "width": 10.25, "height": 20.5, "rotation": 0, "#
            + #""rectanglelabels": ["\#(number % 2 == 0 ? "car" : "bus")"]}}"#
    }

    /// A batch of tasks with the ids `ids`.
    static func batch(_ ids: Range<Int64>, boxes: Int = 8) -> ExportBatch {
        var batch = ExportBatch()
        for id in ids {
            let start = batch.bytes.count
            batch.bytes += Array(#"{"id": \#(id), "data": "#.utf8)
            let dataStart = batch.bytes.count
            batch.bytes += Array(#"{"image": "https://images.invalid/street/\#(id).jpg"}"#.utf8)
            let dataEnd = batch.bytes.count
            batch.bytes += Array(#", "annotations": [{"id": \#(id), "result": "#.utf8)
            let resultStart = batch.bytes.count
            let results = (0..<boxes).map { result(id, $0) }.joined(separator: ", ")
            batch.bytes += Array("[\(results)]".utf8)
            let resultEnd = batch.bytes.count
            batch.bytes += Array("}]}".utf8)
            batch.entries.append(
                ExportBatch.Entry(
                    task: id,
                    project: 1,
                    revision: 1,
                    updatedAt: 0,
                    annotationCount: 1,
                    text: start..<batch.bytes.count,
                    data: dataStart..<dataEnd,
                    results: [resultStart..<resultEnd],
                    annotations: [id]
                )
            )
        }
        return batch
    }
}
