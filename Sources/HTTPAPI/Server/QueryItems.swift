/// The query of a URL, or a form of type `application/x-www-form-urlencoded`.
struct QueryItems: Sendable {
    /// In the order in which they stand.
    let items: [(name: String, value: String)]

    /// Reads what stands after the question mark; items whose escapes are broken are left out.
    init(_ text: String?) {
        guard let text, !text.isEmpty else {
            items = []
            return
        }
        items = text.utf8.split(separator: UInt8(ascii: "&")).compactMap { item in
            let pieces = item.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard let name = PercentEncoding.decode(pieces[0], plusIsSpace: true) else {
                return nil
            }
            guard pieces.count == 2 else { return (name, "") }
            guard let value = PercentEncoding.decode(pieces[1], plusIsSpace: true) else {
                return nil
            }
            return (name, value)
        }
    }

    /// The last value under a name, as Django's queries choose.
    subscript(name: String) -> String? {
        items.last { $0.name == name }?.value
    }

    /// A yes or no in any of the spellings that Label Studio takes.
    ///
    /// - Throws: ``APIError`` with status 400 for anything else.
    func bool(_ name: String, default standard: Bool) throws(APIError) -> Bool {
        guard let text = self[name], !text.isEmpty else { return standard }
        switch text.lowercased() {
        case "true", "1", "yes", "on", "t", "y": return true
        case "false", "0", "no", "off", "f", "n": return false
        default:
            throw APIError.invalid(field: name, "“\(text)” is not a yes or no.")
        }
    }

    /// A whole number.
    ///
    /// - Throws: ``APIError`` with status 400 for anything else.
    func integer(_ name: String) throws(APIError) -> Int64? {
        guard let text = self[name], !text.isEmpty else { return nil }
        guard let number = Int64(text) else {
            throw APIError.invalid(field: name, "A valid integer is required.")
        }
        return number
    }

    /// Whole numbers under one name, repeated or with commas between them; nil without any.
    func integers(_ names: String...) throws(APIError) -> [Int64]? {
        let texts = items.filter { names.contains($0.name) }.map(\.value)
        guard !texts.isEmpty else { return nil }
        var numbers: [Int64] = []
        for piece in texts.flatMap({ $0.split(separator: ",") }) {
            guard let number = Int64(piece.trimmingSpaces()) else {
                throw APIError.invalid(field: names[0], "A valid integer is required.")
            }
            numbers.append(number)
        }
        return numbers
    }
}
