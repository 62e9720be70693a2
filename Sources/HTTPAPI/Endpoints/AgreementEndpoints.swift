internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// How far answers agree, by the metrics of plugins.
struct AgreementEndpoints: Sendable {
    let service: LabelingService

    private static let metric = QueryParameter(
        "metric",
        .string,
        "Name of a metric; may be repeated. Without it all that are enabled and fit the config."
    )

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/projects/{project}/metrics",
                .plugins,
                "Lists metrics as a project sees them",
                answers: [.json(.array(.reference(.metric)))],
                handler: metrics
            ),
            Endpoint(
                .get,
                "/api/tasks/{task}/agreement",
                .tasks,
                "Tells how far the answers to a task agree",
                query: [
                    Self.metric,
                    QueryParameter("predictions", .boolean, "Compares predictions too."),
                ],
                answers: [.json(.reference(.taskAgreement))],
                handler: task
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/agreement",
                .projects,
                "Tells how far the annotations of a project agree, by one metric",
                query: [QueryParameter("metric", .string, "Name of the metric.")],
                answers: [.json(.reference(.projectAgreement))],
                handler: project
            ),
        ]
    }

    private func metrics(_ call: Call) async throws -> Response {
        let metrics = try await service.agreement.metrics(of: call.id("project"))
        return .json { writer in
            writer.array { writer in
                for metric in metrics { metric.write(to: &writer) }
            }
        }
    }

    private func task(_ call: Call) async throws -> Response {
        let agreement = try await service.agreement.of(
            call.id("task"),
            metrics: call.query.items.filter { $0.name == "metric" }.map(\.value),
            withPredictions: call.query.bool("predictions", default: false)
        )
        return .json { writer in agreement.write(to: &writer) }
    }

    private func project(_ call: Call) async throws -> Response {
        guard let metric = call.query["metric"], !metric.isEmpty else {
            throw APIError.invalid(field: "metric", "Name a metric, such as exact-match.")
        }
        let agreement = try await service.agreement.summary(of: call.id("project"), metric: metric)
        return .json { writer in agreement.write(to: &writer) }
    }
}
