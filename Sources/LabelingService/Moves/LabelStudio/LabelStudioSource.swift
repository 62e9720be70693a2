/// Which project of which Label Studio is to be copied, and what of it.
public struct LabelStudioSource: Sendable {
    /// Address of the server, such as `https://label.example.org`; a path before `/api` may follow.
    public var url: String
    /// A legacy API token, or a personal access token.
    public var token: String
    public var project: Int64
    /// Another title for the project.
    public var title: String?
    /// Files that tasks refer to and that the server gives out.
    public var includesFiles = true

    public init(url: String, token: String, project: Int64) {
        self.url = url
        self.token = token
        self.project = project
    }
}
