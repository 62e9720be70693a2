internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Labels that get other names, or become one.
struct LabelChangeEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let change = Schema.reference(.labelChange)
        let fields = BodyShape.json(.reference(.labelChangeFields))
        return [
            Endpoint(
                .post,
                "/api/projects/{project}/label-changes/preview",
                .projects,
                "Tells what a change of labels would do",
                body: fields,
                answers: [.json(.reference(.labelChangePreview))],
                handler: preview
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/label-changes/",
                .projects,
                "Lists changes of labels, the newest first",
                answers: [.json(.array(change))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/label-changes/",
                .projects,
                "Renames labels, or makes several one, in the labeling config and in all answers",
                body: fields,
                answers: [.json(.created, change)],
                handler: begin
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/label-changes/{change}",
                .projects,
                "Gets a change of labels and how far it is",
                answers: [.json(change)],
                handler: get
            ),
        ]
    }

    private func preview(_ call: Call) async throws -> Response {
        let preview = try await service.labelChanges.preview(
            body: call.body(),
            of: call.id("project")
        )
        return .json { writer in
            writer.object { writer in
                writer.member("label_config", preview.labelConfig)
                writer.member("changes_config", preview.changesConfig)
                preview.counts.writeMembers(to: &writer)
            }
        }
    }

    private func list(_ call: Call) async throws -> Response {
        let changes = try await service.labelChanges.list(of: call.id("project"))
        let users = try await service.accounts.names(changes.map(\.job.user))
        return .json { writer in
            writer.array { writer in
                for change in changes { change.write(to: &writer, by: users[change.job.user]) }
            }
        }
    }

    private func begin(_ call: Call) async throws -> Response {
        let user = try call.user
        let change = try await service.labelChanges.begin(
            body: call.body(),
            of: call.id("project"),
            by: user
        )
        return .json(.created) { change.write(to: &$0, by: user) }
    }

    private func get(_ call: Call) async throws -> Response {
        let change = try await service.labelChanges.change(
            call.id("change"),
            of: call.id("project")
        )
        let users = try await service.accounts.names([change.job.user])
        return .json { change.write(to: &$0, by: users[change.job.user]) }
    }
}
