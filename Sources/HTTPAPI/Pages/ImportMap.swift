internal import Contracts
internal import Crypto
internal import FoundationEssentials
internal import LabelModel

/// The page's one inline script: which bytes each plugin file must have to be run.
struct ImportMap: Sendable {
    /// What stands between the script tags.
    let text: String

    /// - Parameter webFiles: Files of the plugins that the page may load.
    init(webFiles: [PluginManifest.WebFile] = []) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("imports")
            writer.object { _ in }
            writer.key("integrity")
            writer.object { writer in
                for file in webFiles.sorted(by: { $0.url < $1.url }) {
                    writer.key(file.url)
                    writer.value(file.integrity)
                }
            }
        }
        // A name that holds `</script>` must not end the script.
        text = String(decoding: writer.bytes, as: UTF8.self)
            .split(separator: "<", omittingEmptySubsequences: false)
            .joined(separator: "\\u003c")
    }

    var element: String { "<script type=\"importmap\">\(text)</script>" }

    /// SHA-256 of the text in Base64, as a content security policy names it.
    var digest: String {
        Data(SHA256.hash(data: Array(text.utf8))).base64EncodedString()
    }
}
