public import Contracts
import Glibc

/// Media below one folder, by the addresses that tasks have for them; for the command line.
///
/// `/data/local-files/?d=a/b.png` and `/data/upload/a/b.png` are both `a/b.png` in the folder.
public struct FolderMedia: MediaSource {
    private let path: String

    public init(path: String) {
        self.path = path
    }

    public func open(_ reference: String) -> OpenedMedia? {
        guard let name = Self.name(in: reference) else { return nil }
        let parts = name.split(separator: "/")
        guard !parts.isEmpty, !parts.contains(".."), !name.utf8.contains(0) else { return nil }
        let file = unsafe Glibc.open(
            path + "/" + parts.joined(separator: "/"),
            O_RDONLY | O_CLOEXEC | O_NOFOLLOW
        )
        guard file >= 0 else { return nil }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            return nil
        }
        return OpenedMedia(descriptor: file, byteCount: Int64(status.st_size))
    }

    private static func name(in reference: String) -> String? {
        for prefix in ["/data/local-files/?d=", "/data/upload/"] where reference.hasPrefix(prefix) {
            return decoded(reference.dropFirst(prefix.count).utf8)
        }
        return nil
    }

    private static func decoded(_ text: some Collection<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2,
                let value = UInt8(digits, radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
