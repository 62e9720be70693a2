internal import Contracts
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Another version of a plugin for all projects that use it, and back.
struct PluginUpgradeEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .post,
                "/api/plugins/{id}/{version}/actions/upgrade",
                .plugins,
                "Tests this version and lets all projects use it that use another one of it",
                access: .administrator,
                answers: [.json(.reference(.pluginUpgrade))],
                handler: upgrade
            ),
            Endpoint(
                .post,
                "/api/plugins/{id}/{version}/actions/rollback",
                .plugins,
                "Lets projects that an upgrade gave this version use again what they had",
                access: .administrator,
                answers: [
                    .json(
                        .object([
                            .init(
                                "moved",
                                .array(
                                    .object([
                                        .init("project", .integer), .init("version", .string),
                                    ])
                                )
                            )
                        ])
                    )
                ],
                handler: rollBack
            ),
        ]
    }

    private func upgrade(_ call: Call) async throws -> Response {
        let upgrade = try await service.plugins.upgrade(to: call.pluginVersion(), by: call.user)
        return .json { upgrade.write(to: &$0) }
    }

    private func rollBack(_ call: Call) async throws -> Response {
        let moved = try await service.plugins.rollBack(from: call.pluginVersion(), by: call.user)
        return .json { writer in
            writer.object { writer in
                writer.key("moved")
                writer.array { writer in
                    for (project, version) in moved.sorted(by: { $0.key < $1.key }) {
                        writer.object { writer in
                            writer.member("project", project)
                            writer.member("version", version)
                        }
                    }
                }
            }
        }
    }
}

extension Call {
    /// The plugin version that the path names.
    func pluginVersion() throws(APIError) -> PluginVersion {
        PluginVersion(id: try name("id"), version: try name("version"))
    }
}

extension PluginUpgrade {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", plugin.id)
            writer.member("version", plugin.version)
            writer.member("report", report.json)
            writer.key("moved")
            writer.identifiers(moved)
            writer.key("kept")
            writer.array { writer in
                for kept in kept {
                    writer.object { writer in
                        writer.member("project", kept.project)
                        writer.member("version", kept.version)
                        writer.key("reason")
                        Optional(kept.reason).write(to: &writer)
                    }
                }
            }
        }
    }
}
