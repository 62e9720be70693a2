internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// What a project holds: who annotated, model versions, fields and labels.
struct ProjectStatisticsEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/projects/{project}/annotators/",
                .projects,
                "Lists who annotated tasks of a project",
                answers: [.json(.array(.map(.any)))],
                handler: annotators
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/summary/",
                .projects,
                "Counts fields, results and labels of a project",
                answers: [.json(.map(.any))],
                handler: summary
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/model-versions/",
                .projects,
                "Lists model versions of a project's predictions",
                query: [
                    QueryParameter("extended", .boolean, "With dates, the newest first."),
                    QueryParameter("limit", .integer, "At most so many."),
                ],
                answers: [.json(.map(.any))],
                handler: modelVersions
            ),
            Endpoint(
                .delete,
                "/api/projects/{project}/model-versions/",
                .projects,
                "Deletes the predictions of a model version",
                body: .json(.object([.init("model_version", .string)])),
                answers: [.json(.object([.init("deleted_predictions", .integer)]))],
                handler: deleteModelVersion
            ),
            Endpoint(
                .post,
                "/api/labels/bulk",
                .projects,
                "Puts a label in the place of another in all annotations of a project",
                body: .json(
                    .object([
                        .init("project", .integer), .init("old_label", .string),
                        .init("new_label", .string),
                    ])
                ),
                answers: [.json(.object([.init("annotations_updated", .integer)]))],
                handler: renameLabel
            ),
        ]
    }

    private func annotators(_ call: Call) async throws -> Response {
        let users = try await service.projects.annotators(of: call.id("project"))
        return .json { writer in
            writer.array { writer in
                for user in users { user.writeShort(to: &writer) }
            }
        }
    }

    private func summary(_ call: Call) async throws -> Response {
        let id: ProjectID = try call.id("project")
        let project = try await service.projects.project(id)
        let summary = try await service.projects.summary(of: id)
        let controls = Dictionary(grouping: summary.labels, by: \.control)
        return .json { writer in
            writer.object { writer in
                writer.member("project", id)
                writer.member("created_at", project.createdAt)
                writer.key("all_data_columns")
                Self.write(summary.fields, to: &writer)
                writer.key("common_data_columns")
                writer.strings(summary.fields.filter { $0.count == summary.tasks }.map(\.name))
                writer.key("created_annotations")
                Self.write(summary.results, to: &writer)
                writer.key("created_labels")
                writer.object { writer in
                    for (control, labels) in controls.sorted(by: { $0.key < $1.key }) {
                        writer.key(control)
                        Self.write(
                            labels.map { ProjectSummary.Count(name: $0.label, count: $0.count) },
                            to: &writer
                        )
                    }
                }
                writer.key("created_labels_drafts")
                writer.object { _ in }
            }
        }
    }

    private static func write(_ counts: [ProjectSummary.Count], to writer: inout JSONWriter) {
        writer.object { writer in
            for count in counts {
                writer.key(count.name)
                writer.value(count.count)
            }
        }
    }

    private func modelVersions(_ call: Call) async throws -> Response {
        let query = call.query
        var versions = try await service.projects.modelVersions(of: call.id("project"))
        if let limit = try query.integer("limit"), limit >= 0 {
            versions = Array(versions.prefix(Int(min(limit, 1_000_000))))
        }
        let isExtended = try query.bool("extended", default: false)
        return .json { writer in
            writer.object { writer in
                guard isExtended else {
                    for version in versions {
                        writer.key(version.version)
                        writer.value(version.predictions)
                    }
                    return
                }
                writer.key("static")
                writer.array { writer in
                    for version in versions {
                        writer.object { writer in
                            writer.member("model_version", version.version)
                            writer.member("count", version.predictions)
                            writer.member("latest", version.latest)
                        }
                    }
                }
                writer.nullMember("live")
            }
        }
    }

    private func deleteModelVersion(_ call: Call) async throws -> Response {
        let count = try await service.projects.deletePredictions(
            of: call.fields().requiredString("model_version"),
            in: call.id("project"),
            by: call.user
        )
        return .json { writer in
            writer.object { $0.member("deleted_predictions", count) }
        }
    }

    private func renameLabel(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        guard let project = try fields.integer("project") else {
            throw APIError.missing(field: "project")
        }
        let count = try await service.dataManager.renameLabel(
            fields.requiredString("old_label"),
            to: fields.requiredString("new_label"),
            in: ProjectID(rawValue: project),
            by: call.user
        )
        return .json { writer in
            writer.object { $0.member("annotations_updated", count) }
        }
    }
}
