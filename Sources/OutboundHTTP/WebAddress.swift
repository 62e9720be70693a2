package import Contracts

/// The parts of an absolute `http` or `https` URL that decide where a request goes.
package struct WebAddress: Hashable, Sendable {
    package let scheme: String
    /// In lower case; an IPv6 address stands in brackets.
    package let host: String
    /// nil for the scheme's own.
    package let port: Int?
    /// What follows the host, from `/` or `?` on, without a fragment.
    package let rest: String

    /// Reads a URL.
    ///
    /// - Throws: ``OutboundError`` `urlInvalid`, also for one that holds a user or characters that
    ///   must be percent-encoded: what different readers see differently is no address.
    package init(_ text: String) throws(OutboundError) {
        let invalid = OutboundError(
            .urlInvalid,
            "“\(text.prefix(200))” is not a URL that begins with http:// or https://."
        )
        guard text.utf8.count <= 8192,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.forbidden.contains($0) }),
            let colon = text.range(of: "://")
        else { throw invalid }
        scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { throw invalid }
        let afterScheme = text[colon.upperBound...]
        let authority = afterScheme.prefix { !"/?#".contains($0) }
        rest = String(afterScheme[authority.endIndex...].prefix { $0 != "#" })
        guard !authority.isEmpty, !authority.contains("@") else { throw invalid }
        var name = authority
        var number: Int?
        let afterBracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let mark = authority[afterBracket...].lastIndex(of: ":") {
            name = authority[..<mark]
            let digits = authority[authority.index(after: mark)...]
            guard digits.allSatisfy(\.isWholeNumber), let value = Int(digits),
                (1...65_535).contains(value)
            else { throw invalid }
            number = value
        }
        host = name.lowercased()
        port = number
        let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
        let isName = host.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard !host.isEmpty, isName || (isLiteral && NetworkAddress(host.trimmingBrackets) != nil)
        else { throw invalid }
        // Resolvers read 0x7f.1 and 127.1 as addresses; the guard looks at what they resolve to.
    }

    private static let forbidden = Set("\"<>\\^`{|}".utf8)

    /// True when both lead to the same server.
    package func hasSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// The address that a `Location` header means here.
    package func resolving(_ location: String) throws(OutboundError) -> WebAddress {
        if location.contains("://") { return try WebAddress(location) }
        if location.hasPrefix("//") { return try WebAddress("\(scheme):\(location)") }
        if location.hasPrefix("/") { return try WebAddress(origin + location) }
        let folder =
            rest.prefix { $0 != "?" }.lastIndex(of: "/")
            .map { rest[...$0] } ?? "/"
        return try WebAddress(origin + folder + location)
    }

    package var text: String { origin + rest }

    private var origin: String {
        "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "")
    }
}

extension StringProtocol {
    /// Where a text first stands in this one.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
