internal import Contracts
internal import LabelModel
internal import LabelingService

extension SharedLabel {
    /// Label Studio's Label.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.key("links")
            writer.identifiers(links)
            writer.member("created_at", createdAt)
            writer.member("updated_at", updatedAt)
            writer.member("value", content.value)
            writer.member("title", content.title)
            writer.member("description", content.description)
            writer.member("approved", content.isApproved)
            writer.member("created_by", createdBy)
            writer.member("approved_by", approvedBy)
            writer.member("organization", Organization.number)
            writer.key("projects")
            writer.identifiers(projects)
        }
    }
}

extension Labels.LinkUse {
    /// Label Studio's LabelLink.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", link.id)
            writer.member("annotations_count", count)
            writer.member("from_name", link.fromName)
            writer.member("project", link.project)
            writer.member("label", link.label)
        }
    }
}
