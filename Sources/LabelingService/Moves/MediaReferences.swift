/// The addresses of this daemon's files in the data of a task, found in its JSON text.
///
/// An address counts where a text begins with it, or a quoted attribute of HTML in a text: both
/// have a quotation mark before it.
enum MediaReferences {
    /// Puts another beginning in the place of one.
    static func replace(_ prefix: String, by other: String, in json: [UInt8]) -> [UInt8] {
        let old = Array(prefix.utf8)
        let new = Array(other.utf8)
        var text: [UInt8] = []
        var copied = 0
        for start in starts(of: old, in: json) {
            text += json[copied..<start]
            text += new
            copied = start + old.count
        }
        guard copied > 0 else { return json }
        return text + json[copied...]
    }

    /// Puts another address in the place of a whole one.
    static func replaceAddress(_ address: String, by other: String, in json: [UInt8]) -> [UInt8] {
        ["\"", "\\"].reduce(json) { json, end in
            replace(address + end, by: other + end, in: json)
        }
    }

    /// What follows a beginning, up to the quotation mark that ends the address.
    static func rests(behind prefix: String, in json: [UInt8]) -> [String] {
        let prefix = Array(prefix.utf8)
        return starts(of: prefix, in: json).map { start in
            let rest = json[(start + prefix.count)...].prefix {
                $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            return String(decoding: rest, as: UTF8.self)
        }
    }

    /// Whether something refers to an object of a cloud storage.
    static func hasCloudReference(_ json: [UInt8]) -> Bool {
        ["s3://", "gs://", "azure-blob://"].contains {
            !starts(of: Array($0.utf8), in: json).isEmpty
        }
    }

    private static func starts(of prefix: [UInt8], in json: [UInt8]) -> [Int] {
        var starts: [Int] = []
        var index = 0
        while let quote = json[index...].firstIndex(of: UInt8(ascii: "\"")) {
            index = quote + 1
            if json[index...].starts(with: prefix) { starts.append(index) }
        }
        return starts
    }
}
