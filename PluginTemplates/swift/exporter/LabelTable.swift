// LABEL-TABLE: one line of tab-separated text for each result of each annotation.
//
// The host opens an export, gives it batches of tasks, then finishes it or lets it go. Nothing here
// is global: two exports may run at the same time.
import PostilPluginKit

/// One export that is under way.
struct LabelLines: Exporter {
    static let reads = Reads.tree

    /// A sink likes large writes.
    private static let enough = 64 * 1024

    private let sink: Sink
    private let losses: Losses
    private let cancellation: Cancellation
    private let annotations, id, result, fromName, type, value: Key
    /// Left out: a table of results has no place for them.
    private var relations = 0
    private var taskWithRelation: Int64 = 0
    private var pending: [UInt8] = []

    init(_ opening: ExporterOpening) throws(Failure) {
        let keys = opening.keys
        (annotations, id, result) = (keys.key("annotations"), keys.key("id"), keys.key("result"))
        (fromName, type, value) = (keys.key("from_name"), keys.key("type"), keys.key("value"))
        losses = opening.losses
        cancellation = opening.cancellation
        sink = try opening.sinks.open("label-table.tsv", mediaType: "text/tab-separated-values")
        // Settings have passed the manifest's schema, and defaults are filled in.
        if opening.context["settings"]["header"].bool ?? true {
            pending += "task\tannotation\tcontrol\ttype\tlabels\n".utf8
        }
    }

    mutating func consume(_ tasks: Batch) throws(Failure) {
        for index in 0..<tasks.count {
            try cancellation.check()
            let (task, value) = tasks[index]
            append(value, task: task)
            if pending.count >= Self.enough { try flush() }
        }
    }

    mutating func finish() throws(Failure) {
        try flush()
        try sink.close()
        if relations > 0 {
            losses.report(
                task: taskWithRelation,
                count: relations,
                code: "relation_dropped",
                "Relations have no place in a table of labels."
            )
        }
    }

    private mutating func flush() throws(Failure) {
        guard !pending.isEmpty else { return }
        try sink.write(pending)
        pending.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ value: Value, task: Int64) {
        for annotation in value[annotations].elements {
            let annotationID = annotation[id].int ?? 0
            // Data comes from people and scripts: what is no result is left out, not trusted.
            for result in annotation[result].elements where result.isObject {
                append(result, task: task, annotation: annotationID)
            }
        }
    }

    private mutating func append(_ result: Value, task: Int64, annotation: Int64) {
        let type = result[type].string ?? ""
        guard type != "relation" else {
            relations += 1
            taskWithRelation = task
            return
        }
        pending += "\(task)\t\(annotation)\t".utf8
        appendCell(result[fromName].string ?? "")
        pending += "\t".utf8
        appendCell(type)
        pending += "\t".utf8
        // The labels of a result are the texts in `value.<type>`.
        for (index, label) in result[value][type].elements.enumerated() {
            if index > 0 { pending += ",".utf8 }
            appendCell(label.string ?? "")
        }
        pending += "\n".utf8
    }

    /// Appends a text as one cell: what would end the cell becomes a blank.
    private mutating func appendCell(_ text: String) {
        let blank = UInt8(ascii: " ")
        pending += text.utf8.map { max($0, blank) }
    }
}

/// The same as in manifest.json; the host compares.
let plugin = Plugin(
    id: "org.example.label-table",
    version: "0.1.0",
    offers: [.exporter("LABEL-TABLE", LabelLines.self)]
)

/// The one symbol of this library.
@c(postil_plugin_entry_v1)
public func entry(_ host: UnsafeRawPointer?) -> UnsafeRawPointer? { plugin.entry(host) }
