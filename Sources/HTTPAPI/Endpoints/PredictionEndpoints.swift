internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Predictions.
struct PredictionEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let prediction = Schema.reference(.prediction)
        let fields = BodyShape.json(.reference(.predictionFields))
        return [
            Endpoint(
                .get,
                "/api/predictions/",
                .predictions,
                "Lists predictions of a task or of a project",
                query: [
                    QueryParameter("task", .integer, "Only of this task."),
                    QueryParameter("project", .integer, "Only of this project's tasks."),
                ],
                answers: [.json(.array(prediction))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/predictions/",
                .predictions,
                "Stores a prediction",
                body: fields,
                answers: [.json(.created, prediction)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/predictions/{prediction}/",
                .predictions,
                "Gets a prediction",
                answers: [.json(prediction)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/predictions/{prediction}/",
                .predictions,
                "Changes a prediction",
                body: fields,
                answers: [.json(prediction)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/predictions/{prediction}/",
                .predictions,
                "Changes fields of a prediction",
                body: fields,
                answers: [.json(prediction)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/predictions/{prediction}/",
                .predictions,
                "Deletes a prediction",
                answers: [.empty()],
                handler: delete
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/import/predictions",
                .predictions,
                "Stores predictions for many tasks",
                body: .json(.array(.reference(.predictionFields))),
                answers: [.json(.created, .object([.init("created", .integer)]))],
                handler: importMany
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let query = call.query
        if let task = try query.integer("task").map(TaskID.init(rawValue:)) {
            return Self.answer(try await service.labeling.predictions(of: task))
        }
        guard
            let project = try query.integer("project") ?? query.integer("task__project")
        else {
            throw APIError(
                .badRequest,
                "query_missing",
                "Neither a task nor a project is named.",
                hint: "Add `?task=<id>` or `?project=<id>`."
            )
        }
        return try await listAll(of: ProjectID(rawValue: project))
    }

    /// Streams a project's predictions, since Label Studio does not divide them into pages.
    private func listAll(of project: ProjectID) async throws -> Response {
        let step = 1000
        let labeling = service.labeling
        let first = try await labeling.predictions(in: project, after: nil, limit: step)
        guard first.count == step else { return Self.answer(first) }
        let now = Timestamp.present
        return Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody { writer in
                var batch = first
                var opening = UInt8(ascii: "[")
                while !batch.isEmpty {
                    var text = JSONWriter(capacity: 64 * 1024)
                    text.array { text in
                        for prediction in batch { prediction.write(to: &text, now: now) }
                    }
                    // Each batch is written as an array of its own; only its elements go out.
                    var bytes = text.bytes.dropLast()
                    bytes[bytes.startIndex] = opening
                    try await writer.write(ByteBuffer(bytes: bytes))
                    opening = UInt8(ascii: ",")
                    batch = try await labeling.predictions(
                        in: project,
                        after: batch.last?.id,
                        limit: step
                    )
                }
                try await writer.write(ByteBuffer(string: "]"))
                try await writer.finish(nil)
            }
        )
    }

    private func create(_ call: Call) async throws -> Response {
        let body = try await call.body(limit: BodyLimits.annotation)
        return Self.answer(
            try await service.labeling.predict(body: body, by: call.user),
            status: .created
        )
    }

    private func get(_ call: Call) async throws -> Response {
        Self.answer(try await service.labeling.prediction(call.id("prediction")))
    }

    private func update(_ call: Call) async throws -> Response {
        let id: PredictionID = try call.id("prediction")
        let body = try await call.body(limit: BodyLimits.annotation)
        return Self.answer(
            try await service.labeling.update(id, body: body, by: call.user)
        )
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.labeling.delete(call.id("prediction") as PredictionID, by: call.user)
        return .noContent
    }

    private func importMany(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let body = try await call.body(limit: BodyLimits.annotation)
        let count = try await service.labeling.importPredictions(
            body: body,
            into: project,
            by: call.user
        )
        return .json(.created) { writer in
            writer.object { $0.member("created", count) }
        }
    }

    private static func answer(
        _ prediction: Prediction,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        .json(status) { prediction.write(to: &$0, now: .present) }
    }

    private static func answer(_ predictions: [Prediction]) -> Response {
        let now = Timestamp.present
        return .json(capacity: 512 * predictions.count) { writer in
            writer.array { writer in
                for prediction in predictions { prediction.write(to: &writer, now: now) }
            }
        }
    }
}
