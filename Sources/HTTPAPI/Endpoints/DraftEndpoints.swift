internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Drafts of who asks.
struct DraftEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let draft = Schema.reference(.draft)
        let fields = BodyShape.json(.reference(.draftFields))
        return [
            Endpoint(
                .get,
                "/api/tasks/{task}/drafts",
                .drafts,
                "Lists your drafts of a task",
                answers: [.json(.array(draft))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/tasks/{task}/drafts",
                .drafts,
                "Saves a draft of a new annotation",
                body: fields,
                answers: [.json(.created, draft)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/tasks/{task}/annotations/{annotation}/drafts",
                .drafts,
                "Lists your drafts of a task",
                answers: [.json(.array(draft))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/tasks/{task}/annotations/{annotation}/drafts",
                .drafts,
                "Saves a draft that changes an annotation",
                body: fields,
                answers: [.json(.created, draft)],
                handler: createOfAnnotation
            ),
            Endpoint(
                .get,
                "/api/drafts/{draft}/",
                .drafts,
                "Gets a draft",
                answers: [.json(draft)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/drafts/{draft}/",
                .drafts,
                "Changes a draft",
                body: fields,
                answers: [.json(draft)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/drafts/{draft}/",
                .drafts,
                "Changes fields of a draft",
                body: fields,
                answers: [.json(draft)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/drafts/{draft}/",
                .drafts,
                "Deletes a draft",
                answers: [.empty()],
                handler: delete
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let user = try call.user
        let drafts = try await service.labeling.drafts(of: call.id("task"), by: user)
        let now = Timestamp.present
        return .json { writer in
            writer.array { writer in
                for draft in drafts { draft.write(to: &writer, by: user, now: now) }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        try await create(call, annotation: nil)
    }

    private func createOfAnnotation(_ call: Call) async throws -> Response {
        try await create(call, annotation: call.id("annotation"))
    }

    private func create(_ call: Call, annotation: AnnotationID?) async throws -> Response {
        let user = try call.user
        let task: TaskID = try call.id("task")
        let body = try await call.body(limit: BodyLimits.annotation)
        let draft = try await service.labeling.saveDraft(
            on: task,
            annotation: annotation,
            body: body,
            by: user
        )
        return Self.answer(draft, status: .created, to: user)
    }

    private func get(_ call: Call) async throws -> Response {
        let user = try call.user
        return Self.answer(
            try await service.labeling.draft(call.id("draft"), by: user),
            to: user
        )
    }

    private func update(_ call: Call) async throws -> Response {
        let user = try call.user
        let id: DraftID = try call.id("draft")
        let body = try await call.body(limit: BodyLimits.annotation)
        return Self.answer(
            try await service.labeling.update(id, body: body, by: user),
            to: user
        )
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.labeling.delete(call.id("draft") as DraftID, by: call.user)
        return .noContent
    }

    private static func answer(
        _ draft: AnnotationDraft,
        status: HTTPResponse.Status = .ok,
        to user: User
    ) -> Response {
        .json(status, capacity: 512 + draft.result.bytes.count) { writer in
            draft.write(to: &writer, by: user, now: .present)
        }
    }
}
