import Contracts
import LabelModel
import ValueTree

/// One task as Label Studio's data manager tells of it, on its way to a chronicle.
///
/// What is missing gets the value that it would have had; what cannot be read is left out and told
/// of.
struct LabelStudioTask {
    let task: JSONText
    /// The moment that counts where the server names none.
    let now: Timestamp

    private static let noTask = TaskID(rawValue: 0)
    private static let noProject = ProjectID(rawValue: 0)

    var id: Int64 { task["id"]?.int64 ?? 0 }

    /// Everyone who is named, by id there.
    var people: Set<Int64> {
        var ids: Set<Int64> = []
        for annotation in list("annotations") {
            if let id = Self.author(annotation["completed_by"]) { ids.insert(id) }
            if let id = annotation["updated_by"]?.int64 { ids.insert(id) }
        }
        if let id = updatedBy { ids.insert(id) }
        return ids
    }

    private var updatedBy: Int64? {
        task["updated_by"]?.int64
            ?? task["updated_by"]?.elements.first { _ in true }?["user_id"]?
            .int64
    }

    /// Addresses of those who have drafts of it.
    var draftAuthors: Set<String> { Set(list("drafts").compactMap { $0["user"]?.string }) }

    /// Name of the uploaded file that the task came from.
    var uploadName: String? { task["file_upload"]?.string }

    func chronicle(
        innerIDAfter last: Int64,
        people: [Int64: UserID],
        drafts authors: [String: UserID],
        standIn: UserID,
        upload: FileUploadID?,
        _ losses: inout CopyLosses
    ) -> TaskChronicle {
        let own = task["inner_id"]?.int64 ?? 0
        var new = LabelingTask(
            id: Self.noTask,
            project: Self.noProject,
            innerID: own > last ? own : last + 1,
            data: raw(task["data"], .object) ?? .emptyObject,
            meta: raw(task["meta"], .object) ?? .emptyObject,
            createdAt: moment(task["created_at"]) ?? now,
            updatedAt: moment(task["updated_at"]) ?? now
        )
        new.updatedBy = updatedBy.flatMap { people[$0] }
        new.isLabeled = task["is_labeled"]?.bool ?? false
        new.overlap = max(1, task["overlap"]?.int64 ?? 1)
        new.allowSkip = task["allow_skip"]?.bool ?? true
        new.fileUpload = upload
        var chronicle = TaskChronicle(task: new)
        for entry in list("predictions") {
            if let prediction = prediction(entry, &losses) {
                chronicle.predictions.append(prediction)
            }
        }
        for entry in list("annotations") {
            if let annotation = annotation(entry, people, standIn, &losses) {
                chronicle.annotations.append(annotation)
            }
        }
        chronicle.annotations.sort { $0.id.rawValue < $1.id.rawValue }
        chronicle.predictions.sort { $0.id.rawValue < $1.id.rawValue }
        chronicle.drafts = drafts(by: authors, &losses)
        return chronicle
    }

    // MARK: What was said of it

    private func annotation(
        _ entry: JSONText,
        _ people: [Int64: UserID],
        _ standIn: UserID,
        _ losses: inout CopyLosses
    ) -> Annotation? {
        guard let id = entry["id"]?.int64, let result = results(entry) else {
            losses.note(
                "annotation_unreadable",
                "The result of an annotation is no list of objects."
            )
            return nil
        }
        let author = Self.author(entry["completed_by"]).flatMap { people[$0] }
        if author == nil {
            losses.note(
                "annotation_without_author",
                "Label Studio names nobody who made the annotation; the copy names you."
            )
        }
        var annotation = Annotation(
            id: AnnotationID(rawValue: id),
            uniqueID: entry["unique_id"]?.string?.lowercased() ?? Self.newUUID(),
            task: Self.noTask,
            project: Self.noProject,
            completedBy: author ?? standIn,
            result: result.text,
            resultCount: result.count,
            createdAt: moment(entry["created_at"]) ?? now,
            updatedAt: moment(entry["updated_at"]) ?? now
        )
        annotation.wasCancelled = entry["was_cancelled"]?.bool ?? false
        annotation.groundTruth = entry["ground_truth"]?.bool ?? false
        annotation.updatedBy = entry["updated_by"]?.int64.flatMap { people[$0] }
        annotation.draftCreatedAt = moment(entry["draft_created_at"])
        annotation.leadTime = entry["lead_time"]?.double
        annotation.importID = entry["import_id"]?.int64
        annotation.lastAction = entry["last_action"]?.string
        annotation.parentPrediction = entry["parent_prediction"]?.int64
            .map(PredictionID.init(rawValue:))
        annotation.parentAnnotation = entry["parent_annotation"]?.int64
            .map(AnnotationID.init(rawValue:))
        return annotation
    }

    private func prediction(_ entry: JSONText, _ losses: inout CopyLosses) -> Prediction? {
        guard let id = entry["id"]?.int64, let result = results(entry) else {
            losses.note(
                "prediction_unreadable",
                "The result of a prediction is no list of objects."
            )
            return nil
        }
        return Prediction(
            id: PredictionID(rawValue: id),
            task: Self.noTask,
            project: Self.noProject,
            result: result.text,
            modelVersion: entry["model_version"]?.string ?? "undefined",
            score: entry["score"]?.double,
            createdAt: moment(entry["created_at"]) ?? now,
            updatedAt: moment(entry["updated_at"]) ?? now
        )
    }

    /// One draft for each person and annotation, the newest one.
    private func drafts(
        by authors: [String: UserID],
        _ losses: inout CopyLosses
    ) -> [AnnotationDraft] {
        var newest: [String: AnnotationDraft] = [:]
        for entry in list("drafts") {
            guard let id = entry["id"]?.int64, let result = results(entry),
                let user = entry["user"]?.string.flatMap({ authors[$0] })
            else {
                losses.note("draft_unreadable", "A draft has no list of objects, or no author.")
                continue
            }
            let draft = AnnotationDraft(
                id: DraftID(rawValue: id),
                task: Self.noTask,
                project: Self.noProject,
                user: user,
                annotation: entry["annotation"]?.int64.map(AnnotationID.init(rawValue:)),
                result: result.text,
                leadTime: entry["lead_time"]?.double ?? 0,
                wasPostponed: entry["was_postponed"]?.bool ?? false,
                createdAt: moment(entry["created_at"]) ?? now,
                updatedAt: moment(entry["updated_at"]) ?? now
            )
            let place = "\(user)/\(draft.annotation?.description ?? "")"
            if let other = newest[place] {
                losses.note("draft_superseded", "Its author has a newer draft of the same answer.")
                if other.updatedAt > draft.updatedAt { continue }
            }
            newest[place] = draft
        }
        return newest.values.sorted { $0.id.rawValue < $1.id.rawValue }
    }

    // MARK: Reading

    private func list(_ name: String) -> [JSONText] { task[name].map { Array($0.elements) } ?? [] }

    private func raw(_ value: JSONText?, _ kind: JSONText.Kind) -> RawJSON? {
        guard let value, value.kind == kind else { return nil }
        return RawJSON(checked: value.rawBytes)
    }

    private func results(_ entry: JSONText) -> (text: RawJSON, count: Int64)? {
        guard let result = entry["result"], result.kind == .array,
            result.elements.allSatisfy({ $0.kind == .object })
        else { return nil }
        return (RawJSON(checked: result.rawBytes), Int64(result.count))
    }

    private func moment(_ value: JSONText?) -> Timestamp? {
        value?.string.flatMap { Timestamp(iso8601: $0) }
    }

    /// A person by id, or by an object with one.
    private static func author(_ value: JSONText?) -> Int64? { value?.int64 ?? value?["id"]?.int64 }

    /// A UUID of version 4: Label Studio tells those of its annotations in exports only.
    private static func newUUID() -> String {
        var digits = Array(Secrets.hexadecimal(byteCount: 16))
        digits[12] = "4"
        digits[16] = "8"
        let groups = [
            digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...],
        ]
        return groups.map { String($0) }.joined(separator: "-")
    }
}
