internal import Contracts
internal import LabelModel
internal import LabelingService

/// What members of the organization did: projects that they made, projects they annotated in.
struct MemberActivity: Sendable {
    private static let pageSize = 1000

    private var created: [UserID: [Project]] = [:]
    private var contributions: [UserID: [Contribution]] = [:]
    private var titles: [ProjectID: String] = [:]

    init(_ service: LabelingService) async throws {
        contributions = Dictionary(
            grouping: try await service.organizations.contributions(),
            by: \.user
        )
        var number = 1
        while true {
            let page = try await service.projects.all(page: number, size: Self.pageSize)
            for project in page {
                created[project.createdBy, default: []].append(project)
                titles[project.id] = project.settings.title
            }
            guard page.count == Self.pageSize else { return }
            number += 1
        }
    }

    func projectCount(of user: UserID) -> Int {
        contributions[user]?.count ?? 0
    }

    func annotationCount(of user: UserID) -> Int64 {
        contributions[user]?.reduce(0) { $0 + $1.annotations } ?? 0
    }

    fileprivate func projects(madeBy user: UserID) -> [(ProjectID, String)] {
        (created[user] ?? []).map { ($0.id, $0.settings.title) }
    }

    fileprivate func projects(annotatedBy user: UserID) -> [(ProjectID, String)] {
        (contributions[user] ?? []).map { ($0.project, titles[$0.project] ?? "") }
    }
}

extension MemberActivity? {
    /// Writes `created_projects` and `contributed_to_projects`; null when nobody looked.
    func write(of user: UserID, to writer: inout JSONWriter) {
        writer.key("created_projects")
        Self.write(self?.projects(madeBy: user), to: &writer)
        writer.key("contributed_to_projects")
        Self.write(self?.projects(annotatedBy: user), to: &writer)
    }

    private static func write(_ projects: [(ProjectID, String)]?, to writer: inout JSONWriter) {
        guard let projects else { return writer.null() }
        writer.array { writer in
            for (id, title) in projects {
                writer.object { writer in
                    writer.member("id", id)
                    writer.member("title", title)
                }
            }
        }
    }
}
