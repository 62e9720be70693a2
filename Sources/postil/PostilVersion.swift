/// The program's version, in answers, in logs and for plugins.
enum PostilVersion {
    static let text = "0.1.0"
}
