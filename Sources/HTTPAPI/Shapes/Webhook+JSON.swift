internal import Contracts
internal import LabelModel
internal import LabelingService

extension Webhook {
    /// Label Studio's Webhook.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("organization", Organization.number)
            writer.member("project", project)
            writer.member("url", settings.url)
            writer.member("send_payload", settings.sendsPayload)
            writer.member("send_for_all_actions", settings.sendsAllActions)
            writer.key("headers")
            writer.object { writer in
                for (name, value) in settings.headers.sorted(by: { $0.key < $1.key }) {
                    writer.key(name)
                    writer.value(value)
                }
            }
            writer.member("is_active", settings.isActive)
            writer.key("actions")
            writer.strings(EventAction.allCases.filter(settings.actions.contains).map(\.rawValue))
            writer.member("created_at", createdAt)
            writer.member("updated_at", updatedAt)
        }
    }
}

extension DeliveryRecord {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("project", project)
            writer.member("action", action.rawValue)
            writer.member("state", state.rawValue)
            writer.member("created_at", createdAt)
            writer.member("tried_at", triedAt)
            writer.member("attempts", attempts)
            writer.member("status", status)
            writer.member("error", error)
        }
    }
}

extension WebhookTest {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("delivered", isDelivered)
            writer.member("status", status)
            writer.member("error", error)
            writer.member("seconds", seconds as Double?)
        }
    }
}

extension EventAction {
    /// What people read in a list.
    var title: String {
        switch self {
        case .projectCreated: "Project created"
        case .projectUpdated: "Project updated"
        case .projectDeleted: "Project deleted"
        case .tasksCreated: "Task created"
        case .tasksDeleted: "Task deleted"
        case .annotationCreated: "Annotation created"
        case .annotationsCreated: "Annotations created"
        case .annotationUpdated: "Annotation updated"
        case .annotationsDeleted: "Annotation deleted"
        case .labelLinkCreated: "Label link created"
        case .labelLinkUpdated: "Label link updated"
        case .labelLinkDeleted: "Label link deleted"
        }
    }

    var sentence: String {
        switch self {
        case .projectCreated: "Someone made a project."
        case .projectUpdated: "Someone changed a project's settings."
        case .projectDeleted: "Someone deleted a project."
        case .tasksCreated: "There are new tasks in a project."
        case .tasksDeleted: "Tasks of a project were deleted."
        case .annotationCreated: "Someone submitted an annotation."
        case .annotationsCreated: "Many annotations were made at once."
        case .annotationUpdated: "Someone changed an annotation."
        case .annotationsDeleted: "Annotations were deleted."
        case .labelLinkCreated: "A label was linked with a project."
        case .labelLinkUpdated: "The link between a label and a project was changed."
        case .labelLinkDeleted: "The link between a label and a project was deleted."
        }
    }

    /// The payload's member that the event is about.
    var key: String {
        switch self {
        case .projectCreated, .projectUpdated, .projectDeleted: "project"
        case .tasksCreated, .tasksDeleted: "tasks"
        case .annotationCreated, .annotationsCreated, .annotationUpdated: "annotation"
        case .annotationsDeleted: "annotations"
        case .labelLinkCreated, .labelLinkUpdated, .labelLinkDeleted: "label_link"
        }
    }
}
