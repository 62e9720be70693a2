import CPostilPlugin
import Contracts

/// Takes a plugin's findings during one call, on the thread of that call.
@safe final class FindingBridge {
    private static let maximumFindings = 100

    let table: UnsafeMutablePointer<postil_problems_t>
    private(set) var findings: [TagFinding] = []

    init() {
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: postil_problems_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_problems_t>.size)
        unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe table.pointee.report = { context, problem in
            guard let context = unsafe context, let problem = unsafe problem else { return }
            unsafe Unmanaged<FindingBridge>.fromOpaque(context).takeUnretainedValue().take(problem)
        }
    }

    deinit { unsafe table.deallocate() }

    @unsafe private func take(_ pointer: UnsafePointer<postil_problem_t>) {
        guard findings.count < Self.maximumFindings,
            let problem = try? unsafe SizedTable.read(
                UnsafeRawPointer(pointer),
                through: MemoryLayout<postil_problem_t>.offset(of: \.hint),
                name: "problem",
                into: postil_problem_t()
            )
        else { return }
        findings.append(
            unsafe TagFinding(
                code: problem.code.text(limit: 64),
                pointer: problem.pointer.text(limit: 256),
                message: problem.message.text(limit: 1024),
                hint: problem.hint.text(limit: 1024).nilWhenEmpty
            )
        )
    }
}
