import CPostilPlugin
import Contracts
import ValueTree

extension ValueBatchBuilder {
    /// Appends a task of an export.
    ///
    /// - Throws: `call_failed` with the task's number when its JSON cannot become a tree.
    mutating func append(
        _ entry: ExportBatch.Entry,
        of batch: ExportBatch,
        _ plugin: PluginVersion
    ) throws(PluginError) {
        let fields = ValueRootFields(
            taskID: entry.task,
            projectID: entry.project,
            revision: entry.revision,
            updatedAtMicroseconds: entry.updatedAt,
            annotationCount: Int(clamping: entry.annotationCount)
        )
        let start = entry.text.lowerBound
        do throws(JSONTextError) {
            try append(
                fields,
                json: Array(batch.bytes[entry.text]),
                data: entry.data.moved(by: -start),
                results: entry.results.enumerated().map { index, range in
                    let known = index < entry.annotations.count
                    return (known ? entry.annotations[index] : 0, range.moved(by: -start))
                }
            )
        } catch {
            throw PluginError(
                .callFailed,
                "The task \(entry.task) cannot be exported: \(error.message)",
                plugin: plugin,
                task: entry.task,
                pointer: error.pointer
            )
        }
    }
}

extension ValueReads {
    /// Reads `postil_exporter_t.reads`; `nil` for what it cannot be.
    init?(wire: UInt32) {
        switch Int(wire) {
        case Int(POSTIL_READS_TEXT): self = .text
        case Int(POSTIL_READS_TREE): self = .tree
        case Int(POSTIL_READS_BOTH): self = .both
        default: return nil
        }
    }
}

extension Range<Int> {
    fileprivate func moved(by distance: Int) -> Range<Int> {
        lowerBound + distance..<upperBound + distance
    }
}
