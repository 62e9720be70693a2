internal import Contracts
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// The log of who did what.
struct AuditEndpoints: Sendable {
    let service: LabelingService

    private static let largestPage: Int64 = 1000

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/audit",
                .audit,
                "Lists entries of the audit log, newest first",
                access: .administrator,
                query: [
                    QueryParameter(
                        "subject",
                        .string,
                        "Such as `plugin:org.example.x/1.0.0`; with `/` or `:` at the end all "
                            + "subjects that begin so."
                    ),
                    QueryParameter("action", .string, "Such as `plugin.allowed`."),
                    QueryParameter("project", .integer, "Id of a project."),
                    QueryParameter("before", .integer, "Only entries of a lower sequence."),
                    QueryParameter("limit", .integer, "How many, at most 1000; 100 if absent."),
                ],
                answers: [.json(.reference(.auditPage))],
                handler: list
            ),
            Endpoint(
                .get,
                "/api/audit/verification",
                .audit,
                "Computes the hashes of the whole audit log anew and tells where it is broken",
                access: .administrator,
                answers: [
                    .json(
                        .object([
                            .init("intact", .boolean), .init("entries", .integer),
                            .init("head", .string), .init("broken_at", .nullable(.integer)),
                        ])
                    )
                ],
                handler: verify
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let query = call.query
        let limit = try Self.number(query, "limit") ?? 100
        guard (1...Self.largestPage).contains(limit) else {
            throw APIError.invalid(field: "limit", "Ask for 1 to \(Self.largestPage) entries.")
        }
        let wanted = AuditQuery(
            subject: query["subject"],
            action: query["action"],
            project: try Self.number(query, "project").map(ProjectID.init(rawValue:)),
            before: try Self.number(query, "before"),
            limit: Int(limit)
        )
        let entries = try await service.audit.entries(wanted, by: call.user)
        return .json(capacity: 64 * 1024) { writer in
            writer.object { writer in
                writer.key("entries")
                writer.array { writer in
                    for entry in entries { entry.write(to: &writer) }
                }
                let isLast = entries.count < Int(limit) || entries.last?.sequence == 1
                writer.member("next_before", isLast ? nil : entries.last?.sequence)
            }
        }
    }

    private func verify(_ call: Call) async throws -> Response {
        let found = try await service.audit.verify(by: call.user)
        return .json { writer in
            writer.object { writer in
                writer.member("intact", found.brokenAt == nil)
                writer.member("entries", found.entryCount)
                writer.member("head", AuditEntry.hexadecimal(found.head))
                writer.member("broken_at", found.brokenAt)
            }
        }
    }

    private static func number(_ query: QueryItems, _ name: String) throws(APIError) -> Int64? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard let number = Int64(text) else {
            throw APIError.invalid(field: name, "This is no whole number.")
        }
        return number
    }
}

extension AuditEntry {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("sequence", sequence)
            writer.member("at", at)
            writer.member("at_microseconds", at.microseconds)
            writer.member("user", user)
            writer.member("actor", actor)
            writer.member("action", action)
            writer.member("subject", subject)
            writer.member("project", project)
            writer.member("detail", detail)
            writer.member("previous_hash", Self.hexadecimal(previousHash))
            writer.member("hash", Self.hexadecimal(hash))
        }
    }
}
