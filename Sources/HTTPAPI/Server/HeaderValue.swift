/// A header of the form `value; name=token; name="quoted"` (RFC 9110, 5.6.6).
package struct HeaderValue: Equatable, Sendable {
    /// What stands before the first semicolon, trimmed, in lower case.
    package var value: String
    /// By lower-case name; the first of two equal names counts.
    package var parameters: [String: String]

    package init(_ text: some StringProtocol) {
        var scanner = Array(text.unicodeScalars)[...]
        value = Self.read(&scanner, until: ";").trimmingSpaces().lowercased()
        parameters = [:]
        while scanner.popFirst() != nil {
            let name = Self.read(&scanner, until: "=", ";").trimmingSpaces().lowercased()
            guard scanner.first == "=" else { continue }
            scanner.removeFirst()
            while scanner.first == " " { scanner.removeFirst() }
            let value: String
            if scanner.first == "\"" {
                scanner.removeFirst()
                value = Self.readQuoted(&scanner)
                _ = Self.read(&scanner, until: ";")
            } else {
                value = Self.read(&scanner, until: ";").trimmingSpaces()
            }
            if !name.isEmpty, parameters[name] == nil { parameters[name] = value }
        }
    }

    /// A parameter in the form of RFC 8187, `name*=UTF-8''percent%20encoded`; nil when there is
    /// none that can be read.
    package func extendedParameter(_ name: String) -> String? {
        guard let text = parameters[name + "*"] else { return nil }
        let pieces = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].lowercased() == "utf-8" else { return nil }
        return PercentEncoding.decode(pieces[2].utf8)
    }

    private static func read(
        _ scanner: inout ArraySlice<Unicode.Scalar>,
        until stops: Unicode.Scalar...
    ) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = scanner.first, !stops.contains(scalar) {
            text.append(scalar)
            scanner.removeFirst()
        }
        return String(text)
    }

    private static func readQuoted(_ scanner: inout ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = scanner.popFirst() {
            switch scalar {
            case "\"": return String(text)
            case "\\":
                if let escaped = scanner.popFirst() { text.append(escaped) }
            default: text.append(scalar)
            }
        }
        return String(text)
    }
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    func trimmingSpaces() -> String {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
