import Glibc

/// Folders and links for tests.
enum Folder {
    struct Failure: Error {
        let code = errno
    }

    static func make(_ path: String) throws {
        var partial = ""
        for part in path.split(separator: "/") {
            partial += "/" + part
            guard unsafe mkdir(partial, 0o755) == 0 || errno == EEXIST else { throw Failure() }
        }
    }

    static func link(_ target: String, _ path: String) throws {
        guard unsafe symlink(target, path) == 0 else { throw Failure() }
    }
}
