internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Annotations.
struct AnnotationEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let annotation = Schema.reference(.annotation)
        let fields = BodyShape.json(.reference(.annotationFields))
        return [
            Endpoint(
                .get,
                "/api/tasks/{task}/annotations/",
                .annotations,
                "Lists annotations of a task, without skipped ones",
                answers: [.json(.array(annotation))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/tasks/{task}/annotations/",
                .annotations,
                "Submits an annotation",
                query: [
                    QueryParameter("was_cancelled", .boolean, "The task is skipped.")
                ],
                body: fields,
                answers: [
                    .json(.created, annotation),
                    .json(.ok, annotation, "It was stored before, under the same `unique_id`."),
                ],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/annotations/{annotation}/",
                .annotations,
                "Gets an annotation",
                answers: [.json(annotation)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/annotations/{annotation}/",
                .annotations,
                "Changes an annotation",
                body: fields,
                answers: [.json(annotation)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/annotations/{annotation}/",
                .annotations,
                "Changes fields of an annotation; with `If-Match`, only if it has that revision",
                body: fields,
                answers: [.json(annotation)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/annotations/{annotation}/",
                .annotations,
                "Deletes an annotation",
                answers: [.empty()],
                handler: delete
            ),
            Endpoint(
                .get,
                "/api/annotations/{annotation}/history",
                .annotations,
                "Lists all states of an annotation, the first one first",
                answers: [.json(.array(.reference(.annotationVersion)))],
                handler: history
            ),
            Endpoint(
                .post,
                "/api/annotations/{annotation}/convert-to-draft",
                .annotations,
                "Turns an annotation back into a draft",
                answers: [.json(.created, .reference(.draft))],
                handler: convertToDraft
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let annotations = try await service.labeling
            .annotations(of: call.id("task") as TaskID)
            .filter { !$0.wasCancelled }
        let users = try await service.accounts.names(annotations.map(\.completedBy))
        let now = Timestamp.present
        return .json { writer in
            writer.array { writer in
                for annotation in annotations {
                    annotation.write(to: &writer, by: users[annotation.completedBy], now: now)
                }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let user = try call.user
        let task: TaskID = try call.id("task")
        let wasCancelled: Bool? =
            call.request.uri.query == nil
            ? nil : try call.query.bool("was_cancelled", default: false) ? true : nil
        let body = try await call.body(limit: BodyLimits.annotation)
        let insertion = try await service.labeling.annotate(
            task,
            body: body,
            wasCancelled: wasCancelled,
            by: user
        )
        switch insertion {
        case .stored(let annotation):
            return try await answer(annotation, status: .created, to: user)
        case .alreadyStored(let annotation): return try await answer(annotation, to: user)
        }
    }

    private func get(_ call: Call) async throws -> Response {
        try await answer(service.labeling.annotation(call.id("annotation")), to: call.user)
    }

    private func update(_ call: Call) async throws -> Response {
        let id: AnnotationID = try call.id("annotation")
        let expected = try Self.revision(inIfMatch: call.request.headers[.ifMatch])
        let body = try await call.body(limit: BodyLimits.annotation)
        let annotation = try await service.labeling.update(
            id,
            body: body,
            expectedRevision: expected,
            by: call.user
        )
        return try await answer(annotation, to: call.user)
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.labeling.delete(call.id("annotation") as AnnotationID, by: call.user)
        return .noContent
    }

    private func history(_ call: Call) async throws -> Response {
        let versions = try await service.labeling.history(of: call.id("annotation"))
        let users = try await service.accounts.names(versions.map(\.annotation.completedBy))
        let now = Timestamp.present
        return .json { writer in
            writer.array { writer in
                for version in versions {
                    writer.object { writer in
                        writer.member("action", version.action.rawValue)
                        writer.member("by", version.by)
                        writer.member("at", version.at)
                        writer.key("annotation")
                        version.annotation.write(
                            to: &writer,
                            by: users[version.annotation.completedBy],
                            now: now
                        )
                    }
                }
            }
        }
    }

    private func convertToDraft(_ call: Call) async throws -> Response {
        let user = try call.user
        let draft = try await service.labeling.convertToDraft(call.id("annotation"), by: user)
        return .json(.created) { draft.write(to: &$0, by: user, now: .present) }
    }

    /// The revision in `If-Match: "7"`; nil without the header or with `*`.
    private static func revision(inIfMatch header: String?) throws(APIError) -> Int64? {
        guard let header, header != "*" else { return nil }
        let digits = header.hasPrefix("W/") ? header.dropFirst(2) : header[...]
        guard let revision = Int64(digits.drop { $0 == "\"" }.prefix { $0 != "\"" }) else {
            throw APIError(
                .badRequest,
                "if_match_invalid",
                "The header `If-Match` holds no revision.",
                hint: "Send the annotation's `ETag`, such as `\"3\"`."
            )
        }
        return revision
    }

    private func answer(
        _ annotation: Annotation,
        status: HTTPResponse.Status = .ok,
        to user: User
    ) async throws -> Response {
        // Whoever asks is mostly who made it; then nobody need be looked up.
        let author =
            annotation.completedBy == user.id
            ? user
            : try await service.accounts.names([annotation.completedBy])[annotation.completedBy]
        var response = Response.json(
            status,
            capacity: 768 + annotation.result.bytes.count
        ) { annotation.write(to: &$0, by: author, now: .present) }
        response.headers[.eTag] = "\"\(annotation.revision)\""
        return response
    }
}
