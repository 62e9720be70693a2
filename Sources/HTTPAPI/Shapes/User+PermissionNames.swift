internal import LabelModel

extension User {
    /// Label Studio's names of what this user may do, as far as there is such a thing here.
    var permissionNames: [String] {
        Self.memberPermissions + (role == .administrator ? Self.administratorPermissions : [])
    }

    private static let memberPermissions = [
        "organizations.view", "projects.create", "projects.view", "projects.change",
        "projects.delete", "tasks.create", "tasks.view", "tasks.change", "tasks.delete",
        "views.reset", "views.view", "views.create", "views.change", "views.delete",
        "annotations.create", "annotations.view", "annotations.change", "annotations.delete",
        "actions.perform", "predictions.any", "models.create", "models.view", "models.change",
        "models.delete", "webhooks.view", "webhooks.change", "users.token.any", "storages.view",
        "storages.change", "storages.sync",
    ]

    private static let administratorPermissions = ["organizations.change", "organizations.invite"]
}
