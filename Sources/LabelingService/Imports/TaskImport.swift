import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// One import on its way: reads tasks, checks them, and hands them to the store.
///
/// Faults of single tasks are gathered, so that one answer tells up to 100 of them; from the first
/// one on nothing more is stored. A fault of the text itself ends the import at once.
struct TaskImport {
    /// Faults that one answer tells.
    private static let maxFaults = 100

    let environment: ServiceEnvironment
    let setup: ProjectSetup
    var reader: TaskReader
    private var writer: ImportWriter
    private var faults: [ServiceError] = []
    private var faultSentences: [String] = []
    private var itemCount = 0
    private var answer = ImportAnswer()
    private var losses = ImportLosses()
    /// Fields of the first task of the file that is being read; nil before that task.
    private var fileColumns: [String]?
    private let begunAt = ContinuousClock.now

    init(
        _ environment: ServiceEnvironment,
        setup: ProjectSetup,
        options: ImportOptions,
        by user: User
    ) {
        self.environment = environment
        self.setup = setup
        let fields = options.preannotatedFromFields
        reader = TaskReader(
            setup,
            users: environment.storage.users,
            prelabels: fields.isEmpty ? nil : Prelabels(fields: fields)
        )
        writer = ImportWriter(environment, project: setup.project.id, user: user.id)
    }

    // MARK: Tasks

    /// Takes one task.
    ///
    /// - `pointer`: Of the task in what the client sent.
    /// - `place`: Replaces pointers in errors, for inputs that are no JSON.
    mutating func take(
        _ task: JSONText,
        byteCount: Int,
        at pointer: @autoclosure () -> String,
        file: FileUploadID?,
        place: ServiceError.Place? = nil
    ) async throws(ServiceError) {
        let item = itemCount
        itemCount += 1
        guard itemCount <= environment.limits.maxImportTasks else {
            throw ServiceError(
                .tooLarge,
                "import_too_large",
                "An import has at most \(environment.limits.maxImportTasks) tasks.",
                hint: "Split it into several imports."
            )
        }
        guard byteCount <= environment.limits.maxTaskBytes else {
            throw .taskTooLarge(
                limit: environment.limits.maxTaskBytes,
                at: place ?? .pointer(pointer())
            )
        }
        do throws(ServiceError) {
            let new: NewTask
            if let plain = reader.readPlain(task) {
                new = plain
            } else {
                new = try await reader.read(task, at: pointer())
                losses.add(ignoredOf: task)
            }
            if fileColumns == nil { fileColumns = Self.columns(of: task) }
            guard faults.isEmpty else { return }
            try await writer.add(new, byteCount: byteCount, file: file)
        } catch {
            guard error.kind == .invalid else { throw error }
            try note(error, item: item, place: place)
        }
    }

    /// Takes a task whose data was made here.
    mutating func take(
        data: RawJSON,
        file: FileUploadID?,
        place: ServiceError.Place
    ) async throws(ServiceError) {
        try await take(
            try JSONText.parse(data.bytes),
            byteCount: data.bytes.count,
            at: "",
            file: file,
            place: place
        )
    }

    /// Takes what an import source could not take over of a task.
    mutating func take(lossesOf task: JSONText) { losses.add(toldBy: task) }

    /// Begins a file: its first task says which fields it has.
    mutating func beginFile(format: String, couldBeTasksList: Bool) {
        answer.foundFormats[format, default: 0] += 1
        answer.couldBeTasksList = answer.couldBeTasksList || couldBeTasksList
        fileColumns = nil
    }

    /// Ends a file.
    ///
    /// - Throws: ``ServiceError`` when it shares no field with the files before it.
    mutating func endFile() throws(ServiceError) {
        guard let fileColumns else { return }
        let isFirst = answer.foundFormats.values.reduce(0, +) <= 1
        answer.dataColumns =
            isFirst ? fileColumns : answer.dataColumns.filter { fileColumns.contains($0) }
        guard !answer.dataColumns.isEmpty || fileColumns.isEmpty else {
            throw ServiceError(
                .invalid,
                "files_without_common_field",
                "The files of one import must have at least one field in common.",
                hint: "Import them one after another."
            )
        }
    }

    /// Stores everything.
    mutating func finish() async throws(ServiceError) -> ImportAnswer {
        if var first = faults.first {
            first.problems = faultSentences
            throw first
        }
        guard itemCount > 0 else {
            throw ServiceError(
                .invalid,
                "import_empty",
                "There are no tasks in what was sent.",
                hint: "Send a list of objects, or a table with rows below its header."
            )
        }
        answer.taskIDs = try await writer.finish()
        answer.taskCount = writer.counts.tasks
        answer.annotationCount = writer.counts.annotations
        answer.predictionCount = writer.counts.predictions
        answer.losses = losses.report
        let duration = begunAt.duration(to: .now).components
        answer.durationSeconds = Double(duration.seconds) + Double(duration.attoseconds) / 1e18
        return answer
    }

    /// Takes everything back.
    mutating func cancel() async { await writer.cancel() }

    // MARK: Parts

    private mutating func note(
        _ error: ServiceError,
        item: Int,
        place: ServiceError.Place?
    ) throws(ServiceError) {
        var fault = error
        if let place { fault.place = place }
        faults.append(fault)
        faultSentences.append("Error at item \(item): \(error.message)")
        if faults.count >= Self.maxFaults {
            var first = faults[0]
            first.problems = faultSentences
            throw first
        }
    }

    private static func columns(of task: JSONText) -> [String] {
        let data = task["data"].flatMap { $0.kind == .object ? $0 : nil } ?? task
        return data.members.map(\.name)
    }
}
