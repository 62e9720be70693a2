/// Parts of paths of uploaded files.
enum FileNames {
    /// What follows the last slash.
    static func last(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}
