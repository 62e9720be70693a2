/// What goes into an archive of a project besides what was said and done in it.
public struct PackOptions: Hashable, Sendable {
    /// Files that were uploaded into the project.
    public var includesUploads = true
    /// Files of media roots that tasks refer to; they become uploaded files of the new project.
    public var includesLocalMedia = false

    public init() {}
}
