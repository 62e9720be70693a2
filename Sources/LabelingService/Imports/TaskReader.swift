import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// Turns the JSON of one task into a task that can be stored, and refuses what does not fit.
///
/// Used by everything that brings tasks in, so that all of it is checked alike: the data against
/// the objects of the labeling config, annotations as if someone submitted them; predictions are
/// taken and marked.
struct TaskReader {
    private let setup: ProjectSetup
    private let users: any UserStore
    private let prelabels: Prelabels?
    /// Users by id and by address, read when the first annotation names one.
    private var knownUsers: (ids: Set<UserID>, byEmail: [String: UserID])?

    init(_ setup: ProjectSetup, users: any UserStore, prelabels: Prelabels? = nil) {
        self.setup = setup
        self.users = users
        self.prelabels = prelabels
    }

    /// Reads a task that is nothing but data, or nil when there is more to it or something is wrong.
    ///
    /// Most tasks of most imports are like that, and this says so without suspending and without
    /// making a pointer for an error that will not be.
    func readPlain(_ task: JSONText) -> NewTask? {
        guard prelabels == nil, task.kind == .object else { return nil }
        var data = task
        if let wrapped = task["data"], wrapped.kind == .object {
            guard task.count == 1 else { return nil }
            data = wrapped
        }
        guard setup.dataChecker.problems(in: data).isEmpty else { return nil }
        return NewTask(data: RawJSON(checked: data.rawBytes))
    }

    /// Reads one task: a wrapper with `data`, or an object that is the data itself.
    ///
    /// - `pointer`: Of the task in what the client sent.
    mutating func read(_ task: JSONText, at pointer: String) async throws(ServiceError) -> NewTask {
        guard task.kind == .object else {
            throw ServiceError(
                .invalid,
                "task_form",
                "A task is a JSON object.",
                at: .pointer(pointer)
            )
        }
        guard let data = task["data"], data.kind == .object else {
            return try await read(data: task, at: pointer)
        }
        let fields = BodyFields(task, at: pointer)
        var result = try await read(data: data, at: pointer + "/data")
        result.meta = try fields.object("meta").map { RawJSON(checked: $0.rawBytes) }
        result.allowSkip = try fields.bool("allow_skip") ?? true
        for (index, annotation) in try list("annotations", of: fields).enumerated() {
            result.annotations.append(
                try await read(
                    annotation: annotation,
                    data: result.data,
                    at: "\(pointer)/annotations/\(index)"
                )
            )
        }
        for (index, prediction) in try list("predictions", of: fields).enumerated() {
            // Exports name predictions by their numbers; what they said is not in the file.
            if prediction.kind == .number { continue }
            let fields = BodyFields(prediction, at: "\(pointer)/predictions/\(index)")
            result.predictions.append(
                try await PredictionFields(fields, setup).prediction(taskData: result.data)
            )
        }
        return result
    }

    // MARK: Parts

    private func read(data: JSONText, at pointer: String) async throws(ServiceError) -> NewTask {
        if let prelabels {
            return try await prelabels.task(from: data, setup: setup, at: pointer)
        }
        try setup.check(data: data, at: pointer)
        return NewTask(data: RawJSON(checked: data.rawBytes))
    }

    private mutating func read(
        annotation: JSONText,
        data: RawJSON,
        at pointer: String
    ) async throws(ServiceError) -> NewAnnotation {
        let fields = BodyFields(annotation, at: pointer)
        var new = try AnnotationFields(fields).importedAnnotation()
        guard let result = fields.value("result") else { throw fields.missing("result") }
        let report = await setup.resultChecker.checkFully(
            result: result,
            taskData: data,
            mode: new.wasCancelled ? .draft : .submission
        )
        guard report.isAcceptable else {
            throw ServiceError(report.problems, at: pointer + "/result")
        }
        if let normalized = report.normalizedResult { new.result = normalized }
        if let person = fields.value("completed_by") {
            new.completedBy = try await user(person, at: pointer + "/completed_by")
        }
        return new
    }

    /// The user that an id, or an object with an address, names.
    private mutating func user(
        _ person: JSONText,
        at pointer: String
    ) async throws(ServiceError) -> UserID {
        let known: (ids: Set<UserID>, byEmail: [String: UserID])
        if let knownUsers {
            known = knownUsers
        } else {
            let all = try await stored(await users.list())
            known = (
                Set(all.map(\.id)),
                Dictionary(
                    all.map { ($0.email.lowercased(), $0.id) },
                    uniquingKeysWith: { $1 }
                )
            )
            knownUsers = known
        }
        if let id = (person.int64 ?? person["id"]?.int64).map({ UserID($0) }),
            known.ids.contains(id)
        {
            return id
        }
        if let email = (person["email"] ?? person).string?.lowercased(),
            let id = known.byEmail[email]
        {
            return id
        }
        throw ServiceError(
            .invalid,
            "completed_by_unknown",
            "There is no user \(person.rawText).",
            hint: "Make the user first, or leave completed_by out.",
            at: .pointer(pointer),
            field: "completed_by"
        )
    }

    private func list(
        _ name: String,
        of fields: BodyFields
    ) throws(ServiceError) -> [JSONText] {
        guard let value = fields.value(name) else { return [] }
        guard value.kind == .array else {
            throw ServiceError(
                .invalid,
                "body_field_invalid",
                "\"\(name)\" is not a list.",
                at: .pointer("\(fields.pointer)/\(name)"),
                field: name
            )
        }
        return Array(value.elements)
    }
}
