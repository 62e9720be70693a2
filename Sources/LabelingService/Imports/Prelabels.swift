import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// Fields of task data that hold answers of a model: each becomes part of one prediction.
///
/// Label Studio's `preannotated_from_fields`. A field that is a list of results is taken as it is;
/// a text, number or object is the answer to the control of the field's name.
struct Prelabels: Sendable {
    let fields: [String]

    init(fields: [String]) {
        self.fields = fields
    }

    /// A task whose data lacks the fields, and that has the prediction made from them.
    func task(
        from data: JSONText,
        setup: ProjectSetup,
        at pointer: String
    ) async throws(ServiceError) -> NewTask {
        var rest = JSONWriter()
        var results = JSONWriter()
        rest.beginObject()
        results.beginArray()
        var hasResults = false
        for member in data.members {
            guard fields.contains(member.name) else {
                rest.key(member.name)
                rest.raw(member.value.rawBytes)
                continue
            }
            guard !member.value.isNull else { continue }
            hasResults = true
            write(member, setup, to: &results)
        }
        rest.endObject()
        results.endArray()
        let remaining = try JSONText.parse(rest.bytes)
        try setup.check(data: remaining, at: pointer)
        var task = NewTask(data: RawJSON(checked: rest.bytes))
        guard hasResults else { return task }
        let list = try JSONText.parse(results.bytes)
        let report = await setup.resultChecker.checkFully(
            result: list,
            taskData: task.data,
            mode: .prediction
        )
        task.predictions = [
            NewPrediction(
                result: RawJSON(checked: results.bytes),
                misfit: report.problems.first?.message
            )
        ]
        return task
    }

    private func write(
        _ member: JSONText.Member,
        _ setup: ProjectSetup,
        to results: inout JSONWriter
    ) {
        let isResultList =
            member.value.kind == .array
            && member.value.elements.allSatisfy { $0["from_name"] != nil }
        if isResultList {
            for result in member.value.elements { results.raw(result.rawBytes) }
            return
        }
        let control =
            setup.config.control(named: member.name) ?? setup.config.controls.first
        guard let control else { return }
        results.object { results in
            results.member("from_name", control.name)
            results.member("to_name", control.toNames.first)
            results.member("type", control.type.lowercased())
            results.key("value")
            if member.value.kind == .object {
                results.raw(member.value.rawBytes)
            } else {
                results.raw(PredictionFields.value(member.value, for: control))
            }
        }
    }
}
