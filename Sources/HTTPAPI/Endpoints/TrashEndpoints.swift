internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// What was deleted and can be had back.
struct TrashEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let restored = [Answer.json(.object([.init("restored", .integer)]))]
        return [
            Endpoint(
                .get,
                "/api/projects/{project}/trash",
                .projects,
                "Lists what was deleted in a project, newest first",
                query: [
                    QueryParameter("before", .integer, "Only entries with a lower id."),
                    QueryParameter("limit", .integer, "How many; 100 if absent, at most 1,000."),
                ],
                answers: [.json(.reference(.trashPage))],
                handler: list
            ),
            Endpoint(
                .delete,
                "/api/projects/{project}/trash",
                .projects,
                "Deletes everything in a project's trash for good",
                answers: [.json(.object([.init("deleted", .integer)]))],
                handler: empty
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/trash/{entry}/restore",
                .projects,
                "Brings deleted tasks or annotations back, with their ids and their history",
                answers: restored,
                handler: restore
            ),
            Endpoint(
                .delete,
                "/api/projects/{project}/trash/{entry}",
                .projects,
                "Deletes one entry of the trash for good",
                answers: [.empty()],
                handler: purge
            ),
            Endpoint(
                .get,
                "/api/trash",
                .projects,
                "Lists deleted projects, newest first",
                answers: [.json(.reference(.trashPage))],
                handler: listProjects
            ),
            Endpoint(
                .patch,
                "/api/trash",
                .projects,
                "Decides after how many days what was deleted is gone for good",
                access: .administrator,
                body: .json(.object([.init("days", .integer)])),
                answers: [.json(.object([.init("days", .integer)]))],
                handler: setDays
            ),
            Endpoint(
                .post,
                "/api/trash/{entry}/restore",
                .projects,
                "Brings a deleted project back",
                answers: restored,
                handler: restoreProject
            ),
            Endpoint(
                .delete,
                "/api/trash/{entry}",
                .projects,
                "Deletes a project for good",
                answers: [.empty()],
                handler: purgeProject
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let query = call.query
        let before = query["before"].flatMap { Int64($0) }.map(TrashID.init(rawValue:))
        let limit = query["limit"].flatMap { Int($0) } ?? 100
        guard (1...1_000).contains(limit) else {
            throw APIError.invalid(field: "limit", "A limit lies between 1 and 1,000.")
        }
        let contents = try await service.trash.contents(
            of: call.id("project"),
            before: before,
            limit: limit,
            by: call.user
        )
        return try await response(contents)
    }

    private func listProjects(_ call: Call) async throws -> Response {
        try await response(service.trash.deletedProjects(by: call.user))
    }

    private func response(_ contents: Trash.Contents) async throws -> Response {
        let users = try await service.accounts.names(contents.entries.map(\.by))
        return .json { writer in
            writer.object { writer in
                writer.member("days", contents.days)
                writer.key("entries")
                writer.array { writer in
                    for entry in contents.entries {
                        entry.write(
                            to: &writer,
                            by: users[entry.by],
                            expiresAt: contents.expiry(of: entry)
                        )
                    }
                }
                let last = contents.isComplete ? nil : contents.entries.last?.id
                writer.member("next_before", last)
            }
        }
    }

    private func restore(_ call: Call) async throws -> Response {
        try await restored(
            service.trash.restore(call.id("entry"), of: call.id("project"), by: call.user)
        )
    }

    private func restoreProject(_ call: Call) async throws -> Response {
        try await restored(service.trash.restore(call.id("entry"), of: nil, by: call.user))
    }

    private func restored(_ count: Int64) -> Response {
        .json { $0.object { $0.member("restored", count) } }
    }

    private func purge(_ call: Call) async throws -> Response {
        try await service.trash.purge(call.id("entry"), of: call.id("project"), by: call.user)
        return .noContent
    }

    private func purgeProject(_ call: Call) async throws -> Response {
        try await service.trash.purge(call.id("entry"), of: nil, by: call.user)
        return .noContent
    }

    private func empty(_ call: Call) async throws -> Response {
        let count = try await service.trash.empty(call.id("project"), by: call.user)
        return .json { $0.object { $0.member("deleted", count) } }
    }

    private func setDays(_ call: Call) async throws -> Response {
        guard let days = try await call.fields().integer("days") else {
            throw APIError.invalid(field: "days", "Say a number of days; 0 keeps everything.")
        }
        try await service.trash.setDays(days, by: call.user)
        return .json { $0.object { $0.member("days", days) } }
    }
}

extension TrashEntry {
    fileprivate func write(to writer: inout JSONWriter, by user: User?, expiresAt: Timestamp?) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("kind", kind.rawValue)
            writer.member("project", project)
            writer.member("title", projectTitle)
            writer.member("count", count)
            writer.member("first", firstItem)
            writer.member("inner_id", innerID)
            writer.member("deleted_at", at)
            writer.key("deleted_by")
            if let user { user.writeShort(to: &writer) } else { writer.null() }
            writer.member("expires_at", expiresAt)
        }
    }
}
