import CPostilPlugin
import Contracts

/// The columns of a batch of questions.
struct MetricColumns {
    private let tasks: [UInt32]
    private let first: [UInt32]
    /// Empty for a metric of single answers.
    private let second: [UInt32]

    init(_ questions: [MetricBatch.Question]) {
        tasks = questions.map { UInt32($0.task) }
        first = questions.map { UInt32($0.first) }
        second = questions.compactMap { $0.second.map { UInt32($0) } }
    }

    /// Tasks, first and second, each as it lies in memory.
    var parts: [SlotPart] {
        [tasks, first, second].map { column in
            SlotPart(bytes: unsafe column.withUnsafeBytes { unsafe Array($0) })
        }
    }

    /// Runs `body` with a batch that has the columns; roots, scores and parts are for it to set.
    func withABI<Answer>(_ body: (inout postil_metric_batch_t) -> Answer) -> Answer {
        unsafe tasks.withUnsafeBufferPointer { tasks in
            unsafe first.withUnsafeBufferPointer { first in
                unsafe second.withUnsafeBufferPointer { second in
                    var batch = unsafe postil_metric_batch_t()
                    unsafe batch.size = UInt32(MemoryLayout<postil_metric_batch_t>.size)
                    unsafe batch.count = UInt64(tasks.count)
                    unsafe batch.tasks_borrowed = tasks.baseAddress
                    unsafe batch.first_borrowed = first.baseAddress
                    unsafe batch.second_borrowed = second.isEmpty ? nil : second.baseAddress
                    return unsafe body(&batch)
                }
            }
        }
    }
}
