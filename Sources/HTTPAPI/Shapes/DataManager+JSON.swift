internal import Contracts
internal import LabelModel
internal import LabelingService

extension DataManager.Request {
    /// What the query of a URL asks for.
    init(_ query: QueryItems) throws(APIError) {
        self.init()
        view = try query.integer("view").map(ViewID.init(rawValue:))
        project = try query.integer("project").map(ProjectID.init(rawValue:))
        self.query = query["query"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
        selectedItems = query["selectedItems"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
        onlyAnnotated = try query.bool("only_annotated", default: false)
    }
}

extension TaskView {
    /// Label Studio's View.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("data", data)
            writer.member("order", position)
            writer.member("user", user)
            writer.member("project", project)
        }
    }
}

extension DataColumn {
    /// Label Studio's column.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("title", title)
            writer.member("type", type)
            writer.member("target", "tasks")
            if let help { writer.member("help", help) }
            if let parent { writer.member("parent", parent) }
            if let children {
                writer.key("children")
                writer.strings(children)
            }
            if let choices {
                writer.key("schema")
                writer.object { writer in
                    writer.key("items")
                    writer.strings(choices)
                    writer.member("multiple", true)
                }
            }
            writer.key("visibility_defaults")
            writer.object { writer in
                writer.member("explore", isShownInList)
                writer.member("labeling", isShownInEditor)
            }
            writer.member("project_defined", false)
        }
    }
}

extension TaskAction {
    /// Label Studio's action.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", name.rawValue)
            writer.member("title", title)
            writer.member("order", order)
            writer.member("permission", "tasks.change")
            writer.member("hidden", isHidden)
            writer.key("dialog")
            writer.object { writer in
                writer.member("title", title)
                writer.member("text", question ?? "")
                writer.member("type", "confirm")
                // A form is fetched when it is wanted.
                writer.key("form")
                if hasForm { writer.null() } else { writer.array { _ in } }
            }
        }
    }
}

extension TaskAction.Field {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", type)
            writer.member("name", name)
            writer.member("label", label)
            if !choices.isEmpty {
                writer.key("options")
                writer.strings(choices)
            }
        }
    }
}
