internal import CPostilPlugin

/// The part of a labeling tag that runs on the server.
///
/// All functions are pure: the same question gives the same answer, on any thread.
public protocol Tag: SendableMetatype {
    /// Judges the element of a config before the config is saved.
    ///
    /// Pointers of problems lead into the element: `/attributes/minArea`.
    static func problems(withConfig question: TagQuestion) throws(Failure) -> [TagProblem]

    /// Judges one result before it is stored.
    ///
    /// Pointers of problems lead into the result: `/value/ring/3`.
    static func problems(withResult question: TagQuestion) throws(Failure) -> [TagProblem]

    /// Writes one root, the result as it is to be stored; nothing when it stays as it is.
    ///
    /// Only asked about results without problems. Doing it twice gives the same as doing it once.
    static func normalize(_ question: TagQuestion, _ builder: ValueBuilder) throws(Failure)

    /// The measures of the manifest that this result has; finite numbers.
    static func measures(_ question: TagQuestion) throws(Failure) -> [(name: String, value: Double)]
}

/// What a tag is asked about.
///
/// A tree that the question does not have is missing.
public struct TagQuestion {
    /// The element in the labeling config: `tag`, `attributes`, `children`, `objects`.
    public let element: Value
    /// The task's `data`.
    public let data: Value
    /// One result of this tag.
    public let result: Value
}

/// One finding of a tag.
public struct TagProblem: Sendable {
    let code: String
    let pointer: String
    let message: String
    let hint: String

    /// Makes a finding.
    ///
    /// - Parameters:
    ///   - code: For programs: lower-case words joined by `_`.
    ///   - pointer: JSON pointer into what is judged; empty for the whole of it.
    ///   - message: For people: one sentence that says what is wrong.
    ///   - hint: What to do about it; may be empty.
    public init(_ code: String, at pointer: String, _ message: String, hint: String = "") {
        self.code = code
        self.pointer = pointer
        self.message = message
        self.hint = hint
    }

    @unsafe fileprivate func report(to problems: UnsafePointer<postil_problems_t>?) {
        guard let problems = unsafe problems else { return }
        var problem = unsafe postil_problem_t()
        unsafe problem.size = UInt32(MemoryLayout<postil_problem_t>.size)
        unsafe withBytes(of: code) { code in
            unsafe withBytes(of: pointer) { pointer in
                unsafe withBytes(of: message) { message in
                    unsafe withBytes(of: hint) { hint in
                        unsafe problem.code = code
                        unsafe problem.pointer = pointer
                        unsafe problem.message = message
                        unsafe problem.hint = hint
                        unsafe problems.pointee.report(problems.pointee.context, &problem)
                    }
                }
            }
        }
    }
}

/// The C functions that ask any tag of the plugin.
enum TagBridge {
    nonisolated(unsafe) static let table = unsafe permanent(make())

    @unsafe private static func ask(
        _ call: UnsafePointer<postil_tag_call_t>?,
        _ error: UnsafeMutablePointer<postil_error_t>?,
        _ body: (any Tag.Type, TagQuestion) throws(Failure) -> Void
    ) -> Int32 {
        unsafe answering(error) { () throws(Failure) in
            guard let call = unsafe call?.pointee,
                case .tag(let type) = unsafe Registry.content(call.tag.string)
            else { throw Failure(.unsupported, code: "no_such_tag", "There is none.") }
            let question = unsafe TagQuestion(
                element: Batch(call.element_borrowed).root,
                data: Batch(call.data_borrowed).root,
                result: Batch(call.result_borrowed).root
            )
            try body(type, question)
            return 0
        }
    }

    private static func make() -> postil_tag_t {
        var table = postil_tag_t()
        table.size = UInt32(MemoryLayout<postil_tag_t>.size)
        unsafe table.validate_config = { call, problems, error in
            unsafe TagBridge.ask(call, error) { (tag, question) throws(Failure) in
                for problem in try tag.problems(withConfig: question) {
                    unsafe problem.report(to: problems)
                }
            }
        }
        unsafe table.validate_result = { call, problems, error in
            unsafe TagBridge.ask(call, error) { (tag, question) throws(Failure) in
                for problem in try tag.problems(withResult: question) {
                    unsafe problem.report(to: problems)
                }
            }
        }
        unsafe table.normalize = { call, builder, error in
            unsafe TagBridge.ask(call, error) { (tag, question) throws(Failure) in
                guard let builder = unsafe builder else { return }
                try tag.normalize(question, unsafe ValueBuilder(builder))
            }
        }
        unsafe table.measures = { call, builder, error in
            unsafe TagBridge.ask(call, error) { (tag, question) throws(Failure) in
                guard let builder = unsafe builder else { return }
                let measures = try tag.measures(question)
                try unsafe ValueBuilder(builder).root { writer in
                    writer.object { writer in
                        for (name, value) in measures { writer[name].write(value) }
                    }
                }
            }
        }
        return table
    }
}
